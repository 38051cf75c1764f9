namespace NativeOpt.Samples;

/// <summary>A callback: it watches a training, adds a number of its own to the history, and ends the training when it has seen enough.</summary>
public static class CustomCallback
{
    /// <returns>Epochs until the training ended, of 200 allowed.</returns>
    public static double Run(TextWriter output)
    {
        DataSplit iris = Datasets.Iris.Load();
        using var model = new Sequential(seed: 3) { new Dense(16, "relu", inputShape: 4), new Dense(3, "softmax") };
        model.Compile(new Adam { LearningRate = 0.01 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);

        History history = model.Fit(
            iris.Train, epochs: 200, batchSize: 16, validationData: iris.Test, callbacks: [new StopWhenGood("val_accuracy", 0.96)]);

        output.WriteLine($"ended after {history.Epochs.Count} epochs with {history["val_accuracy"][^1]:P1} right");
        output.WriteLine($"length of the weights: {history["weight_norm"][0]:F2} at first, {history["weight_norm"][^1]:F2} at last");
        return history.Epochs.Count;
    }

    /// <summary>Ends the Fit when a number has been good enough for three epochs in a row.</summary>
    private sealed class StopWhenGood(string name, double enough) : Callback
    {
        private int _inARow;

        public override void OnTrainBegin() => _inARow = 0;

        public override void OnEpochEnd(int epoch, TrainingLogs logs)
        {
            logs["weight_norm"] = Math.Sqrt(Model.GetWeights().Sum(array => array.Cast<float>().Sum(weight => (double)weight * weight)));
            _inARow = logs[name] >= enough ? _inARow + 1 : 0;
            if (_inARow == 3)
                Model.StopTraining = true;
        }
    }
}
