using NativeOpt.Cli.Replay.Optimizers;
using NativeOpt.Cli.Replay.Training;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>
/// A training on real pictures: accuracy and loss after some epochs lie where those of PyTorch do. First weights and orders are ours,
/// so the numbers of the file are the middle of a range.
/// </summary>
internal sealed class AccuracyReferenceKind : IReplayKind
{
    private const long Seed = 1;

    /// <summary>
    /// Three times and more what the seeds of the file differ among each other. The test loss of a network that learns its training
    /// data by heart varies most.
    /// </summary>
    private const double AccuracyRange = 0.025, TestLossRange = 0.12, TrainLossRange = 0.04;

    /// <inheritdoc/>
    public string Name => "accuracy_reference";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("seconds_on_the_shared_2_core_box");
        int[] sizes = run.Fields.Integers("layers");
        OptimizerRule rule = ReferenceOptimizer.Read(run.Fields.Text("optimizer"));
        int batch = (int)run.Fields.Whole("batch");
        (InMemoryDataset train, InMemoryDataset test) = LoadData(run);
        using var model = new Sequential(run.Target.Dtype, Seed);
        for (int i = 1; i < sizes.Length; i++)
            model.Add(new Dense(sizes[i], i == sizes.Length - 1 ? "softmax" : "relu", inputShape: i == 1 ? sizes[0] : null));
        model.Compile(rule, new SparseCategoricalCrossentropy(), ["accuracy"], run.Target.Open());
        int[] epochs = [.. run.Expected.Names.Select(name => ExpectedSteps.ParseStep(run.Expected, name)).Order()];
        for (int i = 0; i < epochs.Length; i++)
        {
            History history = model.Fit(
                train, epochs: epochs[i] - (i == 0 ? 0 : epochs[i - 1]), batchSize: batch, cancellationToken: run.Options.Cancellation);
            Compare(run, epochs[i], history["loss"][^1], model.Evaluate(test));
        }
    }

    private static void Compare(ReplayRun run, int epoch, double trainLoss, EvaluationResult test)
    {
        Fields expected = run.Expected.Object($"{epoch}");
        Check("test_acc", test.Accuracy ?? double.NaN, AccuracyRange);
        Check("test_loss", test.Loss, TestLossRange);
        Check("train_loss_running", trainLoss, TrainLossRange);

        void Check(string name, double actual, double range) =>
            run.Checks.Add(expected.Numbers(name), [actual], range, $"{epoch}.{name}");
    }

    private static (InMemoryDataset Train, InMemoryDataset Test) LoadData(ReplayRun run)
    {
        string name = run.Fields.Text("dataset");
        if (name is "cifar-10 full" or "cifar-10")
            return LoadCifar(run.Options.DataDirectory);
        if (name != Datasets.FashionMnist.Name)
            throw new ReplayException($"unknown data set '{name}'. Known: {Datasets.FashionMnist.Name}, cifar-10 full");
        string? directory = Datasets.FashionMnist.IsAvailable(run.Options.DataDirectory) ? run.Options.DataDirectory : null;
        if (!Datasets.FashionMnist.IsAvailable(directory))
            throw new ReplayException("needs Fashion-MNIST: install dataset-fashion-mnist, or give --data-dir");
        DataSplit data = Datasets.FashionMnist.Load(directory);
        return (data.Train, data.Test);
    }

    private static (InMemoryDataset Train, InMemoryDataset Test) LoadCifar(string? directory)
    {
        try
        {
            DataSplit data = Datasets.Cifar10.Load(directory);
            return data.Train.Count == Datasets.Cifar10.TrainingPictures
                ? (data.Train, data.Test)
                : throw new ReplayException(
                    $"needs all of CIFAR-10: there are {data.Train.Count} pictures for training, not {Datasets.Cifar10.TrainingPictures}");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new ReplayException($"needs all of CIFAR-10: {e.Message}; or give --data-dir");
        }
    }
}
