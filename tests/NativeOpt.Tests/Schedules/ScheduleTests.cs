using Xunit;

namespace NativeOpt.Tests.Schedules;

public class ScheduleTests
{
    public static TheoryData<string, Action, string> Refused => new()
    {
        { "rate NaN", () => _ = new CosineDecay(double.NaN, 10), "InitialLearningRate is NaN; it must be finite and not negative" },
        { "rate negative", () => _ = new StepLR(-0.1, 10), "InitialLearningRate is -0.1; it must be finite and not negative" },
        { "no steps", () => _ = new CosineDecay(0.1, 0), "DecaySteps is 0; it must be at least 1" },
        { "alpha", () => _ = new CosineDecay(0.1, 10) { Alpha = 1.5 }, "Alpha is 1.5; it must be at least 0 and at most 1" },
        { "warm-up", () => _ = new CosineDecay(0.1, 10) { WarmupSteps = -1 }, "WarmupSteps is -1; it must not be negative" },
        { "t_mul", () => _ = new CosineDecayRestarts(0.1, 10) { TMul = 0.5 }, "TMul is 0.5; it must be finite and at least 1" },
        { "mode", () => _ = new CyclicLR(0, 1) { Mode = (CyclicMode)7 }, "Mode is 7; it must be Triangular, Triangular2 or ExpRange" },
        { "strategy", () => _ = new OneCycleLR(1, 9) { AnnealStrategy = (AnnealStrategy)7 }, "AnnealStrategy is 7; it must be Cos or" },
        { "div factor", () => _ = new OneCycleLR(1, 9) { DivFactor = 0 }, "DivFactor is 0; it must be finite and greater than 0" },
        { "milestone", () => _ = new MultiStepLR(0.1, 5, -1), "Milestones is -1; it must not be negative" },
        { "values", () => _ = new PiecewiseConstantDecay([5], [0.1]), "values has 1 elements; 1 boundaries need 2" },
        { "boundaries", () => _ = new PiecewiseConstantDecay([5, 5], [1, 2, 3]), "boundaries has 5 after 5; they must ascend" },
        { "no schedule", () => _ = new ChainedSchedule(), "schedules is empty; it must have at least one schedule" },
        { "milestones", () => _ = new SequentialSchedule([new ConstantSchedule(1)], [5]), "milestones has 1 elements; 1 schedules need 0" },
        { "at step 0", () => new ConstantSchedule(1).Then(new ConstantSchedule(2), 0), "atStep" },
        { "epoch", () => new ConstantSchedule(1).PerEpoch(0), "StepsPerEpoch is 0; it must be at least 1" },
        { "step", () => new ConstantSchedule(1).ValueAt(-1), "step ('-1') must be a non-negative value" },
        { "warm-up factor", () => new ConstantSchedule(1).WithWarmup(5, 2), "StartFactor is 2; it must be at least 0 and at most 1" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Setting_OutsideItsRange_IsRefusedWithTheLimit(string what, Action create, string message)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(create);
        Assert.True(exception.Message.Contains(message, StringComparison.Ordinal), $"{what}: {exception.Message}");
    }

    [Fact]
    public void Boundary_BelongsToTheOldValueInKerasAndToTheNewOneInPyTorch()
    {
        Assert.Equal([1, 1, 1, 0.5], new PiecewiseConstantDecay([2], [1, 0.5]).Preview(4));
        Assert.Equal([1, 1, 0.5, 0.5], new MultiStepLR(1, 2) { Gamma = 0.5 }.Preview(4));
    }

    [Fact]
    public void Cosine_AfterItsEnd_StaysInKerasAndRisesInPyTorch()
    {
        Assert.Equal(0, new CosineDecay(1, 10).ValueAt(20), 12);
        Assert.Equal(1, new CosineAnnealingLR(1, 10).ValueAt(20), 12);
    }

    [Fact]
    public void CosineAnnealingWarmRestarts_FarOut_StillRestarts()
    {
        var schedule = new CosineAnnealingWarmRestarts(1, 1) { TMult = 2 };
        Assert.Equal(1, schedule.ValueAt((1L << 40) - 1));
        Assert.InRange(schedule.ValueAt((1L << 40) - 2), 0, 1e-9);
        Assert.InRange(schedule.ValueAt(long.MaxValue), 0, 1);
    }

    [Fact]
    public void Noam_IsHighestAtTheEndOfItsWarmup()
    {
        var schedule = new NoamDecay(512, 4000);
        double peak = schedule.ValueAt(3999);
        Assert.Equal(1 / Math.Sqrt(512.0 * 4000), peak, 15);
        Assert.Equal(peak / 4000, schedule.ValueAt(0), 15);
        Assert.Equal(peak / 2, schedule.ValueAt(15999), 15);
        Assert.True(schedule.ValueAt(3998) < peak && schedule.ValueAt(4000) < peak);
    }

    [Theory]
    [InlineData(DecayShape.Linear, 0.6)]
    [InlineData(DecayShape.Cosine, 0.6)]
    [InlineData(DecayShape.OneMinusSqrt, 0.434314575050762)]
    public void WarmupStableDecay_RisesStaysAndFalls(DecayShape shape, double middle)
    {
        var schedule = new WarmupStableDecay(1, 4, 3, 10) { EndFactor = 0.2, Shape = shape };
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1, 1, 1], schedule.Preview(8));
        Assert.Equal(middle, schedule.ValueAt(12), 12);
        Assert.Equal([0.2, 0.2], schedule.Preview(2, 17));
    }

    [Fact]
    public void OneCycle_BeyondItsEnd_StaysThere()
    {
        var schedule = new OneCycleLR(0.1, 50);
        Assert.Equal(schedule.ValueAt(49), schedule.ValueAt(1000));
        Assert.Equal(0.95, schedule.MomentumSchedule().ValueAt(1000));
    }

    [Fact]
    public void PerEpoch_AdvancesOncePerEpoch() =>
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], new ExponentialDecay(1, 1, 0.5).PerEpoch(3).Preview(7));

    [Fact]
    public void Equality_GoesByTheSettingsIncludingLists()
    {
        Assert.Equal(new MultiStepLR(0.1, 3, 1), new MultiStepLR(0.1, 1, 3));
        Assert.NotEqual(new MultiStepLR(0.1, 1, 3), new MultiStepLR(0.1, 1, 4));
        Assert.Equal(new StepLR(1, 5).Then(new ConstantSchedule(1), 9), new StepLR(1, 5).Then(new ConstantSchedule(1), 9));
        Assert.Equal(new PiecewiseConstantDecay([1], [2, 3]).GetHashCode(), new PiecewiseConstantDecay([1], [2, 3]).GetHashCode());
        Assert.NotEqual<Schedule>(new ConstantSchedule(1), new StepLR(1, 5));
    }

    private sealed record Halving(double First) : Schedule
    {
        protected override double Compute(long t) => First / (1L << (int)Math.Min(t, 62));
    }

    [Fact]
    public void Schedule_OfAUser_WorksLikeABuiltInOne()
    {
        Schedule schedule = new Halving(8).Then(new LambdaSchedule(t => t), 3);
        Assert.Equal([8, 4, 2, 0, 1, 2], schedule.Preview(6));
    }

    [Fact]
    public void ValueAt_AllocatesNothing()
    {
        Schedule schedule = new OneCycleLR(1, 100).Chain(new MultiStepLR(1, 5, 10)).WithWarmup(5)
            .Then(new CosineDecayRestarts(1, 10), 50).PerEpoch(2);
        long step = 0;
        Assert.Equal(0, AllocationProbe.BytesOf(() => schedule.ValueAt(step++)));
    }
}
