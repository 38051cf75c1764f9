using NativeOpt.Backends;
using NativeOpt.Checking;
using NativeOpt.Interop;
using NativeOpt.Tests.Backends;
using NativeOpt.Tests.Golden;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

/// <summary>Batch, layer and root-mean-square normalization as layers.</summary>
public class NormalizationLayerTests
{
    private static readonly GoldenFile Golden = GoldenFile.Load("batchnorm.json");

    public static TheoryData<string, string, string> BatchCases =>
        ElementTypes.With(Golden.Cases.Where(golden => golden.Kind == "batchnorm").Select(golden => golden.Name));

    [SkippableTheory]
    [MemberData(nameof(BatchCases))]
    public void BatchNormalization_WithTheFrameworksOwnMomentum_MatchesIt(string backendName, string type, string caseName)
    {
        GoldenCase golden = Golden[caseName];
        bool isPyTorch = golden.Text("convention").StartsWith("pytorch", StringComparison.Ordinal);
        double tolerance = ElementTypes.Tolerance(ElementTypes.Parse(type));
        using IBackend backend = TestBackends.Open(backendName);
        var layer = new BatchNormalization(golden.Number("hyper.momentum"), golden.Number("hyper.epsilon"),
            convention: isPyTorch ? Convention.PyTorch : Convention.Keras);
        int rows = golden.Count("inputs.upstream");
        using var probe = new LayerProbe(layer, golden.Count("inputs.gamma"), rows, ElementTypes.Parse(type), backend, seed: 1);
        Set(probe, "gamma", golden.Numbers("inputs.gamma"));
        Set(probe, "beta", golden.Numbers("inputs.beta"));
        for (int step = 0; step < golden.Count("expected.steps"); step++)
        {
            string at = $"expected.steps.{step}";
            double[] x = golden.Numbers($"inputs.batches.{step}");
            Close.AssertAll(golden.Numbers($"{at}.y"), probe.Forward(x, isTraining: true), tolerance, "y");
            Close.AssertAll(golden.Numbers($"{at}.dX"), probe.Backward(golden.Numbers("inputs.upstream")), tolerance, "dX");
            Close.AssertAll(golden.Numbers($"{at}.dgamma"), Get(probe, "gamma", gradient: true), tolerance, "dgamma");
            Close.AssertAll(golden.Numbers($"{at}.dbeta"), Get(probe, "beta", gradient: true), tolerance, "dbeta");
            Close.AssertAll(golden.Numbers($"{at}.running_mean"), Get(probe, "moving_mean"), tolerance, "mean");
            Close.AssertAll(golden.Numbers($"{at}.running_var"), Get(probe, "moving_variance"), tolerance, "variance");
            Close.AssertAll(golden.Numbers($"{at}.y_eval"), probe.Forward(x, isTraining: false), tolerance, "y at prediction");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void BatchNormalization_InAModel_LearnsAndKeepsItsState(string backend)
    {
        using Sequential model = Model(backend, new Dense(8), new BatchNormalization(momentum: 0.5), new Dense(2));
        (float[,] x, float[,] y) = (TestModels.Waves(64, 3), TestModels.Waves(64, 2, phase: 1));
        double before = model.Evaluate(x, y).Loss;

        model.Fit(x, y, epochs: 40, batchSize: 16);

        Assert.True(model.Evaluate(x, y).Loss < before / 2);
        Assert.Equal(
            ["dense/kernel", "dense/bias", "batch_normalization/gamma", "batch_normalization/beta",
                "batch_normalization/moving_mean", "batch_normalization/moving_variance", "dense_1/kernel", "dense_1/bias"],
            model.ParameterNames);
        Assert.Contains(model.GetWeights("batch_normalization/moving_mean").Cast<float>(), mean => mean != 0);
        Assert.Equal((4 * 8, 2 * 8), (model.Layers[1].ParameterCount, model.Layers[1].TrainableParameterCount));
        using Sequential copy = Model("managed", new Dense(8), new BatchNormalization(), new Dense(2));
        copy.SetWeights(model.GetWeights());
        Assert.All(copy.Predict(x).Cast<float>().Zip(model.Predict(x).Cast<float>()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void BatchNormalization_Frozen_TrainsTheOthersAsAtPrediction(string backend)
    {
        var frozen = new BatchNormalization { Trainable = false };
        using Sequential model = Model(backend, new Dense(4), frozen, new Dense(2));
        (float[,] x, float[,] y) = (TestModels.Waves(12, 3), TestModels.Waves(12, 2, phase: 1));
        model.SetWeights("batch_normalization/moving_variance", new float[,] { { 1, 4, 0.25f, 2 } });
        float[,] kernel = model.GetWeights("dense/kernel");

        Assert.Equal(model.Predict(x), model.Forward(x));
        model.Fit(x, y, epochs: 2);

        Assert.Equal(new float[,] { { 1, 4, 0.25f, 2 } }, model.GetWeights("batch_normalization/moving_variance"));
        Assert.Equal(new float[,] { { 0, 0, 0, 0 } }, model.GetWeights("batch_normalization/moving_mean"));
        Assert.Equal(new float[,] { { 1, 1, 1, 1 } }, model.GetWeights("batch_normalization/gamma"));
        Assert.NotEqual(kernel, model.GetWeights("dense/kernel"));
    }

    [Fact]
    public void LayerAndRms_OfARow_AreTheFormulas()
    {
        double[] x = [1, -2, 4, 7];
        double mean = x.Average();
        double deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 0.01);
        double root = Math.Sqrt(x.Average(value => value * value) + 0.01);

        Close.AssertAll([.. x.Select(value => (value - mean) / deviation)], Forward(new LayerNormalization(0.01), x), 1e-14, "layer");
        Close.AssertAll([.. x.Select(value => value / root)], Forward(new RMSNormalization(0.01), x), 1e-14, "rms");
        Close.AssertAll([.. x.Select(value => 3 * value / root)],
            Forward(new RMSNormalization(0.01, scaleInitializer: new Constant(3)), x), 1e-14, "scaled rms");
    }

    [Fact]
    public void Parameters_AreThoseThatWereAskedFor()
    {
        Assert.Equal(["gamma", "beta", "moving_mean", "moving_variance"], Names(new BatchNormalization()));
        Assert.Equal(["gamma", "moving_mean", "moving_variance"], Names(new BatchNormalization(center: false)));
        Assert.Equal(["beta", "moving_mean", "moving_variance"], Names(new BatchNormalization(scale: false)));
        Assert.Equal(["moving_mean", "moving_variance"], Names(new BatchNormalization(center: false, scale: false)));
        Assert.Equal(["gamma", "beta"], Names(new LayerNormalization()));
        Assert.Equal(["beta"], Names(new LayerNormalization(scale: false)));
        Assert.Equal(["gamma"], Names(new LayerNormalization(center: false)));
        Assert.Equal(["scale"], Names(new RMSNormalization()));

        static IEnumerable<string> Names(Layer layer) => layer.DescribeParameters(3).Select(parameter => parameter.Name);
    }

    [Fact]
    public void Defaults_AreTheFrameworks()
    {
        Assert.Equal((0.99, 1e-3), (new BatchNormalization().Momentum, new BatchNormalization().Epsilon));
        var torch = new BatchNormalization(convention: Convention.PyTorch);
        Assert.Equal((0.1, 1e-5), (torch.Momentum, torch.Epsilon));
        Assert.Equal(1e-3, new LayerNormalization().Epsilon);
        Assert.Equal(1e-5, new LayerNormalization(convention: Convention.PyTorch).Epsilon);
        Assert.Equal(1e-6, new RMSNormalization().Epsilon);
        Assert.Equal(Math.Pow(2, -23), new RMSNormalization(convention: Convention.PyTorch).Epsilon);
    }

    [Fact]
    public void Settings_OutsideTheirRange_NameValueAndLimit()
    {
        AssertRefused(() => new BatchNormalization(momentum: 1.5), "momentum is 1.5; it must be at least 0 and at most 1");
        AssertRefused(() => new BatchNormalization(epsilon: 0), "epsilon is 0; it must be finite and greater than 0");
        AssertRefused(() => new LayerNormalization(epsilon: -1), "epsilon is -1");
        AssertRefused(() => new RMSNormalization(epsilon: double.NaN), "epsilon is NaN");

        static void AssertRefused(Func<Layer> make, string message) =>
            Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
    }

    private static double[] Forward(Layer layer, double[] row)
    {
        using IBackend backend = TestBackends.Open("managed");
        using var probe = new LayerProbe(layer, row.Length, 1, NoptDtype.F64, backend, seed: 1);
        double[] training = probe.Forward(row, isTraining: true);
        Assert.Equal(training, probe.Forward(row, isTraining: false));
        return training;
    }

    private static void Set(LayerProbe probe, string name, double[] values) =>
        probe.Write(probe.Arena.Parameters, values, (int)probe.Arena.Ranges.Single(range => range.Name.EndsWith(name)).Offset);

    private static double[] Get(LayerProbe probe, string name, bool gradient = false)
    {
        var range = probe.Arena.Ranges.Single(range => range.Name.EndsWith("/" + name));
        double[] block = probe.Read(gradient ? probe.Arena.Gradients : probe.Arena.Parameters);
        return block[(int)range.Offset..(int)(range.Offset + range.Count)];
    }

    private static Sequential Model(string backend, params Layer[] layers)
    {
        var model = new Sequential(seed: 11, layers);
        model.Compile(new Adam { LearningRate = 0.02 }, "mse", null, TestBackends.Open(backend));
        model.Build(3);
        return model;
    }
}
