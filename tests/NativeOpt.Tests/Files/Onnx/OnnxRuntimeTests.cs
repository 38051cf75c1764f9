using System.Diagnostics;
using System.Text.Json;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.Tests.Files.Onnx;

/// <summary>ONNX Runtime, as the package onnxruntime-node has it, computes what Predict computes.</summary>
public class OnnxRuntimeTests
{
    private const float Tolerance = 1e-5f;

    [SkippableFact]
    public void OnnxRuntime_ComputesWhatPredictComputes()
    {
        // ./build.sh test puts it there.
        string package = RepositoryFiles.At("artifacts/node/node_modules/onnxruntime-node");
        Skip.IfNot(Directory.Exists(package) && IsOnPath("node"), "onnxruntime-node is not installed");
        using var folder = new TemporaryFolder();
        string[] names = [.. OnnxModels.Names];
        var requests = new List<object>();
        var expected = new List<float[,]>();
        for (int i = 0; i < names.Length; i++)
        {
            (Sequential model, float[,] x) = OnnxModels.Create(names[i]);
            using Sequential owned = model;
            model.ExportOnnx(folder[$"{i}.onnx"]);
            requests.Add(new { model = folder[$"{i}.onnx"], data = x.Cast<float>().ToArray(), shape = new[] { x.GetLength(0), x.GetLength(1) } });
            expected.Add(model.Predict(x));
        }

        float[][] answers = Run(package, JsonSerializer.Serialize(requests));

        Assert.Equal(names.Length, answers.Length);
        for (int i = 0; i < names.Length; i++)
        {
            var y = new float[expected[i].GetLength(0), expected[i].GetLength(1)];
            Assert.True(y.Length == answers[i].Length, names[i]);
            Buffer.BlockCopy(answers[i], 0, y, 0, y.Length * sizeof(float));
            OnnxExportTests.AssertClose(expected[i], y, Tolerance);
        }
    }

    private static float[][] Run(string package, string requests)
    {
        string script = RepositoryFiles.At("tests/NativeOpt.Tests/Files/Onnx/run-onnx.js");
        var start = new ProcessStartInfo("node", [script, package])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(requests);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)));
        Assert.True(process.ExitCode == 0, error.Result);
        return JsonSerializer.Deserialize<float[][]>(output.Result)!;
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
