using System.Diagnostics;
using System.Globalization;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Models;
using NativeOpt.Cli.Output;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>What only a process of its own can show: signals, and what is loaded.</summary>
public class ProcessTests
{
    [SkippableTheory]
    [InlineData("INT", ExitCode.Interrupted)]
    [InlineData("TERM", ExitCode.Terminated)]
    public async Task ASignal_EndsTheTrainingCleanly(string signal, int exitCode)
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        using var folder = new TemporaryFolder();
        using Process process = CliProcess.Start(
            "compare", "--dataset", "digits", "--epochs", "100000", "--backend", "managed", "--output", folder["out"]);
        await ReadUntil(process, "epoch");

        CliProcess.Send(signal, process);
        Task<string> rest = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await rest;

        Assert.Equal((exitCode, "interrupted; nothing was written"), (process.ExitCode, error.Trim()));
        Assert.Empty(folder.Entries());
    }

    [SkippableTheory]
    [InlineData("INT", ExitCode.Interrupted)]
    [InlineData("TERM", ExitCode.Terminated)]
    public async Task ASignal_EndsATrainingThatGoesOnInAnotherProcess(string signal, int exitCode)
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        using var folder = new TemporaryFolder();
        using Process process = CliProcess.Start(
            "train", "--dataset", "digits", "--epochs", "100000", "--backend", "managed", "--output", folder["out"]);
        await ReadUntil(process, "epoch      2/");

        CliProcess.Send(signal, process);
        (int code, _, string error) = await CliProcess.RunAll(process);
        int done = TrainingJson.Read(File.ReadAllText(folder["out/results.json"])).Epochs.Count;
        (int rest, string complaint) = await CliProcess.Run(CliProcess.Start(
            "train", "--resume", "--epochs", $"{done + 2}", "--output", folder["out"]));
        Cli.Run("train", "--dataset", "digits", "--epochs", $"{done + 2}", "--backend", "managed", "--output", folder["whole"]);

        Assert.Equal(exitCode, code);
        Assert.StartsWith($"interrupted; '{folder["out"]}' has the model after epoch {done} of 100000; ", error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (rest, complaint));
        Assert.Equal(File.ReadAllBytes(folder["whole/model.safetensors"]), File.ReadAllBytes(folder["out/model.safetensors"]));
    }

    [SkippableTheory]
    [InlineData("INT", ExitCode.Interrupted)]
    [InlineData("TERM", ExitCode.Terminated)]
    public async Task ASecondSignal_EndsAProgramThatCannotHearTheFirst(string signal, int exitCode)
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        // More than a pipe holds: the program waits in the middle of its complaint until somebody reads the rest of it.
        using Process process = CliProcess.Start("compare", "--optimizers", new string('x', 120_000));
        await process.StandardError.ReadAsync(new char[1]);

        CliProcess.Send(signal, process);
        Assert.False(process.WaitForExit(TimeSpan.FromSeconds(0.5)));
        CliProcess.Send(signal, process);

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(exitCode, process.ExitCode);
    }

    [Theory]
    [InlineData("info", "--json")]
    [InlineData("compare", "--dataset", "digits", "--epochs", "1", "--backend", "managed", "--optimizers", "sgd")]
    public async Task WhatIsNotDrawn_DoesNotLoadSpectreConsole(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string program = CopyWithoutExtras(folder["program"]);
        string[] output = arguments[0] == "compare" ? ["--output", folder["out"]] : [];

        (int exitCode, string error) = await CliProcess.Run(CliProcess.StartFile(program, [.. arguments, .. output]));

        Assert.Equal((0, ""), (exitCode, error));
    }

    /// <summary>In processes of their own: the number of threads is one for a whole process.</summary>
    [SkippableTheory]
    [InlineData("managed")]
    [InlineData("native")]
    public async Task Compare_WithAnyThreadCount_GivesTheSameNumbers(string backend)
    {
        if (backend == "native")
            TestBackends.RequireNative();
        using var folder = new TemporaryFolder();
        var numbers = new List<double[]>();
        foreach (string threads in new[] { "1", "2", "3" })
        {
            // Wide enough that threads share the work of a step.
            (int exitCode, string error) = await CliProcess.Run(CliProcess.Start(
                "compare", "--dataset", "digits", "--epochs", "1", "--backend", backend, "--threads", threads, "--batch-size", "256",
                "--hidden", "700", "--optimizers", "sgd,adam", "--output", folder.Path));
            Assert.Equal((0, ""), (exitCode, error));
            ComparisonResults results = ResultsJson.Read(File.ReadAllText(folder["results.json"]));
            Assert.Equal(backend == "native" ? int.Parse(threads, CultureInfo.InvariantCulture) : 1, results.Machine.Threads);
            numbers.Add([.. results.Runs.SelectMany(run => new[] { run.Last.Loss, run.Last.ValLoss, run.TestLoss })]);
        }
        Assert.Equal(numbers[0], numbers[1]);
        Assert.Equal(numbers[0], numbers[2]);
    }

    [Fact]
    public async Task Compare_WithTheNativeBackendWhereThereIsNone_SaysWhereItLooked()
    {
        using var folder = new TemporaryFolder();
        string program = CopyWithoutExtras(folder["program"]);

        (int exitCode, string error) = await CliProcess.Run(CliProcess.StartFile(
            program, ["compare", "--dataset", "digits", "--epochs", "1", "--backend", "native", "--output", folder["out"]]));

        Assert.Equal(ExitCode.BadInput, exitCode);
        Assert.StartsWith("error: --backend is 'native'; ", error, StringComparison.Ordinal);
        Assert.Contains(folder["program"], error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [SkippableTheory]
    [InlineData("NOPT_ISA", "foo")]
    [InlineData("NOPT_GEMM", "bar")]
    public async Task AVariableThatCannotBeHad_IsRefusedBeforeAnythingIsPrinted(string variable, string value)
    {
        TestBackends.RequireNative();
        using var folder = new TemporaryFolder();
        Process compare = CliProcess.Start((variable, value), "compare", "--dataset", "digits", "--output", folder["out"]);
        Process info = CliProcess.Start((variable, value), "info");

        (int exitCode, string output, string error) = await CliProcess.RunAll(compare);
        string shown = (await CliProcess.RunAll(info)).Output;

        Assert.Equal((ExitCode.BadInput, ""), (exitCode, output));
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Contains($"{variable} is \"{value}\"", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
        Assert.Contains(shown.Split('\n'), line => line.StartsWith("problem ", StringComparison.Ordinal) && line.Contains(variable));
        Assert.Empty(folder.Entries());
    }

    /// <summary>The program with neither Spectre.Console nor the native library beside it.</summary>
    private static string CopyWithoutExtras(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] files =
        [
            "NativeOpt.Cli.dll", "NativeOpt.Cli.runtimeconfig.json", "NativeOpt.dll",
            "System.CommandLine.dll", "System.Numerics.Tensors.dll",
        ];
        foreach (string file in files)
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder, file));
        return Path.Combine(folder, files[0]);
    }

    private static async Task ReadUntil(Process process, string text)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        Assert.Fail($"the process ended without '{text}': {await process.StandardError.ReadToEndAsync()}");
    }
}
