using NativeOpt.Backends;
using Xunit;

namespace NativeOpt.Tests.Training;

public class ReproducibilityTests
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 300);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_WithTheSameSeed_GivesTheSameBits(string backend) =>
        Assert.Equal(Train(TestBackends.Open(backend), seed: 5), Train(TestBackends.Open(backend), seed: 5));

    [Fact]
    public void Fit_WithAnotherSeed_GivesOtherNumbers() =>
        Assert.NotEqual(Train(TestBackends.Open("managed"), seed: 5), Train(TestBackends.Open("managed"), seed: 6));

    // Wide enough that the native core shares a step among threads.
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameBits(string backend)
    {
        double[] one = TrainWide(TestBackends.Open(backend, threads: 1));

        Assert.Equal(one, TrainWide(TestBackends.Open(backend, threads: 2)));
        Assert.Equal(one, TrainWide(TestBackends.Open(backend, threads: 3)));
    }

    [Fact]
    public void Fit_Twice_ContinuesWithOtherOrdersThanTheFirst()
    {
        using Sequential once = TestModels.Digits(new Sgd());
        using Sequential twice = TestModels.Digits(new Sgd());

        once.Fit(Data, epochs: 4);
        twice.Fit(Data, epochs: 2);
        twice.Fit(Data, epochs: 2);

        Assert.Equal(TestModels.Parameters(once), TestModels.Parameters(twice));
    }

    [Fact]
    public void Fit_WithASeedOfItsOwn_StartsItsOrdersAnew()
    {
        double[] weights = TrainAfter(earlierEpochs: 0, learningRate: 0.1);

        // A learning rate of 0 keeps the weights, so only the orders could differ.
        Assert.Equal(weights, TrainAfter(earlierEpochs: 3, learningRate: 0.1));
    }

    // The same arithmetic in another order of summation. A sum of 64 products differs by a few 2^-24 of its size, a loss of about 2
    // hence by 1e-7 to 1e-6; over 135 steps the differences add up in the weights, which are of size 1, far below 1e-5.
    [SkippableTheory]
    [MemberData(nameof(TestBackends.Native), MemberType = typeof(TestBackends))]
    public void Fit_OnTheNativeBackend_StaysWithinRoundingOfTheManagedOne(string backend)
    {
        InMemoryDataset train = Datasets.Digits.Load().Train;
        History[] runs = new History[2];
        double[][] weights = new double[2][];
        for (int i = 0; i < 2; i++)
        {
            using Sequential model = TestModels.Digits(
                i == 0 ? TestBackends.Open("managed") : TestBackends.Open(backend), new Sgd { LearningRate = 0.05, Momentum = 0.9 });
            runs[i] = model.Fit(train, epochs: 3);
            weights[i] = TestModels.Parameters(model);
        }

        Assert.All(runs[0]["loss"].Zip(runs[1]["loss"]), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.All(weights[0].Zip(weights[1]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static double[] Train(IBackend backend, long seed)
    {
        using Sequential model = TestModels.Digits(backend, seed: seed);
        History history = model.Fit(Data, epochs: 2, validationSplit: 0.2);
        return [.. TestModels.Parameters(model), .. history["loss"], .. history["val_loss"]];
    }

    private static double[] TrainWide(IBackend backend)
    {
        using var model = new Sequential(seed: 9)
        {
            new Dense(512, "relu", inputShape: 64),
            new Dense(256, "tanh"),
            new Dense(10, "softmax"),
        };
        model.Compile(new Adam(), TestModels.SparseLoss, null, backend);
        History history = model.Fit(Data, epochs: 1, batchSize: 128);
        return [.. TestModels.Parameters(model), .. history["loss"]];
    }

    private static double[] TrainAfter(int earlierEpochs, double learningRate)
    {
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0 });
        if (earlierEpochs > 0)
            model.Fit(Data, epochs: earlierEpochs);
        model.Optimizer!.LearningRate = learningRate;
        model.Fit(Data, epochs: 1, seed: 77);
        return TestModels.Parameters(model);
    }
}
