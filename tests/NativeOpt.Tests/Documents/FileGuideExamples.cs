using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Files/README.md, word for word.</summary>
public sealed class FileGuideExamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AModel_GoesOnIsServedAndExported()
    {
        InMemoryDataset digits = DigitsData.Rows(0, 256);
        (Features x, Targets y, string folder) = (digits.X, digits.Y, _folder.Path);
        using Sequential model = TestModels.Digits();
        float[] pixels = x.GetRow(0), probabilities = new float[10];

        model.Fit(x, y, epochs: 5);
        model.Save(folder + "/digits.model");

        using Sequential again = Sequential.Load(folder + "/digits.model");
        again.Fit(x, y, epochs: 5);

        model.ExportOnnx(folder + "/digits.onnx");

        using Sequential served = Sequential.Load(folder + "/digits.model");
        using Predictor predictor = served.CreatePredictor();
        predictor.Predict(pixels, probabilities);

        Assert.Equal(10, again.EpochsTrained);
        Assert.Equal(1, probabilities.Sum(), 1e-5f);
        Assert.Equal(["digits.model", "digits.onnx"], _folder.Entries());
    }
}
