using NativeOpt;
using Xunit;

namespace Example;

/// <summary>The first example of the README, word for word: it needs one using, real data are part of the library.</summary>
public class QuickStartExample
{
    [Fact]
    public void QuickStart_TrainsADigitsClassifierAbove90Percent()
    {
        DataSplit digits = Datasets.Digits.Load();

        using var model = new Sequential(seed: 42)
        {
            new Dense(64, "relu", inputShape: 64),
            new Dense(10, "softmax"),
        };
        model.Compile(new Adam { LearningRate = 0.005 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);

        History history = model.Fit(digits.Train.X, digits.Train.Y, epochs: 10, batchSize: 32, validationSplit: 0.1);
        EvaluationResult test = model.Evaluate(digits.Test.X, digits.Test.Y);
        float[,] probabilities = model.Predict(digits.Test.X);

        string report = $"loss {history["loss"][0]:F3} -> {history["loss"][^1]:F3}, test accuracy {test.Accuracy:P1}, "
            + $"P(first test picture is a 0) = {probabilities[0, 0]:F3}";
        Console.WriteLine(report);

        Assert.True(test.Accuracy > 0.9, report);
        Assert.True(history["loss"][^1] < history["loss"][0], report);
        Assert.Equal((355, 10), (probabilities.GetLength(0), probabilities.GetLength(1)));
    }
}
