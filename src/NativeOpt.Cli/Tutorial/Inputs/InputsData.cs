namespace NativeOpt.Cli.Tutorial.Inputs;

/// <summary>How inputs reach the network.</summary>
internal enum Preparation
{
    /// <summary>As they were measured.</summary>
    Raw,

    /// <summary>Each column moved and scaled to mean 0 and deviation 1.</summary>
    Standardized,
}

/// <summary>Rows to learn from and rows to test on.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Test">To test on.</param>
/// <param name="Classes">Number of classes.</param>
internal sealed record InputsData(InMemoryDataset Train, InMemoryDataset Test, int Classes)
{
    /// <summary>
    /// Made-up rows as they come from instruments: each column has an offset and a unit of its own, which differ up to a hundred times.
    /// </summary>
    public static InputsData Make(int samples, long seed)
    {
        const int classes = 3;
        InMemoryDataset all = Datasets.MakeClassification(
            samples, features: 20, informative: 8, redundant: 4, classes: classes, classSep: 1.5, shift: null, scale: null, seed: seed);
        TrainTestSplit split = TrainTestSplit.Of(all.X, all.Y, testSize: 0.25, stratify: true, seed: seed);
        return new InputsData(split.Train, split.Test, classes);
    }

    /// <summary>The rows as a network gets them; the scale is that of the training rows.</summary>
    public InputsData Prepare(Preparation preparation)
    {
        if (preparation == Preparation.Raw)
            return this;
        var scaler = new StandardScaler();
        return this with
        {
            Train = new InMemoryDataset(scaler.FitTransform(Train.X), Train.Y),
            Test = new InMemoryDataset(scaler.Transform(Test.X), Test.Y),
        };
    }
}
