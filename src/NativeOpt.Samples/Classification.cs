namespace NativeOpt.Samples;

/// <summary>Classes from pictures: handwritten digits, with dropout, early stopping and the best weights kept.</summary>
public static class Classification
{
    /// <returns>Share of the test pictures that are named right.</returns>
    public static double Run(TextWriter output)
    {
        DataSplit digits = Datasets.Digits.Load();

        using var model = new Sequential(seed: 42)
        {
            new Dense(64, "relu", inputShape: 64, kernelInitializer: "he_normal"),
            new BatchNormalization(),
            new Dropout(0.2),
            new Dense(10, "softmax"),
        };
        model.Compile(new Adam { LearningRate = 0.003 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        History history = model.Fit(digits.Train, epochs: 40, batchSize: 32, validationSplit: 0.15, callbacks:
        [
            new ReduceLROnPlateau { Factor = 0.3, Patience = 3 },
            new EarlyStopping { Patience = 8, RestoreBestWeights = true },
        ]);
        double accuracy = model.Evaluate(digits.Test).Accuracy!.Value;
        output.WriteLine($"{history.Epochs.Count} epochs, validation loss {history["val_loss"].Min():F3}, test accuracy {accuracy:P1}");

        float[,] probabilities = model.Predict(digits.Test.X);
        int[] named = OneHot.Decode(probabilities), right = digits.Test.Y.ToLabels();
        for (int i = 0; i < 5; i++)
            output.WriteLine($"picture {i}: a {named[i]} with {probabilities[i, named[i]]:P1}, it is a {right[i]}");
        return accuracy;
    }
}
