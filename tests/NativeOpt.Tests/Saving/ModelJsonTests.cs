using System.Text.RegularExpressions;
using NativeOpt.Saving;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Saving;

/// <summary>Models that are written as JSON and read again.</summary>
public class ModelJsonTests
{
    private const string Layers = "{\"format\": \"nativeopt-model/1\", \"layers\": [";
    private const string Compile = "{\"format\": \"nativeopt-model/1\", \"compile\": {";

    private static readonly float[,] X = TestModels.Waves(12, 3);
    private static readonly float[,] Y = TestModels.Waves(12, 2, phase: 1);

    private static readonly Dictionary<string, Func<Layer[]>> LayerLists = new()
    {
        ["dense"] =
            () => [new Dense(4, "leaky_relu(negative_slope=0.1)", useBias: false, kernelInitializer: "he_normal", name: "first"),
                new Dense(3, "softmax", biasInitializer: new Constant(0.125)) { Trainable = false }],
        ["penalties"] = () =>
        [
            new Dense(4, kernelRegularizer: "l1_l2(l1=0.001, l2=0.25)", biasRegularizer: "l2(0.5)", activityRegularizer: "l1(0.125)",
                kernelConstraint: "max_norm(3)", biasConstraint: "non_neg"),
            new BatchNormalization(betaRegularizer: "l1(0.25)", gammaConstraint: "min_max_norm(rate=0.5, axis=none)"),
            new PReLU(alphaRegularizer: "l2(0.125)", alphaConstraint: "non_neg"),
            new LayerNormalization(gammaRegularizer: "l2(0.25)", betaConstraint: "unit_norm"),
            new Dense(2, kernelRegularizer: "orthogonal(factor=0.1, mode=columns)"),
        ],
        ["input shape"] = () => [new Dense(4, inputShape: 3, kernelInitializer: new VarianceScaling(0.3, FanMode.Output))],
        ["noise"] = () => [new Dropout(0.5, seed: 9), new AlphaDropout(0.25), new GaussianDropout(0.125), new GaussianNoise(0.5),
            new Dropout(new LinearLR(0.5, 4) { StartFactor = 0.5 })],
        ["normalization"] = () =>
        [
            new BatchNormalization(
                0.75, 1e-4, center: false, gammaInitializer: "random_normal", movingVarianceInitializer: new Constant(2)),
            new BatchNormalization(convention: Convention.PyTorch, movingMeanInitializer: "ones"),
            new LayerNormalization(epsilon: 0.01, scale: false, betaInitializer: "ones"),
            new RMSNormalization(scaleInitializer: new Constant(3), convention: Convention.PyTorch),
        ],
        ["activations"] = () =>
        [
            new Rescaling(1 / 255.0, -0.5), new ActivationLayer("gelu"), new ReLU(), new ReLU(6), new ReLU(negativeSlope: 0.25),
            new LeakyReLU(0.1), new ELU(0.5), new PReLU(new Constant(0.1), shared: true), new Softmax(),
        ],
    };

    public static TheoryData<string> Lists => [.. LayerLists.Keys];

    public static TheoryData<string> Optimizers =>
    [
        "adam(learning_rate=0.002, beta_1=0.8)", "sgd(learning_rate=0.01, momentum=0.9, nesterov=true)", "muon", "adafactor",
        "adamw(lr=cosine_decay(initial_learning_rate=1e-3, decay_steps=1000), weight_decay=0.1, convention=pytorch)", "ftrl",
    ];

    public static TheoryData<int> LossNumbers => [.. Enumerable.Range(0, Losses.Length)];

    private static Loss[] Losses =>
    [
        "mse", "mae", "mape", "msle", "huber", "log_cosh", "hinge", "squared_hinge", "categorical_hinge", new Huber { Delta = 0.5 },
        new MeanSquaredError { Reduction = Reduction.Sum }, new CosineSimilarity { Epsilon = 1e-6 }, new SmoothL1 { Beta = 0.5 },
        new Poisson { LogInput = true, Full = true, Epsilon = 1e-8 }, new KLDivergence { LogInput = true, LogTargets = true },
        new BinaryCrossentropy { FromLogits = true, LabelSmoothing = 0.1 }, new CategoricalCrossentropy { ClassWeights = [1, 2.5] },
        new BinaryFocalCrossentropy { Gamma = 3, Alpha = 0.5, ApplyClassBalancing = true },
        new CategoricalFocalCrossentropy { Gamma = 1, ClassWeights = [1, 2.5] }, new Dice { PerRow = true },
        new Tversky { Alpha = 0.3, Beta = 0.7 },
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Layers_ComeBackWithAllSettings(string list)
    {
        using var model = new Sequential(seed: 5, LayerLists[list]());
        model.Build(3);
        using Sequential copy = Sequential.FromJson(model.ToJson(), BackendKind.Managed);

        Assert.Equal(model.Summary(), copy.Summary());
        Assert.Equal(model.ToJson(), copy.ToJson());
        Assert.Equal(model.Seed, copy.Seed);
        Assert.Equal(model.GetWeights(), copy.GetWeights());
        copy.SetWeights(model.GetWeights());
        Assert.Equal(model.Predict(X), copy.Predict(X));
        Assert.Equal(model.Forward(X), copy.Forward(X));
    }

    [Fact]
    public void Embedding_ComesBack()
    {
        using var model = new Sequential(seed: 5) { new Embedding(7, 2, inputShape: 3), new Dense(1) };
        model.Build(3);
        using Sequential copy = Sequential.FromJson(model.ToJson());

        Assert.Equal(model.GetWeights(), copy.GetWeights());
        Assert.Equal(model.Summary(), copy.Summary());
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Optimizer_ComesBackWithItsSchedules(string optimizer)
    {
        using Sequential model = Compiled("mse", OptimizerRule.Parse(optimizer));
        model.Optimizer!.Schedules["weight_decay"] =
            optimizer.StartsWith("adamw", StringComparison.Ordinal) ? new ExponentialDecay(0.1, 5, 0.5) : null;
        using Sequential copy = Sequential.FromJson(model.ToJson(), BackendKind.Managed);

        Assert.Equal(model.Optimizer.Rule, copy.Optimizer!.Rule);
        Assert.Equal(model.Optimizer.Schedules["weight_decay"], copy.Optimizer.Schedules["weight_decay"]);
        AssertTrainsAlike(model, copy);
    }

    [Fact]
    public void LearningRateThatWasSetSince_ComesBack()
    {
        using Sequential model = Compiled("mse", new Sgd());
        model.Optimizer!.LearningRate = 0.25;
        using Sequential copy = Sequential.FromJson(model.ToJson(), BackendKind.Managed);

        Assert.Equal(0.25, copy.Optimizer!.LearningRate);
    }

    [Fact]
    public void EveryLayerLossAndMetricOfTheLibrary_HasAForm()
    {
        Type[] types = [.. typeof(Layer).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type != typeof(LossMetric))];

        Assert.All(types.Where(type => type.IsSubclassOf(typeof(Layer))), type => Assert.True(LayerForms.Table.Has(type), type.Name));
        Assert.All(types.Where(type => type.IsSubclassOf(typeof(Loss))), type => Assert.True(LossForms.Table.Has(type), type.Name));
        Assert.All(types.Where(type => type.IsSubclassOf(typeof(Metric))), type => Assert.True(MetricForms.Table.Has(type), type.Name));
    }

    [Fact]
    public void SeveralOptimizers_ComeBackWithTheirPatterns()
    {
        var rule = new MultiOptimizer(("*/bias", new Sgd()), ("*", new Adam { LearningRate = 0.1 }))
        {
            LearningRate = new ExponentialDecay(1, 3, 0.5),
        };
        using Sequential model = Compiled("mse", rule);
        using Sequential copy = Sequential.FromJson(model.ToJson(), BackendKind.Managed);

        Assert.Equal(rule, copy.Optimizer!.Rule);
        AssertTrainsAlike(model, copy);
    }

    [Theory]
    [MemberData(nameof(LossNumbers))]
    public void Loss_ComesBackWithAllSettings(int number)
    {
        using Sequential model = Compiled(Losses[number], new Sgd());
        using Sequential copy = Sequential.FromJson(model.ToJson(), BackendKind.Managed);

        Assert.Equal(model.ToJson(), copy.ToJson());
        Assert.Equal(WithoutLists(Losses[number]), WithoutLists(copy.Loss!));
        Assert.Equal(Losses[number].TermWeights, copy.Loss!.TermWeights);

        // Lists are printed as the type that they happen to have.
        static string WithoutLists(Loss loss) => Regex.Replace(loss.ToString(), "ClassWeights = [^ ]*", "");
    }

    [Fact]
    public void SparseLoss_ComesBackWithTheIgnoredClass()
    {
        var loss = new SparseCategoricalCrossentropy { FromLogits = true, IgnoreClass = -100, Reduction = Reduction.MeanWithSampleWeight };
        using Sequential copy = Sequential.FromJson(Compiled(loss, new Sgd()).ToJson(), BackendKind.Managed);

        Assert.Equal(loss, copy.Loss);
    }

    [Fact]
    public void Metrics_ComeBackWithAllSettings()
    {
        using Sequential model = Compiled("categorical_crossentropy", new Sgd(),
            "acc", new TopKCategoricalAccuracy(2), new Precision { Threshold = 0.25, Average = MetricAverage.Macro, Weighted = true },
            new FBetaScore(2), new Auc(50) { Curve = AucCurve.PrecisionRecall, Exact = true }, "mae",
            "cosine_similarity", new ConfusionMatrix(), "r2",
            new LossMetric(new Huber { Delta = 0.5 }));
        using Sequential copy = Sequential.FromJson(model.ToJson(), BackendKind.Managed);
        float[,] targets = TestModels.Waves(12, 2);
        for (int i = 0; i < 12; i++)
            (targets[i, 0], targets[i, 1]) = (i % 2, 1 - i % 2);

        Assert.Equal(model.ToJson(), copy.ToJson());
        Assert.Equal(model.Evaluate(X, targets).ToString(), copy.Evaluate(X, targets).ToString());
    }

    [Fact]
    public void ModelOfTheUsersOwnThings_ComesBackAndTrains()
    {
        using Sequential model = OwnThings.Model();
        string json = model.ToJson();
        using Sequential copy = Sequential.FromJson(json, BackendKind.Managed);

        Assert.Equal(json, copy.ToJson());
        Assert.Equal(model.Summary(), copy.Summary());
        Assert.Contains("\"json_twice\"", json, StringComparison.Ordinal);
        Assert.Contains("\"own_json_ramp\"", json, StringComparison.Ordinal);
        copy.SetWeights(model.GetWeights());
        Assert.Equal(model.Predict(X), copy.Predict(X));
        AssertTrainsAlike(model, copy);
    }

    [Fact]
    public void ModelThatIsNeitherBuiltNorCompiled_StaysSo()
    {
        using Sequential copy = Sequential.FromJson(new Sequential(seed: 1) { new Dense(2) }.ToJson());

        Assert.False(copy.IsBuilt);
        Assert.Null(copy.Optimizer);
        Assert.Equal("dense", copy.Layers[0].Name);
    }

    [Fact]
    public void WhatHasNoName_IsRefused()
    {
        using var layer = new Sequential(seed: 1) { new Nameless() };
        using Sequential schedule = Compiled("mse", new Sgd { LearningRate = new LambdaSchedule(_ => 0.1) });

        Assert.Contains("Layer.Register", Assert.Throws<NotSupportedException>(layer.ToJson).Message, StringComparison.Ordinal);
        Assert.Contains("optimizer", Assert.Throws<NotSupportedException>(schedule.ToJson).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"format\": }", "json is malformed at line 1, byte 13")]
    [InlineData("", "json is malformed at line 1, byte 1")]
    [InlineData("[]", "the model is a list; it must be an object")]
    [InlineData("{}", "format is missing")]
    [InlineData("{\"format\": \"x\"}", "format is 'x'; this version of the library reads 'nativeopt-model/1'")]
    [InlineData("{\"format\": \"nativeopt-model/1\", \"seeds\": 1}", "unknown field of the model 'seeds'; did you mean 'seed'?")]
    [InlineData("{\"format\": \"nativeopt-model/1\", \"seed\": 1.5}", "seed is 1.5; it must be a whole number")]
    [InlineData(Layers + "{}]}", "layers[0]: layers[0].type is missing")]
    [InlineData(Layers + "{\"type\": \"dens\"}]}", "layers[0]: unknown layer 'dens'; did you mean 'dense'?")]
    [InlineData(Layers + "{\"type\": \"dense\", \"settings\": {\"unit\": 2}}]}", "units is missing")]
    [InlineData(Layers + "{\"type\": \"dense\", \"settings\": {\"units\": 2, \"usebia\": true}}]}",
        "unknown setting of dense 'usebia'; did you mean 'use_bias'?")]
    [InlineData(Layers + "{\"type\": \"dense\", \"settings\": {\"units\": 2, \"activation\": \"rely\"}}]}",
        "unknown activation 'rely'; did you mean 'relu'?")]
    [InlineData(Compile + "\"optimizer\": \"adan(lr=1\", \"loss\": {\"type\": \"mse\"}}}", "compile: ")]
    [InlineData(Compile + "\"optimizer\": \"adam\", \"loss\": {\"type\": \"mss\"}}}",
        "compile.loss: unknown loss 'mss'")]
    public void WhatCannotBeRead_IsRefusedWithItsPlace(string json, string message)
    {
        var failure = Assert.Throws<ArgumentException>(() => Sequential.FromJson(json));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_RefusesNamesAndTypesThatAreTaken()
    {
        Assert.Contains("a layer 'dense' already", Refusal("DENSE"), StringComparison.Ordinal);
        Assert.Contains("letters, digits", Refusal("a b"), StringComparison.Ordinal);
        Layer.Register("json_once", _ => new Once(), _ => new ScheduleSettings());
        Assert.Contains("registered already, as 'json_once'",
            Assert.Throws<ArgumentException>(() => Layer.Register("json_again", _ => new Once(), _ => new ScheduleSettings())).Message,
            StringComparison.Ordinal);

        static string Refusal(string name) => Assert.Throws<ArgumentException>(
            () => Layer.Register(name, _ => new Nameless(), _ => new ScheduleSettings())).Message;
    }

    private static Sequential Compiled(Loss loss, OptimizerRule rule, params Metric[] metrics)
    {
        var model = new Sequential(seed: 4) { new Dense(4, "tanh", inputShape: 3), new Dense(2) };
        model.Compile(rule, loss, metrics, BackendKind.Managed);
        return model;
    }

    private static void AssertTrainsAlike(Sequential model, Sequential copy)
    {
        History expected = model.Fit(X, Y, epochs: 2, batchSize: 5), actual = copy.Fit(X, Y, epochs: 2, batchSize: 5);

        Assert.Equal(expected["loss"], actual["loss"]);
        Assert.Equal(model.GetWeights(), copy.GetWeights());
    }

    private class Nameless : CustomLayer
    {
        protected override void Forward<T>(in LayerForward<T> pass) => pass.X.CopyTo(pass.Y);

        protected override void Backward<T>(in LayerBackward<T> pass) { }
    }

    private sealed class Once : Nameless;
}
