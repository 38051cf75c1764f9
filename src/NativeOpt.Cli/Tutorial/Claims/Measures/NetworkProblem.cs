namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>A classification that a network is trained for.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Train">Rows to learn from, standardized where nothing else is said.</param>
/// <param name="Test">Rows to test on.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Hidden">Widths of the hidden layers.</param>
/// <param name="Epochs">Passes over the rows.</param>
internal sealed record NetworkProblem(
    string Name, InMemoryDataset Train, InMemoryDataset Test, int Classes, IReadOnlyList<int> Hidden, int Epochs)
{
    private const string Loss = "sparse_categorical_crossentropy";
    private const int EvaluationRows = 1024;

    /// <summary>Flowers: 4 numbers each, 120 rows.</summary>
    public static NetworkProblem Iris(int epochs) => Of(Datasets.Iris.Load(), [16], epochs);

    /// <summary>Handwritten digits: 64 numbers each, 1,442 rows.</summary>
    public static NetworkProblem Digits(int epochs, params int[] hidden) =>
        Of(Datasets.Digits.Load(), hidden, epochs) with { Name = $"digits, {string.Join("-", hidden)}" };

    /// <summary>Two half moons that reach into each other.</summary>
    public static NetworkProblem Moons(int epochs, long seed) =>
        Of("moons", Datasets.MakeMoons(400, noise: 0.2, seed: seed), classes: 2, [16], epochs, seed);

    /// <summary>Made-up classes of 20 features.</summary>
    public static NetworkProblem MadeUp(int samples, int epochs, long seed) => Of("made-up classes",
        Datasets.MakeClassification(samples, features: 20, informative: 8, redundant: 4, classes: 3, classSep: 1.5, seed: seed),
        classes: 3, [32], epochs, seed);

    /// <summary>Made-up classes of which each feature has a unit of its own, and nothing is standardized.</summary>
    public static NetworkProblem Unscaled(int samples, int epochs, long seed)
    {
        InMemoryDataset rows = Datasets.MakeClassification(
            samples, features: 20, informative: 8, redundant: 4, classes: 3, classSep: 1.5, shift: null, scale: null, seed: seed);
        TrainTestSplit split = TrainTestSplit.Of(rows.X, rows.Y, stratify: true, seed: seed);
        return new NetworkProblem("unscaled classes", split.Train, split.Test, 3, [32], epochs);
    }

    /// <summary>The same with the first rows only to learn from.</summary>
    public NetworkProblem FirstRows(int rows) => this with { Train = TutorialData.Rows(Train, 0, rows) };

    /// <summary>The network, compiled.</summary>
    public Sequential Create(OptimizerRule rule, long seed, BackendKind backend, Regularizer? penalty = null)
    {
        var model = new Sequential(seed);
        foreach (int width in Hidden)
            model.Add(new Dense(width, "relu", kernelInitializer: "he_normal", kernelRegularizer: penalty));
        model.Add(new Dense(Classes, "softmax"));
        model.Compile(rule, Loss, ["accuracy"], backend);
        return model;
    }

    /// <summary>Trains it.</summary>
    /// <param name="rule">With what.</param>
    /// <param name="seed">Decides first weights and orders.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="batchSize">Rows of a step.</param>
    /// <param name="penalty">Of the hidden kernels.</param>
    public NetworkTrial Run(
        OptimizerRule rule, long seed, BackendKind backend, int batchSize = 32, Regularizer? penalty = null)
    {
        using Sequential model = Create(rule, seed, backend, penalty);
        double before = model.Evaluate(Train, EvaluationRows).Loss;
        History history = model.Fit(Train, Epochs, batchSize, seed: seed);
        EvaluationResult after = model.Evaluate(Train, EvaluationRows);
        return new NetworkTrial(
            Finite(history.Epochs.Average(epoch => epoch.Loss)), Finite(after.Loss / before), after.Accuracy!.Value,
            model.Evaluate(Test, EvaluationRows).Accuracy!.Value);

        static double Finite(double loss) => double.IsFinite(loss) ? loss : double.PositiveInfinity;
    }

    private static NetworkProblem Of(DataSplit data, IReadOnlyList<int> hidden, int epochs) =>
        Standardize(data.Name, data.Train, data.Test, data.ClassNames.Count, hidden, epochs);

    private static NetworkProblem Of(
        string name, InMemoryDataset rows, int classes, IReadOnlyList<int> hidden, int epochs, long seed)
    {
        TrainTestSplit split = TrainTestSplit.Of(rows.X, rows.Y, stratify: true, seed: seed);
        return Standardize(name, split.Train, split.Test, classes, hidden, epochs);
    }

    private static NetworkProblem Standardize(
        string name, InMemoryDataset train, InMemoryDataset test, int classes, IReadOnlyList<int> hidden, int epochs)
    {
        var scaler = new StandardScaler();
        return new NetworkProblem(name, new InMemoryDataset(scaler.FitTransform(train.X), train.Y),
            new InMemoryDataset(scaler.Transform(test.X), test.Y), classes, hidden, epochs);
    }
}

/// <summary>What became of a training.</summary>
/// <param name="MeanLoss">Training loss in the mean over all epochs: small where it falls soon; infinite where it diverged.</param>
/// <param name="Left">Training loss afterwards, as a share of the one before; infinite where it diverged.</param>
/// <param name="Accuracy">On the training rows, afterwards.</param>
/// <param name="TestAccuracy">On the test rows.</param>
internal sealed record NetworkTrial(double MeanLoss, double Left, double Accuracy, double TestAccuracy);
