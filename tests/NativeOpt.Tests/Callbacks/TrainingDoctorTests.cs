using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

/// <summary>Each illness is provoked and found; what the doctor says about it.</summary>
public sealed class TrainingDoctorTests
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 512);

    [Fact]
    public void ADeepSigmoidNet_HasVanishingGradients()
    {
        using Sequential model = Deep(8, () => new Dense(16, "sigmoid"), new Sgd());

        TrainingFinding finding = Find(model, TrainingIllness.VanishingGradients);

        Assert.Equal("dense_4", finding.Layer);
        Assert.InRange(finding.Value, 1e-9, finding.Limit);
        const string words = "vanishing gradients: layer 'dense_4', step 3 (epoch 0): gradient of its outputs";
        Assert.StartsWith(words, finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ANetWithLargeWeights_HasExplodingGradients()
    {
        using Sequential model = Deep(
            6, () => new Dense(64, "relu", kernelInitializer: new RandomNormal(standardDeviation: 1)), new Sgd { LearningRate = 1e-12 });

        TrainingFinding finding = Find(model, TrainingIllness.ExplodingGradients);

        Assert.NotNull(finding.Layer);
        Assert.True(finding.Value > finding.Limit);
    }

    [Fact]
    public void AStepAboveTheStableSize_Diverges()
    {
        using var model = new Sequential(seed: 3) { new Dense(1, inputShape: 4) };
        // The loss is a quadratic with the largest curvature 2 (row norm of 4 ones, twice the square): stable below 2 / curvature.
        model.Compile(new Sgd { LearningRate = 0.27 }, "mse", backend: BackendKind.Managed);
        var x = new float[64, 4];
        System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref x[0, 0], x.Length).Fill(1);
        float[] y = [.. Enumerable.Range(0, 64).Select(row => 5 + row % 2 * 0.1f)];
        var doctor = new TrainingDoctor();

        model.Fit(x, y, epochs: 60, batchSize: 16, callbacks: [doctor]);

        Assert.Contains(doctor.Findings, finding => finding.Illness == TrainingIllness.Diverging && finding.Value > 3 * 20);
    }

    [Theory]
    [InlineData("tanh", "sgd(lr=300)")]
    [InlineData("relu", "adam(lr=10)")]
    public void AClassifierWithAHugeRate_Diverges(string activation, string optimizer)
    {
        using Sequential model = Deep(2, () => new Dense(32, activation), OptimizerRule.Parse(optimizer));
        Assert.Null(Find(model, TrainingIllness.Diverging).Layer);
    }

    [Fact]
    public void ALossThatOverflowsInAFewSteps_DivergesAndIsNotFinite()
    {
        using var model = new Sequential(seed: 3) { new Dense(1, inputShape: 64) };
        model.Compile(new Sgd { LearningRate = 50 }, "mse", backend: BackendKind.Managed);
        var doctor = new TrainingDoctor();

        model.Fit(Data.X, Enumerable.Repeat(1f, Data.Count).ToArray(), callbacks: [doctor]);

        Assert.Contains(doctor.Findings, finding => finding.Illness == TrainingIllness.Diverging);
        Assert.Equal(TrainingIllness.NonFinite, doctor.Findings[^1].Illness);
    }

    [Fact]
    public void ATinyRate_IsAPlateauWithTinyUpdates()
    {
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 1e-9 });

        TrainingFinding finding = Find(model, TrainingIllness.Plateau, epochs: 8);

        Assert.Equal((null, 5, 0.001), (finding.Layer, finding.Epoch, finding.Limit));
        Assert.Contains("raise the learning rate", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void LargeNegativeBiases_AreDeadUnits()
    {
        using var model = new Sequential(seed: 5)
        {
            new Dense(32, "relu", inputShape: 64), new Dense(24, "relu", biasInitializer: new Constant(-50)), new Dense(10, "softmax"),
        };
        model.Compile("adam", TestModels.SparseLoss, backend: BackendKind.Managed);

        TrainingFinding finding = Find(model, TrainingIllness.DeadUnits);

        Assert.Equal(("dense_1", 1.0, 8L), (finding.Layer, finding.Value, finding.Step));
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("hard_tanh")]
    public void LargeWeights_SaturateFlatActivations(string activation)
    {
        using Sequential model = Deep(
            2, () => new Dense(32, activation, kernelInitializer: new RandomNormal(standardDeviation: 30)), new Adam());

        Assert.Equal("dense", Find(model, TrainingIllness.Saturated).Layer);
    }

    [Fact]
    public void ANaNInTheData_IsAnInputOfItsStep()
    {
        using Sequential model = TestModels.Digits();
        float[,] x = TestModels.Waves(64, 64);
        x[41, 7] = float.NaN;
        var doctor = new TrainingDoctor();

        model.Fit(x, new int[64], epochs: 2, batchSize: 8, shuffle: false, callbacks: [doctor]);

        TrainingFinding finding = Assert.Single(doctor.Findings);
        Assert.Equal((TrainingIllness.NonFinite, null, 6L, 0), (finding.Illness, finding.Layer, finding.Step, finding.Epoch));
        Assert.Contains("an input of the batch", finding.Measure, StringComparison.Ordinal);
        Assert.StartsWith("non-finite: step 6 (epoch 0): an input of the batch is not finite. Look", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dense/bias", "dense")]
    [InlineData("dense_1/kernel", "dense_1")]
    public void AWeightThatBecomesInfinite_IsNamedByItsLayerAndStep(string parameter, string layer)
    {
        using Sequential model = TestModels.Digits();
        long step = 0;
        var spoiler = new ActionCallback
        {
            BatchBegin = (m, _) =>
            {
                if (++step != 12)
                    return;
                float[,] weights = m.GetWeights(parameter);
                weights[0, 3] = float.PositiveInfinity;
                m.SetWeights(parameter, weights);
            },
        };
        var doctor = new TrainingDoctor();

        model.Fit(Data, epochs: 2, callbacks: [spoiler, doctor]);

        Assert.Equal((TrainingIllness.NonFinite, layer, 12L), Of(Assert.Single(doctor.Findings)));
    }

    [Fact]
    public void AGradientThatOverflows_IsNamedByItsLayer()
    {
        using var model = new Sequential(seed: 1) { new Dense(2, inputShape: 1, name: "a"), new Dense(1, name: "b") };
        model.Compile(new Sgd { LearningRate = 1e-30 }, "mse", backend: BackendKind.Managed);
        model.SetWeights("a/kernel", new[,] { { 1e20f, 1e20f } });
        model.SetWeights("b/kernel", new[,] { { 1e-20f }, { 1e-20f } });
        var doctor = new TrainingDoctor();

        // The error of 1e19 is squared to 1e38 in the loss, still a number; times what 'a' gives, 1e20, it is none in the gradient of 'b'.
        model.Fit(new float[,] { { 1 } }, new[] { 1e19f }, callbacks: [doctor]);

        TrainingFinding finding = Assert.Single(doctor.Findings);
        Assert.Equal((TrainingIllness.NonFinite, "b"), (finding.Illness, finding.Layer));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Looking_ChangesNoBitOfTheTraining(string backend)
    {
        using Sequential plain = Normalized(TestBackends.Open(backend)), seen = Normalized(TestBackends.Open(backend));
        var doctor = new TrainingDoctor { Every = 1 };

        History expected = plain.Fit(Data, epochs: 2, validationSplit: 0.25);
        History actual = seen.Fit(Data, epochs: 2, validationSplit: 0.25, callbacks: [doctor]);

        Assert.Equal(TestModels.Parameters(plain), TestModels.Parameters(seen));
        Assert.Equal(expected["val_loss"], actual["val_loss"]);
        Assert.Equal(24, doctor.Steps);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Vitals_AreThoseOfTheStep(string backend)
    {
        using Sequential model = TestModels.Digits(TestBackends.Open(backend), new Sgd { LearningRate = 0.5 });
        double[] before = TestModels.Parameter(model, "dense/kernel");
        var doctor = new TrainingDoctor { Every = 1 };

        model.Fit(DigitsData.Rows(0, 32), batchSize: 32, callbacks: [doctor]);

        double[] after = TestModels.Parameter(model, "dense/kernel"), gradient = TestModels.Gradient(model, "dense/kernel");
        double[] biasGradient = TestModels.Gradient(model, "dense/bias"), bias = TestModels.Parameter(model, "dense/bias");
        LayerVitals vitals = doctor.Layers[0];
        Assert.Equal(Norm([.. gradient, .. biasGradient]), vitals.GradientNorm, 1e-5);
        Assert.Equal(Norm([.. after, .. bias]), vitals.WeightNorm, 1e-4);
        double update = Norm([.. after.Zip(before, (w, old) => w - old), .. bias]);
        Assert.Equal(update / vitals.WeightNorm, vitals.UpdateRatio, 1e-5);
        Assert.NotNull(vitals.DeadShare);
        Assert.Null(vitals.SaturatedShare);
        Assert.StartsWith("dense: gradient 0.", vitals.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, doctor.Layers.Count);
    }

    [Fact]
    public void AModelInDouble_IsLookedAtToo()
    {
        using var model = new Sequential(NoptDtype.F64, seed: 5)
        {
            new Dense(24, "relu", inputShape: 64, biasInitializer: new Constant(-50)), new Dense(10, "softmax"),
        };
        model.Compile("adam", TestModels.SparseLoss, backend: BackendKind.Managed);
        Assert.Equal("dense", Find(model, TrainingIllness.DeadUnits).Layer);
    }

    [Fact]
    public void CallbacksThatUseTheModelBefore_DoNotMisleadIt()
    {
        using Sequential model = TestModels.Digits();
        var user = new ActionCallback { BatchEnd = (m, _, _) => m.Evaluate(DigitsData.Rows(0, 100), batchSize: 100) };
        var doctor = new TrainingDoctor { Every = 1 };

        model.Fit(Data, epochs: 2, callbacks: [user, doctor]);

        Assert.Empty(doctor.Findings);
        Assert.Null(doctor.Layers[0].DeadShare);
        Assert.True(doctor.Layers[0].GradientNorm > 0);
    }

    [Fact]
    public void Findings_AreToldWhenTheyAreMade_AndBeginAnewWithEachFit()
    {
        var told = new List<TrainingFinding>();
        var doctor = new TrainingDoctor { OnFinding = told.Add };
        using Sequential model = Deep(8, () => new Dense(16, "sigmoid"), new Sgd()), healthy = TestModels.Digits();

        model.Fit(Data, callbacks: [doctor]);
        Assert.Equal(doctor.Findings, told);
        Assert.Equal(string.Join('\n', told), doctor.ToString());
        healthy.Fit(Data, epochs: 2, callbacks: [doctor]);

        Assert.Empty(doctor.Findings);
        Assert.Equal("healthy: nothing found in 32 steps", doctor.ToString());
    }

    [Fact]
    public void Settings_OutsideTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingDoctor { Every = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingDoctor { VanishingLimit = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingDoctor { ExplodingLimit = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingDoctor { DivergingLimit = 0.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingDoctor { PlateauEpochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingDoctor { PlateauLimit = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingDoctor { DeadLimit = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingDoctor { SaturatedLimit = -0.1 });
    }

    private static (TrainingIllness, string?, long) Of(TrainingFinding finding) => (finding.Illness, finding.Layer, finding.Step);

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private static TrainingFinding Find(Model model, TrainingIllness illness, int epochs = 6)
    {
        var doctor = new TrainingDoctor();
        model.Fit(Data, epochs: epochs, callbacks: [doctor]);
        Assert.True(doctor.Findings.Any(finding => finding.Illness == illness), $"{doctor}\n{string.Join('\n', doctor.Layers)}");
        return doctor.Findings.First(finding => finding.Illness == illness);
    }

    private static Sequential Deep(int hidden, Func<Dense> layer, OptimizerRule rule)
    {
        var model = new Sequential(seed: 11);
        for (int i = 0; i < hidden; i++)
            model.Add(layer());
        model.Add(new Dense(10, "softmax"));
        model.Compile(rule, TestModels.SparseLoss, backend: BackendKind.Managed);
        return model;
    }

    private static Sequential Normalized(NativeOpt.Backends.IBackend backend)
    {
        var model = new Sequential(seed: 8)
        {
            new Dense(24, inputShape: 64), new BatchNormalization(), new ActivationLayer("relu"), new Dropout(0.2),
            new Dense(16, "tanh"), new Dense(10, "softmax"),
        };
        model.Compile(new Adam { LearningRate = 0.01 }, TestModels.SparseLoss, ["accuracy"], backend);
        return model;
    }
}
