using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Sam where its inner rule is set to do something with gradients.</summary>
public class SamGradientSettingsTests
{
    private static readonly Sgd Rule = new() { LearningRate = 0.125 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Accumulation_LetsEachBatchClimbOnItsOwn(bool sums)
    {
        using Sequential model = Create(Rule with { GradientAccumulationSteps = 2, SumAccumulatedGradients = sums });
        SamReference reference = ReferenceOf(model);
        for (int step = 0; step < 6; step += 2)
        {
            (double firstLoss, double[][] first) = reference.SecondGradients(X(step), Y(step));
            (double secondLoss, double[][] second) = reference.SecondGradients(X(step + 1), Y(step + 1));
            Assert.Equal(firstLoss, model.TrainOnBatch(X(step), Y(step)), 1e-11);
            Assert.Equal(secondLoss, model.TrainOnBatch(X(step + 1), Y(step + 1)), 1e-11);
            double[][] sum = [.. first.Zip(second, (a, b) => a.Zip(b, (u, v) => sums ? u + v : (u + v) / 2).ToArray())];
            // A sum of two gradients has the penalty once: half of each.
            if (sums)
                sum[0] = [.. sum[0].Zip(PenaltyOf(reference, X(step), Y(step)), PenaltyOf(reference, X(step + 1), Y(step + 1)))
                    .Select(t => t.First - (t.Second + t.Third) / 2)];
            reference.Update(sum);
            AssertNear(reference, model);
        }
        Assert.Equal(3, model.Optimizer!.StepCount);
    }

    [Fact]
    public void LossScale_LeavesPenaltiesAsTheyAre()
    {
        // The gradient of the loss is divided, and the penalty added to that: as if the loss were a quarter of itself.
        using Sequential model = Create(Rule with { LossScaleFactor = 4 });
        SamReference reference = ReferenceOf(model, dataScale: 0.25);
        for (int step = 0; step < 4; step++)
        {
            reference.Step(X(step), Y(step));
            model.TrainOnBatch(X(step), Y(step));
            AssertNear(reference, model);
        }
    }

    [Fact]
    public void LossScale_OnASchedule_IsInForceInBothPasses()
    {
        using Sequential fitted = Create(Rule with { LossScaleFactor = 4 }), stepped = Create(Rule with { LossScaleFactor = 4 });
        foreach (Sequential model in new[] { fitted, stepped })
            model.Optimizer!.Schedules["loss_scale_factor"] = new LambdaSchedule(t => 4 / (1.0 + t));
        for (int step = 0; step < 3; step++)
        {
            fitted.TrainOnBatch(X(step), Y(step));
            stepped.ZeroGradients();
            stepped.Forward(X(step));
            stepped.Backward(Y(step));
            stepped.Optimizer!.Climb(stepped);
            stepped.Forward(X(step));
            stepped.Backward(Y(step));
            stepped.Optimizer.Step(stepped);
        }
        Assert.Equal(TestModels.Parameters(fitted), TestModels.Parameters(stepped));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void GradientsThatAreNotFinite_AreTreatedAsTheInnerRuleSays(string backend)
    {
        float[,] inputs = { { 1, 0.5f, -0.5f } }, targets = { { 3e38f, 0 } };
        foreach (NonFiniteGradients treatment in new[] { NonFiniteGradients.Skip, NonFiniteGradients.Error, NonFiniteGradients.Zero })
        {
            using Sequential model = Create(Rule with { NonFinite = treatment }, backend);
            double[] before = TestModels.Parameters(model);
            if (treatment == NonFiniteGradients.Error)
                Assert.Throws<NotFiniteNumberException>(() => model.TrainOnBatch(inputs, targets, [100f]));
            else
                model.TrainOnBatch(inputs, targets, [100f]);
            if (treatment != NonFiniteGradients.Zero)
                Assert.Equal(before, TestModels.Parameters(model));
            Assert.All(TestModels.Parameters(model), value => Assert.True(double.IsFinite(value)));
            Assert.Equal(treatment == NonFiniteGradients.Skip ? 1 : 0, model.Optimizer!.SkippedSteps);
            model.TrainOnBatch(X(0), Y(0));
            Assert.NotEqual(before, TestModels.Parameters(model));
        }
    }

    [Fact]
    public void Average_IsThatOfTheWeightsAfterSteps()
    {
        using Sequential model = Create(Rule with { UseEma = true, EmaMomentum = 0.5 });
        double[] average = [];
        for (int step = 0; step < 3; step++)
        {
            model.TrainOnBatch(X(step), Y(step));
            double[] w = TestModels.Parameter(model, "dense/kernel");
            average = step == 0 ? w : [.. average.Zip(w, (a, v) => 0.5 * a + 0.5 * v)];
        }
        Assert.Equal(average.Select(v => (float)v), model.Optimizer!.GetAverageWeights("dense/kernel"));
        model.Optimizer.SwapAverageWeights();
        model.Forward(X(0));
        model.Backward(Y(0));
        Assert.Contains("The averages are in the model",
            Assert.Throws<InvalidOperationException>(() => model.Optimizer.Climb(model)).Message, StringComparison.Ordinal);
    }

    /// <summary>In double where no backend is named, with penalties.</summary>
    private static Sequential Create(OptimizerRule inner, string? backend = null)
    {
        Sequential model = backend is null ? new Sequential(NoptDtype.F64, seed: 3) : new Sequential(seed: 3);
        model.Add(new Dense(SamReference.Hidden, "tanh", inputShape: SamReference.Inputs, kernelRegularizer: new L1L2(0.03125, 0.125)));
        model.Add(new Dense(SamReference.Outputs));
        model.Compile(new Sam(inner, rho: 0.5), "mse", null, TestBackends.Open(backend ?? "managed"));
        return model;
    }

    private static SamReference ReferenceOf(Sequential model, double dataScale = 1) => new(
        [.. SamReference.Names.Select(name => TestModels.Parameter(model, name))],
        (_, w, g, _) => [.. w.Select((v, i) => v - 0.125 * g[i])])
    {
        Rho = 0.5,
        L1 = 0.03125,
        L2 = 0.125,
        DataScale = dataScale,
    };

    /// <summary>The penalty's part of the second gradient of a batch.</summary>
    private static double[] PenaltyOf(SamReference reference, float[,] x, float[,] y) =>
        [.. reference.Climb(reference.Gradients(reference.Weights, x, y).Gradients)[0].Select(w => 0.03125 * Math.Sign(w) + 0.25 * w)];

    private static void AssertNear(SamReference reference, Sequential model)
    {
        foreach ((string name, double[] expected) in SamReference.Names.Zip(reference.Weights))
            Assert.All(expected.Zip(TestModels.Parameter(model, name)), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }

    private static float[,] X(int step) => TestModels.Waves(7, SamReference.Inputs, phase: step);

    private static float[,] Y(int step) => TestModels.Waves(7, SamReference.Outputs, phase: step + 0.5);
}
