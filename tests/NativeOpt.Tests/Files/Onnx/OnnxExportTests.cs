using Xunit;

namespace NativeOpt.Tests.Files.Onnx;

/// <summary>What ExportOnnx writes computes what Predict computes.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private const float Tolerance = 5e-6f;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Models => [.. OnnxModels.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void File_ComputesWhatPredictComputes(string name)
    {
        (Sequential model, float[,] x) = OnnxModels.Create(name);
        using Sequential owned = model;

        float[,] y = Export(model).Run(x);

        AssertClose(model.Predict(x), y, Tolerance);
    }

    [Fact]
    public void File_DescribesItself()
    {
        using Sequential model = OnnxModels.Create("mlp").Model;

        OnnxInterpreter file = Export(model);

        Assert.Equal((8, "NativeOpt"), (file.Model.Whole(1), file.Model.Text(2)));
        Assert.Equal(("", 17), (file.Model.Message(8).Text(1), file.Model.Message(8).Whole(2)));
        Assert.Equal(("input", 1, "batch", 5), file.Describe(11));
        Assert.Equal(("output", 1, "batch", 3), file.Describe(12));
        Assert.Equal(["Gemm", "Relu", "Gemm", "Softmax"], file.Operations);
        Assert.Equal(["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"], file.TensorNames);
    }

    [Fact]
    public void Layers_ThatOnlyTrain_AreLeftOutAndNormalizationsFolded()
    {
        using Sequential model = OnnxModels.Create("batch normalization").Model;

        Assert.Equal(["Gemm", "Relu", "Gemm"], Export(model).Operations);
    }

    [Fact]
    public void ANormalizationAlone_IsAnOperation()
    {
        using Sequential model = OnnxModels.Create("batch normalization alone").Model;

        Assert.Equal(["BatchNormalization", "Relu"], Export(model).Operations);
    }

    [Fact]
    public void Export_DoesNotChangeTheModel()
    {
        (Sequential model, float[,] x) = OnnxModels.Create("batch normalization");
        using Sequential owned = model;
        float[,] before = model.Predict(x);

        Export(model);

        Assert.Equal(before, model.Predict(x));
        Assert.Equal(5, model.Layers.Count);
    }

    [Fact]
    public void Export_OfWhatIsComputedInCSharp_SaysWhichLayerAndKeepsTheOldFile()
    {
        File.WriteAllText(_folder["model.onnx"], "old");
        using var model = new Sequential(seed: 1)
        {
            new Dense(2, inputShape: 2),
            new Dense(2, Activation.Custom("twice", (x, y) => x.CopyTo(y), (x, y, dy, dx) => dy.CopyTo(dx)), name: "own"),
        };
        model.Build(2);

        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => model.ExportOnnx(_folder["model.onnx"]));

        Assert.Equal("layer 'own': ONNX has no activation 'twice', which is computed in C#", exception.Message);
        Assert.Equal(["model.onnx"], _folder.Entries());
        Assert.Equal("old", File.ReadAllText(_folder["model.onnx"]));
    }

    [Fact]
    public void Export_BeforeThereAreWeights_IsRefused()
    {
        using var model = new Sequential { new Dense(2) };

        Assert.Contains("Build", Assert.Throws<InvalidOperationException>(() => model.ExportOnnx(_folder["model.onnx"])).Message);
        Assert.Empty(_folder.Entries());
    }

    internal static void AssertClose(float[,] expected, float[,] actual, float tolerance)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        foreach ((float wanted, float found) in expected.Cast<float>().Zip(actual.Cast<float>()))
            Assert.True(Math.Abs(wanted - found) <= tolerance * Math.Max(1, Math.Abs(wanted)), $"{wanted} and {found}");
    }

    private OnnxInterpreter Export(Sequential model)
    {
        model.ExportOnnx(_folder["model.onnx"]);
        return new OnnxInterpreter(File.ReadAllBytes(_folder["model.onnx"]));
    }
}
