using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>Results as a line of text, for a console or a debugger.</summary>
public class ResultTextTests
{
    [Fact]
    public void Results_AsText_NameTheirNumbers()
    {
        using var model = new Sequential(seed: 1) { new Dense(1, kernelInitializer: "zeros", inputShape: 1) };
        model.Compile(new Sgd { LearningRate = 0 }, "mse", ["accuracy"], BackendKind.Managed);
        var x = new float[4, 1];
        float[] y = [0, 0, 0, 1.5f];

        History history = model.Fit(x, y, epochs: 2);
        EvaluationResult result = model.Evaluate(x, y);

        Assert.Equal("loss 0.5625, accuracy 0.75", result.ToString());
        Assert.Equal("loss 0.5625, accuracy 0.75", result.Logs.ToString());
        Assert.Matches(@"^epoch 1: loss 0\.5625, accuracy 0\.75 \(\d+\.\d\d s\)$", history.Epochs[0].ToString());
        Assert.Equal($"2 epochs, {history.Epochs[1]}", history.ToString());
    }
}
