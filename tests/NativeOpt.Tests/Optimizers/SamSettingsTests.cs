using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Sam as a description: what is refused, how it is written down, and how a run goes on.</summary>
public class SamSettingsTests
{
    private static readonly float[,] X = TestModels.Waves(6, 3);
    private static readonly float[,] Y = TestModels.Waves(6, 2, phase: 1);

    public static TheoryData<double> BadRhos => [0, -0.05, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e39];

    [Theory]
    [MemberData(nameof(BadRhos))]
    public void Rho_ThatIsNotPositive_IsRefused(double rho)
    {
        AssertRefused("Rho is ", () => _ = new Sam(new Sgd(), rho));
        AssertRefused("; it must be finite and greater than 0", () => _ = new Sam(new Sgd()) with { Rho = rho });
    }

    [Fact]
    public void Settings_ThatContradictEachOther_AreRefusedWithTheReason()
    {
        AssertRefused("The inner rule of a Sam is a Sam; one of them is enough", () => _ = new Sam(new Sam(new Adam())));
        AssertRefused("The inner rule of a Sam is a Sam", () => OptimizerRule.Parse("sam(inner=sam())"));
        AssertRefused("inner", () => _ = new Sam(null!));
        AssertRefused("learning_rate of a Sam differs from that of its inner rule; set it on the inner rule",
            () => _ = new Optimizer(new Sam(new Adam()) { LearningRate = 0.5 }));
        AssertRefused("clip_norm of a Sam differs", () => _ = new Optimizer(new Sam(new Adam()) with { ClipNorm = 1 }));
        AssertRefused("The rule for '*' is a Sam", () => _ = new Optimizer(new MultiOptimizer(("*", new Sam(new Sgd())))));
        AssertRefused("put the MultiOptimizer into the Sam", () => _ = new Optimizer(new MultiOptimizer(("*", new Sam(new Sgd())))));
        AssertRefused("EmaOverwriteFrequency is 2 and UseEma is false",
            () => _ = new Optimizer(new Sam(new Sgd { EmaOverwriteFrequency = 2 })));
        AssertRefused("unknown setting of sam 'lr'", () => OptimizerRule.Parse("sam(lr=0.1)"));
        AssertRefused("unknown optimizer 'adm'", () => OptimizerRule.Parse("sam(inner=adm)"));
    }

    [Fact]
    public void ArraysOfTheCaller_AreRefusedWithTheReason()
    {
        using var optimizer = new Optimizer(new Sam(new Adam()), BackendKind.Managed);
        float[] weights = [1, 2];
        foreach (Action action in new Action[]
        {
            () => optimizer.Step(weights, [1f, 1f]), () => optimizer.Register("w", 2), () => optimizer.BeginStep(),
        })
            AssertRefused("give those the inner rule, adam", action);
        Assert.Equal([1f, 2f], weights);
    }

    [Fact]
    public void Climb_OutOfItsPlace_IsRefusedAndChangesNothing()
    {
        using Sequential model = Compiled(new Sam(new Sgd(), rho: 0.5)), other = Compiled(new Sgd());
        Optimizer optimizer = model.Optimizer!;
        double[] before = TestModels.Parameters(model);
        AssertRefused("sgd takes one gradient a step; Climb is for Sam", () => other.Optimizer!.Climb(other));
        AssertRefused("there are no gradients", () => optimizer.Climb(model));
        Backward(model);
        AssertRefused("between Backward and Step come Climb and once more Forward and Backward", () => optimizer.Step(model));
        Assert.Equal(before, TestModels.Parameters(model));
        optimizer.Climb(model);
        double[] above = TestModels.Parameters(model);
        Assert.NotEqual(before, above);
        AssertRefused("there are no gradients", () => optimizer.Step(model));
        Backward(model);
        AssertRefused("Climb has moved the weights already", () => optimizer.Climb(model));
        AssertRefused("Climb has moved the weights already", () => model.TrainOnBatch(X, Y));
        Assert.Equal(above, TestModels.Parameters(model));
        Backward(model);
        optimizer.Step(model);
        Assert.Equal(1, optimizer.StepCount);
        model.TrainOnBatch(X, Y);
        AssertRefused("there are no gradients", () => optimizer.Climb(model));
    }

    [Fact]
    public void Dispose_AfterAClimb_BringsTheWeightsBack()
    {
        using Sequential model = Compiled(new Sgd());
        double[] before = TestModels.Parameters(model);
        using (var optimizer = new Optimizer(new Sam(new Sgd(), rho: 0.5)))
        {
            Backward(model);
            optimizer.Climb(model);
        }
        Assert.Equal(before, TestModels.Parameters(model));
        var late = new Optimizer(new Sam(new Sgd(), rho: 0.5));
        Backward(model);
        late.Climb(model);
        model.Dispose();
        late.Dispose();
    }

    [Fact]
    public void Checkpoints_AreNotOfTheWeightsThatAClimbLeadsTo()
    {
        using Sequential model = Compiled(new Sam(new Sgd(), rho: 0.5));
        using var folder = new TemporaryFolder();
        double[] before = TestModels.Parameters(model);
        model.Save(folder["a"]);
        Backward(model);
        model.Optimizer!.Climb(model);
        AssertRefused("Climb has moved the weights", () => model.Save(folder["b"]));
        AssertRefused("Climb has moved the weights", () => model.SaveTraining(folder["b"]));
        model.Restore(folder["a"]);
        Assert.Equal(before, TestModels.Parameters(model));
        model.TrainOnBatch(X, Y);
        Assert.NotEqual(before, TestModels.Parameters(model));
    }

    [Fact]
    public void LearningRateAndSchedules_AreThoseOfTheInnerRule()
    {
        using Sequential model = Compiled(new Sam(new Sgd { LearningRate = 0.5, Momentum = 0.5 }));
        Optimizer optimizer = model.Optimizer!;
        Assert.Equal(0.5, optimizer.LearningRate);
        optimizer.LearningRate = 0.25;
        optimizer.Schedules["momentum"] = new LambdaSchedule(_ => 0.75);
        optimizer.Schedules["rho"] = new ExponentialDecay(0.5, 3, 0.5);
        using Sequential plain = Compiled(new Sam(new Sgd { LearningRate = 0.25, Momentum = 0.75 }));
        plain.Optimizer!.Schedules["rho"] = new ExponentialDecay(0.5, 3, 0.5);
        foreach (Sequential each in new[] { model, plain })
            each.Fit(X, Y, epochs: 3);
        Assert.Equal(TestModels.Parameters(plain), TestModels.Parameters(model));
        optimizer.Schedules["rho"] = null;
        Assert.Null(optimizer.Schedules["rho"]);
        AssertRefused("unknown setting of sgd 'roh'", () => optimizer.Schedules["roh"] = null);
        AssertRefused("Rho is 0; it must be finite and greater than 0", () => optimizer.Schedules["rho"] = new LambdaSchedule(_ => 0));
        double[] before = TestModels.Parameters(model);
        optimizer.Schedules["rho"] = new LambdaSchedule(t => t < 4 ? 0.1 : -1);
        model.TrainOnBatch(X, Y);
        before = TestModels.Parameters(model);
        AssertRefused("Rho is -1", () => model.TrainOnBatch(X, Y));
        Assert.Equal(before, TestModels.Parameters(model));
        Assert.Equal(4, optimizer.StepCount);
    }

    public static TheoryData<string> Written =>
    [
        "sam(inner=adam(learning_rate=0.002, beta_1=0.8), rho=0.1, adaptive=true)", "sam", "multi",
    ];

    [Theory]
    [MemberData(nameof(Written))]
    public void Json_BringsItBack(string text)
    {
        OptimizerRule several = new MultiOptimizer(("*/bias", new Sgd()), ("*", new Adam { LearningRate = 0.1 })) { ClipValue = 0.5 };
        OptimizerRule rule = text == "multi" ? new Sam(several, rho: 0.125) : OptimizerRule.Parse(text);
        using Sequential model = Compiled(rule);
        model.Optimizer!.LearningRate = 0.5;
        model.Optimizer.Schedules["rho"] = new ExponentialDecay(0.5, 3, 0.5);
        using Sequential copy = Sequential.FromJson(model.ToJson(), BackendKind.Managed);

        Assert.Equal(model.ToJson(), copy.ToJson());
        Assert.Equal(rule.WithLearningRate(0.5), copy.Optimizer!.Rule);
        Assert.Equal(((Sam)rule).Rho, ((Sam)copy.Optimizer.Rule).Rho);
        foreach (Sequential each in new[] { model, copy })
            each.Fit(X, Y, epochs: 4, batchSize: 2, seed: 3);
        Assert.Equal(TestModels.Parameters(model), TestModels.Parameters(copy));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Run_WhoseWeightsAndStateAreCarriedOver_GoesOnWithTheSameBits(string backend)
    {
        var rule = new Sam(new Adam { LearningRate = 0.01, GradientAccumulationSteps = 2 }, rho: 0.25);
        using Sequential first = Compiled(rule, backend), second = Compiled(rule, backend);
        foreach (Sequential each in new[] { first, second })
            each.Optimizer!.Schedules["rho"] = new ExponentialDecay(0.5, 3, 0.5);
        for (int step = 0; step < 5; step++)
            first.TrainOnBatch(X, Y);
        OptimizerState from = first.Optimizer!.State, to = second.Optimizer!.State;
        foreach (string name in from.ParameterNames)
        {
            TestModels.SetParameter(second, name, TestModels.Parameter(first, name));
            foreach (string slot in from.GetSlotNames(name))
                to.SetSlot(name, slot, from.GetSlot(name, slot));
        }
        (to.StepCount, to.PendingGradients, to.MicroStepCount) = (from.StepCount, from.PendingGradients, from.MicroStepCount);
        foreach (Sequential each in new[] { first, second })
            for (int step = 0; step < 3; step++)
                each.TrainOnBatch(X, Y);
        Assert.Equal(TestModels.Parameters(first), TestModels.Parameters(second));
        Assert.Equal(4, to.StepCount);
    }

    private static Sequential Compiled(OptimizerRule rule, string backend = "managed")
    {
        var model = new Sequential(seed: 5) { new Dense(4, "tanh", inputShape: 3), new Dense(2) };
        model.Compile(rule, "mse", null, TestBackends.Open(backend));
        model.Build(3);
        return model;
    }

    private static void Backward(Sequential model)
    {
        model.ZeroGradients();
        model.Forward(X);
        model.Backward(Y);
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);
}
