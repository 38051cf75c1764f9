using NativeOpt.Backends;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Slots of the matrix rules, who updates which parameter, and training with them.</summary>
public class MatrixStateTests
{
    private static readonly Dictionary<string, OptimizerRule> Rules = new()
    {
        ["muon"] = new Muon { LearningRate = 0.01 },
        ["muon/pytorch"] = new Muon { LearningRate = 0.01, Convention = Convention.PyTorch },
        ["muon/optax"] = new Muon { LearningRate = 0.01, BiasCorrection = true },
        ["adafactor"] = new Adafactor { LearningRate = 0.1 },
        ["adafactor/pytorch"] = new Adafactor { LearningRate = 0.1, Convention = Convention.PyTorch },
        ["adafactor/momentum"] = new Adafactor { LearningRate = 0.1, Momentum = 0.9 },
        ["sm3"] = new Sm3 { LearningRate = 0.1 },
    };

    public static TheoryData<string, string> BackendsAndRules
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Names)
                foreach (string rule in Rules.Keys)
                    data.Add(backend, rule);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndRules))]
    public void Fit_OnDigits_Learns(string backend, string rule)
    {
        using Sequential model = TestModels.Digits(TestBackends.Open(backend), Rules[rule]);
        model.Fit(DigitsData.Rows(0, 1400), epochs: 5, batchSize: 32);
        Assert.True(model.Evaluate(DigitsData.Rows(1400, 1797)).Accuracy > 0.85);
    }

    /// <summary>Each parameter is an operation of its own: many layers make a long plan.</summary>
    [Fact]
    public void Fit_OfAHundredLayers_UpdatesThemAll()
    {
        var model = new Sequential(3) { new Dense(3, "tanh", inputShape: 2) };
        for (int i = 1; i < 100; i++)
            model.Add(new Dense(3, "tanh"));
        model.Compile(new Adafactor { LearningRate = 0.1 }, "mse", [], TestBackends.Open("managed"));
        double[] before = TestModels.Parameters(model);
        model.Fit(TestModels.Waves(4, 2), TestModels.Waves(4, 3), epochs: 1);
        Assert.All(before.Zip(TestModels.Parameters(model)).Select(pair => pair.First != pair.Second), Assert.True);
        model.Dispose();
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndRules))]
    public void StepByHand_AfterTheFirst_AllocatesNothing(string backend, string rule)
    {
        using Sequential model = TestModels.Digits(TestBackends.Open(backend), Rules[rule]);
        model.Forward(DigitsData.Rows(0, 32).X);
        model.Backward(DigitsData.Rows(0, 32).Y);
        model.Optimizer!.Step(model);
        AllocationMarks.AssertZeros(10, () =>
        {
            var marks = new AllocationMarks(11);
            marks.Mark();
            for (int i = 0; i < 10; i++)
            {
                model.Optimizer.Step(model);
                marks.Mark();
            }
            return marks.Differences();
        });
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndRules))]
    public void State_CopiedToAnotherOptimizer_GoesOnTheSame(string backend, string rule)
    {
        using Optimizer first = Create(backend, rule), second = Create(backend, rule);
        (float[] kernel, float[] bias) = (Numbers(15, 1), Numbers(3, 2));
        for (int t = 1; t <= 4; t++)
            Step(first, kernel, bias, t);
        (float[] otherKernel, float[] otherBias) = ([.. kernel], [.. bias]);
        second.State.StepCount = first.State.StepCount;
        foreach (string parameter in first.State.ParameterNames)
            foreach (string slot in first.State.GetSlotNames(parameter))
                second.State.SetSlot(parameter, slot, first.State.GetSlot(parameter, slot));
        for (int t = 5; t <= 8; t++)
        {
            Step(first, kernel, bias, t);
            Step(second, otherKernel, otherBias, t);
        }
        Assert.Equal(kernel, otherKernel);
        Assert.Equal(bias, otherBias);
    }

    [Theory]
    [InlineData("adafactor/momentum", "r 5, c 3, m 15", "v 3, m 3")]
    [InlineData("adafactor", "r 5, c 3", "v 3")]
    [InlineData("sm3", "row 5, column 3, m 15", "n 3, m 3")]
    [InlineData("muon", "m 15", "m 3, v 3")]
    public void Slots_OfAMatrixRule_HaveTheLengthsOfTheShape(string rule, string ofKernel, string ofBias)
    {
        using Optimizer optimizer = Create("managed", rule);
        Assert.Equal(ofKernel, Slots(optimizer, "dense/kernel"));
        Assert.Equal(ofBias, Slots(optimizer, "dense/bias"));
    }

    [Fact]
    public void SetSlot_OfAnotherLength_NamesIt()
    {
        using Optimizer optimizer = Create("managed", "adafactor");
        Assert.Contains("slot 'r' of parameter 'dense/kernel' has 5",
            Assert.Throws<ArgumentException>(() => optimizer.State.SetSlot("dense/kernel", "r", new float[15])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("muon")]
    [InlineData("adafactor")]
    [InlineData("sm3")]
    public void Register_OfACube_IsRefusedOrLeftToAdamW(string rule)
    {
        using Optimizer optimizer = Create("managed", rule);
        if (rule == "muon")
            Assert.Equal("cube [2, 3, 4]", optimizer.Register("cube", 2, 3, 4).ToString());
        else
            Assert.Contains("takes vectors and matrices",
                Assert.Throws<ArgumentException>(() => optimizer.Register("cube", 2, 3, 4)).Message, StringComparison.Ordinal);
    }

    /// <summary>The last column: whether Muon itself updates a matrix of this name.</summary>
    [Theory]
    [InlineData("dense/kernel", "", true, true)]
    [InlineData("my_Embedding/table", "", true, false)]
    [InlineData("my_Embedding/table", "", false, true)]
    [InlineData("dense_2/kernel", "dense_[23]/", true, false)]
    [InlineData("dense_1/kernel", "dense_[23]/;out", true, true)]
    [InlineData("output/kernel", "dense_[23]/;out", true, false)]
    public void Muon_OfExcludedMatrices_LeavesThemToAdamW(string name, string excluded, bool embeddings, bool isMuon)
    {
        string expressions = excluded.Length == 0 ? "off" : excluded;
        OptimizerRule rule = OptimizerRule.Parse($"muon(exclude_layers={expressions}, exclude_embeddings={embeddings})");
        using var optimizer = new Optimizer(rule, BackendKind.Managed);
        optimizer.Register(name, 4, 5);
        Assert.Equal(isMuon ? ["m"] : ["m", "v"], optimizer.State.GetSlotNames(name));
    }

    /// <summary>A vector under Muon is updated as by the AdamW that the settings describe.</summary>
    [Theory]
    [InlineData(Convention.Keras, false, 0.5)]
    [InlineData(Convention.PyTorch, false, 1)]
    [InlineData(Convention.Keras, true, 0.5)]
    public void Muon_OfAVector_IsAdamW(Convention convention, bool optax, double ratio)
    {
        const double rate = 0.02, decay = 0.1;
        using var muon = new Optimizer(
            new Muon
            {
                LearningRate = rate,
                Convention = convention,
                BiasCorrection = optax,
                AdamBeta1 = 0.8,
                AdamBeta2 = 0.9,
                Epsilon = 1e-3,
                AdamWeightDecay = decay,
                AdamLearningRateRatio = ratio,
                AdamEpsilonRoot = optax ? 1e-4 : 0,
            }, BackendKind.Managed);
        // Keras decays at the learning rate itself.
        using var adam = new Optimizer(
            new AdamW
            {
                LearningRate = rate * ratio,
                Convention = optax ? Convention.PyTorch : convention,
                Beta1 = 0.8,
                Beta2 = 0.9,
                Epsilon = 1e-3,
                EpsilonRoot = optax ? 1e-4 : 0,
                Nesterov = optax,
                WeightDecay = optax ? decay : decay / ratio,
            }, BackendKind.Managed);
        (float[] actual, float[] expected) = (Numbers(7, 1), Numbers(7, 1));
        for (int t = 1; t <= 10; t++)
        {
            muon.Step(actual, Numbers(7, t + 1));
            adam.Step(expected, Numbers(7, t + 1));
        }
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6f);
    }

    [Fact]
    public void Schedule_OfASettingForAdamW_IsFollowed()
    {
        using var optimizer = new Optimizer(new Muon { LearningRate = 0.1, AdamWeightDecay = 0.5 }, BackendKind.Managed);
        optimizer.Schedules["adam_weight_decay"] = new LambdaSchedule(step => step == 0 ? 0 : 1);
        float[] w = [2];
        optimizer.Step(w, [0]);
        Assert.Equal(2f, w[0]);
        optimizer.Step(w, [0]);
        Assert.Equal(1.8f, w[0], 1e-6f);
    }

    private static Optimizer Create(string backend, string rule)
    {
        var optimizer = new Optimizer(Rules[rule], TestBackends.Open(backend));
        optimizer.Register("dense/kernel", 5, 3);
        optimizer.Register("dense/bias", 3);
        return optimizer;
    }

    private static void Step(Optimizer optimizer, float[] kernel, float[] bias, int t)
    {
        using OptimizerStep step = optimizer.BeginStep();
        step.Update("dense/kernel", kernel, Numbers(15, t));
        step.Update("dense/bias", bias, Numbers(3, t));
    }

    private static float[] Numbers(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(1.7 * i + 0.9 * seed))];

    private static string Slots(Optimizer optimizer, string parameter) => string.Join(", ",
        optimizer.State.GetSlotNames(parameter).Select(slot => $"{slot} {optimizer.State.GetSlot(parameter, slot).Length}"));
}
