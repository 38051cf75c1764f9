using NativeOpt.Backends;
using NativeOpt.Checking;
using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

/// <summary>Dropout and its relatives.</summary>
public class RandomLayerTests
{
    private static readonly Dictionary<string, Func<Layer>> Makers = new()
    {
        ["dropout"] = () => new Dropout(0.3),
        ["alpha_dropout"] = () => new AlphaDropout(0.3),
        ["gaussian_dropout"] = () => new GaussianDropout(0.3),
        ["gaussian_noise"] = () => new GaussianNoise(0.3),
    };

    public static TheoryData<string> Kinds => [.. Makers.Keys];

    public static TheoryData<string, string> KindsOnBackends
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Names)
                foreach (string kind in Makers.Keys)
                    data.Add(backend, kind);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(KindsOnBackends))]
    public void Training_OnEveryBackend_HasTheRandomNumbersOfTheReference(string backend, string kind)
    {
        double[] expected = Trained("managed", kind);

        double[] actual = Trained(backend, kind, threads: 3);

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Contains(Trained(backend, kind, seed: 6).Zip(expected), pair => Math.Abs(pair.First - pair.Second) > 1e-3);
    }

    [SkippableTheory]
    [MemberData(nameof(KindsOnBackends))]
    public void PredictAndEvaluate_LeaveTheLayerOut(string backend, string kind)
    {
        using var model = new Sequential(seed: 5) { new Dense(6, "tanh", inputShape: 4), Makers[kind](), new Dense(2) };
        using var plain = new Sequential(seed: 5) { new Dense(6, "tanh", inputShape: 4), new Dense(2) };
        model.Compile(new Sgd(), "mse", null, TestBackends.Open(backend));
        plain.Compile(new Sgd(), "mse", null, TestBackends.Open(backend));
        (float[,] x, float[,] y) = (TestModels.Waves(9, 4), TestModels.Waves(9, 2));

        Assert.Equal(plain.Predict(x), model.Predict(x));
        Assert.Equal(plain.Evaluate(x, y).Loss, model.Evaluate(x, y).Loss);
        Assert.NotEqual(plain.Forward(x), model.Forward(x));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Steps_HaveRandomNumbersOfTheirOwn_AndBackwardThoseOfItsForward(string kind)
    {
        using IBackend backend = TestBackends.Open("managed");
        using var probe = new LayerProbe(Makers[kind](), 8, 6, NoptDtype.F64, backend, seed: 3);
        double[] x = [.. Enumerable.Range(0, 48).Select(i => Math.Sin(i + 0.5))];

        double[] first = probe.Forward(x, isTraining: true);
        probe.Pass = 1;
        double[] second = probe.Forward(x, isTraining: true);
        double[] dx = probe.Backward([.. Enumerable.Repeat(1.0, 48)]);

        Assert.NotEqual(first, second);
        double[] moved = probe.Forward([.. x.Select(value => value + 1)], isTraining: true);
        Assert.All(dx.Select((slope, i) => (slope, moved[i] - second[i])), pair => Assert.Equal(pair.Item2, pair.slope, 1e-12));
        probe.Pass = 0;
        Assert.Equal(first, probe.Forward(x, isTraining: true));
        Assert.Equal(x, probe.Forward(x, isTraining: false));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MeanAndVariance_OfStandardNormalNumbers_AreThoseOfTheMethod(string kind)
    {
        const int count = 200_000;
        using IBackend backend = TestBackends.Open("managed");
        using var probe = new LayerProbe(Makers[kind](), 1000, count / 1000, NoptDtype.F64, backend, seed: 3);
        double[] x = [.. Enumerable.Range(0, count).Select(i => NativeOpt.Initializers.NormalQuantile.At((i + 0.5) / count))];

        double[] y = probe.Forward(x, isTraining: true);

        double mean = y.Average();
        double variance = y.Average(value => (value - mean) * (value - mean));
        double expected = kind switch
        {
            "alpha_dropout" => 1,
            "gaussian_noise" => 1 + 0.3 * 0.3,
            _ => 1 / 0.7,
        };
        Assert.Equal(0, mean, 0.015);
        Assert.Equal(expected, variance, 0.02);
    }

    [Fact]
    public void Dropout_SetsTheShareToZero_AndDividesTheRest()
    {
        double[] y = ForwardOnes(new Dropout(0.3), rows: 100);

        Assert.All(y, value => Assert.True(value == 0 || Math.Abs(value - 1 / 0.7) < 1e-15, $"{value}"));
        Assert.Equal(0.3, y.Count(value => value == 0) / (double)y.Length, 0.02);
        Assert.All(ForwardOnes(new Dropout(1.0)), value => Assert.Equal(0, value));
        Assert.All(ForwardOnes(new Dropout(0.0)), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Seed_DecidesTheNumbers_WhateverTheModelsIs()
    {
        Assert.Equal(ForwardOnes(new Dropout(0.5, seed: 4), modelSeed: 1), ForwardOnes(new Dropout(0.5, seed: 4), modelSeed: 2));
        Assert.NotEqual(ForwardOnes(new Dropout(0.5), modelSeed: 1), ForwardOnes(new Dropout(0.5), modelSeed: 2));
        Assert.NotEqual(ForwardOnes(new Dropout(0.5, seed: 4)), ForwardOnes(new Dropout(0.5, seed: 5)));
    }

    [Fact]
    public void TwoLayers_OfOneModel_HaveDifferentNumbers()
    {
        using var model = new Sequential(seed: 1) { new Rescaling(1), new Dropout(0.5), new Dropout(0.5) };
        model.Build(200);
        var ones = new float[1, 200];
        for (int i = 0; i < 200; i++)
            ones[0, i] = 1;

        int kept = model.Forward(ones).Cast<float>().Count(value => value == 4);

        Assert.InRange(kept, 25, 75);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Rate_SetBetweenStepsOrByASchedule_TakesEffectAtTheNextStep(string backend)
    {
        var dropout = new Dropout(new LambdaSchedule(step => step == 1 ? 1 : 0));
        using var model = new Sequential(seed: 1) { new Rescaling(2), dropout };
        model.Compile(new Sgd(), "mse", null, TestBackends.Open(backend));
        float[,] x = { { 1, 2, 3 } };

        Assert.Equal(new float[,] { { 2, 4, 6 } }, model.Forward(x));
        Assert.Equal(new float[,] { { 0, 0, 0 } }, model.Forward(x));
        Assert.Equal(new float[,] { { 2, 4, 6 } }, model.Forward(x));
        dropout.Rate = 1;
        Assert.Equal(new float[,] { { 0, 0, 0 } }, model.Forward(x));
    }

    [Fact]
    public void Schedule_ThatLeavesTheRange_IsRefusedBeforeAnythingRuns()
    {
        using var model = new Sequential(seed: 1) { new Dense(2, inputShape: 3), new Dropout(new LambdaSchedule(step => step * 1.5)) };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);
        (float[,] x, float[,] y) = (TestModels.Waves(4, 3), TestModels.Waves(4, 2));
        model.TrainOnBatch(x, y);
        float[,] kernel = model.GetWeights("dense/kernel");

        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => model.TrainOnBatch(x, y));

        Assert.Contains("Rate is 1.5; it must be at least 0 and at most 1", failure.Message, StringComparison.Ordinal);
        Assert.Equal(kernel, model.GetWeights("dense/kernel"));
    }

    public static TheoryData<Action, string> Mistakes => new()
    {
        { () => _ = new Dropout(-0.1), "Rate is -0.1; it must be at least 0 and at most 1" },
        { () => _ = new Dropout(1.01), "Rate is 1.01" },
        { () => _ = new Dropout(double.NaN), "Rate is NaN" },
        { () => _ = new AlphaDropout(1), "Rate is 1; it must be at least 0 and less than 1" },
        { () => _ = new GaussianDropout(1), "Rate is 1; it must be at least 0 and less than 1" },
        { () => _ = new GaussianNoise(-1), "Stddev is -1; it must be finite and not negative" },
        { () => _ = new Rescaling(double.PositiveInfinity), "scale is ∞; it must be finite" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Settings_OutsideTheirRange_NameValueAndLimit(Action make, string message)
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(make);

        Assert.Contains(message.Replace("∞", "Infinity", StringComparison.Ordinal), failure.Message, StringComparison.Ordinal);
    }

    private static double[] ForwardOnes(Layer layer, int rows = 10, ulong modelSeed = 3)
    {
        using IBackend backend = TestBackends.Open("managed");
        using var probe = new LayerProbe(layer, 50, rows, NoptDtype.F64, backend, modelSeed);
        return probe.Forward([.. Enumerable.Repeat(1.0, 50 * rows)], isTraining: true);
    }

    private static double[] Trained(string backend, string kind, long seed = 5, int threads = 1)
    {
        using var model = new Sequential(seed) { new Dense(16, "tanh", inputShape: 8), Makers[kind](), new Dense(2) };
        model.Compile(new Sgd { LearningRate = 0.05 }, "mse", null, TestBackends.Open(backend, threads));
        model.Fit(TestModels.Waves(40, 8), TestModels.Waves(40, 2, phase: 1), epochs: 3, batchSize: 16, seed: 1);
        return TestModels.Parameters(model);
    }
}
