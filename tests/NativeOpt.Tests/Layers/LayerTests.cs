using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

/// <summary>What every layer may rely on: state, memory of its own, passes, freezing.</summary>
public class LayerTests
{
    private static readonly float[,] X = TestModels.Waves(5, 3);
    private static readonly float[,] Y = TestModels.Waves(5, 2, phase: 1);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CodeInThePlan_BetweenLayers_ChangesNoBitOfTraining(string backend)
    {
        using Sequential plain = Model(backend, new Dense(4, "tanh"), new Dense(2));
        using Sequential probed = Model(backend, new Dense(4, "tanh"), new ProbeLayer(), new Dense(2));
        foreach (string name in plain.ParameterNames)
            probed.SetWeights(name, plain.GetWeights(name));

        plain.Fit(X, Y, epochs: 3, batchSize: 2);
        probed.Fit(X, Y, epochs: 3, batchSize: 2);

        Assert.All(plain.ParameterNames, name => Assert.Equal(plain.GetWeights(name), probed.GetWeights(name)));
        Assert.Equal(plain.Predict(X), probed.Predict(X));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Passes_OfTrainingAreCounted_AndBackwardHasTheNumberOfItsForward(string backend)
    {
        var probe = new ProbeLayer();
        using Sequential model = Model(backend, new Dense(2), probe);

        model.TrainOnBatch(X, Y);
        model.Forward(X);
        model.Backward(Y);
        model.Predict(X);

        string[] step = ["training 5 rows", "backward 5 rows"];
        Assert.Equal(
            ["pass 0", "pass 0", .. step, "pass 1", step[0], "pass 1", step[1], "pass 0", "inference 5 rows"], probe.Log);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void State_IsAmongTheWeights_AndNoOptimizerTouchesIt(string backend)
    {
        using Sequential model = Model(backend, new Dense(2), new ProbeLayer());

        model.Fit(X, Y, epochs: 2);

        Assert.Equal(["dense/kernel", "dense/bias", "probe/state"], model.ParameterNames);
        Assert.Equal(new float[,] { { 1, 1 } }, model.GetWeights("probe/state"));
        Assert.Equal(["dense/kernel", "dense/bias"], model.Optimizer!.State.ParameterNames);
        Assert.Equal((10, 8), (model.ParameterCount, model.TrainableParameterCount));
        Assert.Contains("Trainable params: 8\nNon-trainable params: 2\n", model.Summary(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Freezing_KeepsTheWeightsAndTheGradientAtZero_UntilTheNextCompile(string backend)
    {
        using Sequential model = Model(backend, new Dense(4, "tanh"), new Dense(3, "tanh"), new Dense(2));
        model.Layers[1].Trainable = false;
        model.TrainOnBatch(X, Y);
        float[,] before = model.GetWeights("dense_1/kernel");
        float[,] first = model.GetWeights("dense/kernel");

        Compile(model, backend);
        model.TrainOnBatch(X, Y);

        Assert.Equal(before, model.GetWeights("dense_1/kernel"));
        Assert.NotEqual(first, model.GetWeights("dense/kernel"));
        Assert.All(model.GetGradients("dense_1/kernel").Cast<float>(), gradient => Assert.Equal(0, gradient));
        Assert.Equal(16 + 8, model.TrainableParameterCount);

        model.Layers[1].Trainable = true;
        Compile(model, backend);
        model.TrainOnBatch(X, Y);
        Assert.NotEqual(before, model.GetWeights("dense_1/kernel"));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Freezing_TheFirstLayers_TrainsTheRestAsIfTheyWereData(bool hasLayerWithoutParameters)
    {
        Layer[] layers = hasLayerWithoutParameters
            ? [new Dense(4, "tanh"), new ProbeLayer { IsIdentityInInference = true }, new Dense(2)]
            : [new Dense(4, "tanh"), new Dense(2)];
        layers[0].Trainable = false;
        using Sequential model = Model("managed", layers);
        using Sequential head = Model("managed", new Dense(2, inputShape: 4));
        head.SetWeights([model.GetWeights(layers[^1].Name + "/kernel"), model.GetWeights(layers[^1].Name + "/bias")]);
        using Sequential body = Model("managed", new Dense(4, "tanh"));
        body.SetWeights([model.GetWeights("dense/kernel"), model.GetWeights("dense/bias")]);

        model.Fit(X, Y, epochs: 3, shuffle: false);
        head.Fit(body.Predict(X), Y, epochs: 3, shuffle: false);

        Assert.Equal(head.GetWeights("dense/kernel"), model.GetWeights(layers[^1].Name + "/kernel"));
        Assert.Equal(body.GetWeights("dense/kernel"), model.GetWeights("dense/kernel"));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Training_WithNothingToTrain_MeasuresTheLoss(string backend)
    {
        using Sequential model = Model(backend, new ProbeLayer { IsIdentityInInference = true });

        double loss = model.TrainOnBatch(X, X);

        Assert.Equal(0, loss);
        Assert.Equal(X, model.Predict(X));
        Assert.Equal(0, model.Evaluate(X, X).Loss);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void DeepModel_HasRoomForAllItsOperations(string backend)
    {
        using var model = new Sequential(seed: 1, Enumerable.Range(0, 150).Select(i => new Rescaling(i % 2 == 0 ? 2 : 0.5)));
        model.Compile(new Sgd(), "mse", null, TestBackends.Open(backend));
        model.Build(3);
        using var trained = new Sequential(seed: 1, [new Dense(3), .. Enumerable.Range(0, 150).Select(_ => new Rescaling(1))]);
        trained.Compile(new Sgd { LearningRate = 0.1 }, "mse", null, TestBackends.Open(backend));

        Assert.Equal(X, model.Predict(X));
        trained.Fit(X, X, epochs: 300, batchSize: 5);
        Assert.True(trained.Evaluate(X, X).Loss < 1e-2);
    }

    private static Sequential Model(string backend, params Layer[] layers)
    {
        var model = new Sequential(seed: 11, layers);
        Compile(model, backend);
        if (layers[0].DeclaredInputColumns is null)
            model.Build(3);
        return model;
    }

    private static void Compile(Sequential model, string backend) =>
        model.Compile(new Adam { WeightDecay = 0.01 }, "mse", null, TestBackends.Open(backend));
}
