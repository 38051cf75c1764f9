using NativeOpt.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

public class OptimizerScheduleTests
{
    private static readonly Schedule Falling = new PiecewiseConstantDecay([0, 1], [0.5, 0.25, 0.125]);

    private static Optimizer Create(OptimizerRule rule) => new(rule, BackendKind.Managed);

    /// <summary>The values before the first step and after each of <paramref name="steps"/> steps on a gradient of 1.</summary>
    private static float[] Run(Optimizer optimizer, int steps, float start = 0)
    {
        float[] weights = [start];
        var seen = new List<float> { start };
        for (int i = 0; i < steps; i++)
        {
            optimizer.Step(weights, [1f]);
            seen.Add(weights[0]);
        }
        return [.. seen];
    }

    [Fact]
    public void LearningRate_OnASchedule_UsesTheValueOfTheCompletedSteps()
    {
        using Optimizer optimizer = Create(new Sgd { LearningRate = Falling });
        Assert.Equal(0.5, optimizer.LearningRate);
        Assert.Equal([0, -0.5f, -0.75f, -0.875f, -1], Run(optimizer, 4));
        Assert.Equal(0.125, optimizer.LearningRate);
    }

    [Fact]
    public void LearningRate_OnASchedule_GoesOnWhereAResumedRunStands()
    {
        using Optimizer optimizer = Create(new Sgd { LearningRate = Falling });
        optimizer.State.StepCount = 1;
        Assert.Equal([0, -0.25f, -0.375f], Run(optimizer, 2));
    }

    [Fact]
    public void LearningRate_Set_ReplacesTheSchedule()
    {
        using Optimizer optimizer = Create(new Sgd { LearningRate = Falling });
        optimizer.LearningRateScale = 0.5;
        Assert.Equal([0, -0.25f], Run(optimizer, 1));
        optimizer.LearningRate = 1;
        Assert.Null(optimizer.Schedules["lr"]);
        Assert.Equal([0, -1f, -2f], Run(optimizer, 2));
        optimizer.Schedules["LearningRate"] = new ConstantSchedule(2);
        Assert.Equal((2, new ConstantSchedule(2)), (optimizer.LearningRate, optimizer.Schedules["learning_rate"]));
        optimizer.Schedules["LearningRate"] = null;
        Assert.Equal(Falling, optimizer.Schedules["lr"]);
    }

    [Fact]
    public void LearningRateScale_MultipliesTheSchedule()
    {
        using Optimizer optimizer = Create(new Sgd { LearningRate = Falling });
        optimizer.LearningRateScale = 0.5;
        Assert.Equal(0.25, optimizer.LearningRate);
        Assert.Equal([0, -0.25f, -0.375f, -0.4375f], Run(optimizer, 3));
    }

    [Fact]
    public void LearningRate_OutsideItsRangeAtAStep_FailsThatStepAndChangesNothing()
    {
        using Optimizer optimizer = Create(new Sgd { LearningRate = new LambdaSchedule(t => t < 2 ? 1 : double.NaN), Momentum = 0.5 });
        float[] weights = [0];
        optimizer.Step(weights, [1f]);
        optimizer.Step(weights, [1f]);
        float before = weights[0];
        float[] slot = optimizer.State.GetSlot("weights", "v");

        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step(weights, [1f]));

        Assert.StartsWith("LearningRate is NaN; it must be finite and not negative", exception.Message, StringComparison.Ordinal);
        Assert.Equal((before, 2L), (weights[0], optimizer.StepCount));
        Assert.Equal(slot, optimizer.State.GetSlot("weights", "v"));
        optimizer.LearningRate = 1;
        optimizer.Step(weights, [1f]);
    }

    [Fact]
    public void Rule_WithASchedule_ComparesPrintsAndShowsIt()
    {
        var rule = new Adam { LearningRate = new CosineDecay(1e-3, 100) };
        Assert.Equal(rule, new Adam { LearningRate = new CosineDecay(1e-3, 100) });
        Assert.NotEqual(rule, new Adam { LearningRate = new CosineDecay(1e-3, 200) });
        Assert.NotEqual(rule, new Adam { LearningRate = 1e-3 });
        Assert.Equal("adam(learning_rate=cosine_decay(initial_learning_rate=0.001, decay_steps=100))", rule.ToString());
        Assert.Equal(rule.LearningRate.Schedule!.ToString(), rule.GetSettings()["learning_rate"]);
        Assert.Equal(1e-3, rule.LearningRate.InitialValue);
        Assert.Equal("0.002", new Adam { LearningRate = 2e-3 }.LearningRate.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { LearningRate = new LambdaSchedule(_ => -1) });
        Assert.Throws<ArgumentNullException>(() => new Adam { LearningRate = (Schedule)null! });
    }

    [Theory]
    [InlineData(Convention.Keras)]
    [InlineData(Convention.PyTorch)]
    public void WeightDecay_OnASchedule_IsThatOfEachStep(Convention convention)
    {
        using Optimizer optimizer = Create(new Sgd { LearningRate = 0.5, Convention = convention });
        optimizer.Schedules["WeightDecay"] = Falling;
        float[] weights = [1];
        var seen = new List<float>();
        for (int i = 0; i < 3; i++)
        {
            optimizer.Step(weights, [0f]);
            seen.Add(weights[0]);
        }
        Assert.Equal([0.75f, 0.75f * 0.875f, 0.75f * 0.875f * 0.9375f], seen);

        optimizer.Schedules["weight_decay"] = null;
        optimizer.Step(weights, [0f]);
        Assert.Equal(seen[^1], weights[0]);
    }

    [Fact]
    public void ClipValue_OnASchedule_LimitsEachStep()
    {
        using Optimizer optimizer = Create(new Sgd { LearningRate = 1 });
        optimizer.Schedules["clip_value"] = Falling;
        Assert.Equal([0, -0.5f, -0.75f, -0.875f], Run(optimizer, 3));
        optimizer.Schedules["clip_value"] = null;
        Assert.Equal([0, -1f], Run(optimizer, 1));
    }

    [Fact]
    public void Momentum_OfAOneCycle_MovesWithTheRate()
    {
        var cycle = new OneCycleLR(0.5, 20) { ThreePhase = true };
        using Optimizer optimizer = Create(new Sgd { LearningRate = cycle, Momentum = 0.9 });
        optimizer.Schedules["momentum"] = cycle.MomentumSchedule();
        double velocity = 0, weight = 0;
        float[] seen = Run(optimizer, 20);
        for (int t = 0; t < 20; t++)
        {
            velocity = cycle.MomentumSchedule().ValueAt(t) * velocity - cycle.ValueAt(t);
            weight += velocity;
            Assert.Equal(weight, seen[t + 1], 4);
        }
    }

    [Fact]
    public void Beta1_OfACycle_MovesInAdam()
    {
        Schedule beta1 = new CyclicLR(0.001, 0.1, 4).MomentumSchedule();
        using Optimizer optimizer = Create(new Adam { LearningRate = 0.1 });
        optimizer.Schedules["Beta1"] = beta1;
        double m = 0, v = 0, weight = 0;
        float[] seen = Run(optimizer, 12);
        for (int t = 0; t < 12; t++)
        {
            double b = beta1.ValueAt(t);
            m = b * m + (1 - b);
            v = 0.999 * v + 0.001;
            weight -= 0.1 * Math.Sqrt(1 - Math.Pow(0.999, t + 1)) / (1 - Math.Pow(b, t + 1)) * m / (Math.Sqrt(v) + 1e-7);
            Assert.Equal(weight, seen[t + 1], 4);
        }
    }

    /// <summary>Also a check that every number of every rule has a property that a schedule can move.</summary>
    [Fact]
    public void EveryNumber_OfEveryRule_CanFollowAScheduleOfItsOwnValue()
    {
        foreach (string name in ArrayRules.Unwrapped)
        {
            OptimizerRule rule = OptimizerRule.FromName(name);
            using Optimizer plain = Create(rule), scheduled = Create(rule);
            foreach ((string setting, object? value) in rule.GetSettings())
                if (value is double number && !(setting == "learning_rate" && rule.ReasonAgainstSchedule is not null))
                    scheduled.Schedules[setting] = new LambdaSchedule(_ => number);
            Assert.Equal(Run(plain, 5, start: 1), Run(scheduled, 5, start: 1));
        }
    }

    [Fact]
    public void Schedule_OutsideTheRangeOfItsSettingAtAStep_FailsThatStepAndChangesNothing()
    {
        using Optimizer optimizer = Create(new Adam());
        optimizer.Schedules["beta_2"] = new LambdaSchedule(t => t < 1 ? 0.9 : 1);
        float[] weights = [0];
        optimizer.Step(weights, [1f]);
        float before = weights[0];
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step(weights, [1f]));
        Assert.StartsWith("Beta2 is 1; it must be at least 0 and less than 1", exception.Message, StringComparison.Ordinal);
        Assert.Equal((before, 1L), (weights[0], optimizer.StepCount));
    }

    [Fact]
    public void Schedule_ThatCannotBeUsed_IsRefusedWhenItIsSet()
    {
        using Optimizer optimizer = Create(new Sgd { Convention = Convention.PyTorch });
        var half = new ConstantSchedule(0.5);
        Assert.Contains("weight_decay", Assert.Throws<ArgumentException>(() => optimizer.Schedules["weight_deacy"] = half).Message,
            StringComparison.Ordinal);
        Assert.Contains("nesterov of sgd is not a number", Assert.Throws<ArgumentException>(
            () => optimizer.Schedules["nesterov"] = half).Message, StringComparison.Ordinal);
        Assert.Contains("momentum=0.5, which switches a part of sgd(", Assert.Throws<ArgumentException>(
            () => optimizer.Schedules["momentum"] = half).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Schedules["clip_value"] = new ConstantSchedule(0));
        Assert.All(["weight_decay", "momentum", "clip_value", "lr"], name => Assert.Null(optimizer.Schedules[name]));
        Assert.Equal([0, -0.01f], Run(optimizer, 1));
        OptimizerStep step = optimizer.BeginStep();
        try
        {
            optimizer.Schedules["weight_decay"] = half;
            Assert.Fail("a step is open");
        }
        catch (InvalidOperationException)
        {
            step.Dispose();
        }
    }

    [Fact]
    public void Schedule_ThatContradictsTheRule_IsRefusedWhenItIsSet()
    {
        using Optimizer optimizer = Create(new Sgd { Momentum = 0.9 });
        var exception = Assert.Throws<ArgumentException>(() => optimizer.Schedules["dampening"] = new ConstantSchedule(0.5));
        Assert.StartsWith("Dampening is 0.5; it must be 0 under Convention.Keras", exception.Message, StringComparison.Ordinal);
        Assert.Null(optimizer.Schedules["dampening"]);
    }

    [Fact]
    public void Momentum_ThatASchedulePutsToZero_FailsThatStep()
    {
        using Optimizer optimizer = Create(new Sgd { Momentum = 0.9 });
        optimizer.Schedules["momentum"] = new LambdaSchedule(t => t < 1 ? 0.9 : 0);
        float[] weights = [0];
        optimizer.Step(weights, [1f]);
        var exception = Assert.Throws<InvalidOperationException>(() => optimizer.Step(weights, [1f]));
        Assert.Contains("momentum=0, which switches", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, optimizer.StepCount);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_WithSchedules_AllocatesNothing(string backend)
    {
        var cycle = new OneCycleLR(0.01, 1000);
        using var optimizer = new Optimizer(new Adam { LearningRate = cycle.WithWarmup(5) }, TestBackends.Open(backend));
        optimizer.Schedules["beta_1"] = cycle.MomentumSchedule();
        optimizer.Schedules["weight_decay"] = new CosineDecay(1e-2, 100);
        optimizer.Schedules["clip_value"] = new ConstantSchedule(1);
        float[] weights = new float[100], gradients = new float[100];
        Assert.Equal(0, AllocationProbe.BytesOf(() => optimizer.Step(weights, gradients)));
    }

    [Fact]
    public void Fit_WithASchedule_TrainsAsStepsSetByHand()
    {
        Schedule rate = new CosineDecay(0.1, 8).WithWarmup(2, 0.5);
        float[] first = Fit(new Sgd { LearningRate = rate, Momentum = 0.9 }, null);
        float[] second = Fit(new Sgd { Momentum = 0.9 }, rate);
        Assert.Equal(first, second);
        Assert.NotEqual(first, Fit(new Sgd { LearningRate = 0.1, Momentum = 0.9 }, null));
    }

    /// <summary>Ten steps on a small problem; the rate set by hand before each one, if given.</summary>
    private static float[] Fit(OptimizerRule rule, Schedule? byHand)
    {
        using var model = new Sequential(seed: 3) { new Dense(2, "tanh", inputShape: 3), new Dense(1) };
        model.Compile(rule, "mse", backend: BackendKind.Managed);
        float[,] x = { { 1, 2, 3 }, { 3, 1, 2 }, { -1, 0, 1 }, { 0, -2, 1 } };
        float[,] y = { { 1 }, { 0 }, { 1 }, { 0 } };
        for (int t = 0; t < 10; t++)
        {
            if (byHand is not null)
                model.Optimizer!.LearningRate = byHand.ValueAt(t);
            model.Fit(x, y, epochs: 1, batchSize: 4, shuffle: false);
        }
        return [.. model.Predict(x).Cast<float>()];
    }
}
