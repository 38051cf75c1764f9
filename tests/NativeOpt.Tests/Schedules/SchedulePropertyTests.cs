using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NativeOpt.Tests.Schedules;

/// <summary>What holds for any numbers.</summary>
public class SchedulePropertyTests
{
    private static readonly Gen<double> Rate = Gen.Choose(0, 1_000_000).Select(n => n / 1e6);
    private static readonly Gen<double> Share = Gen.Choose(0, 1000).Select(n => n / 1000.0);
    private static readonly Gen<long> Length = Gen.Choose(1, 300).Select(n => (long)n);
    private static readonly Gen<long> Step = Gen.OneOf(
        Gen.Choose(0, 1000).Select(n => (long)n), Gen.Choose(0, int.MaxValue).Select(n => n * 1000L));

    /// <summary>A schedule and the bounds its values must keep.</summary>
    private static readonly Gen<(Schedule Schedule, double Low, double High)> Bounded =
        from a in Rate
        from b in Rate
        from share in Share
        from steps in Length
        from more in Length
        from flag in Gen.Elements(false, true)
        from kind in Gen.Choose(0, 18)
        let low = Math.Min(a, b)
        let high = Math.Max(a, b)
        select kind switch
        {
            0 => (new ConstantSchedule(a), a, a),
            1 => (new ExponentialDecay(a, steps, share) { Staircase = flag }, 0, a),
            2 => (new InverseTimeDecay(a, steps, b) { Staircase = flag }, 0, a),
            3 => (new PolynomialDecay(high, steps) { EndLearningRate = low, Power = 3 * share, Cycle = flag }, low, high),
            4 => (new PiecewiseConstantDecay([steps, steps + more], [a, b, low]), low, high),
            5 => (new CosineDecay(a, steps) { Alpha = share }, a * share, a),
            6 => (new CosineDecay(low, steps) { WarmupTarget = high, WarmupSteps = more, Alpha = share },
                Math.Min(low, high * share), high),
            7 => (new CosineDecayRestarts(a, steps) { TMul = 1 + 2 * share, MMul = flag ? 1 : share, Alpha = 0.5 }, a * 0.5, a),
            8 => (new StepLR(a, steps) { Gamma = share }, 0, a),
            9 => (new MultiStepLR(a, steps, more, steps + more) { Gamma = share }, 0, a),
            10 => (new ConstantLR(a, steps) { Factor = share }, a * share, a),
            11 => (new LinearLR(a, steps) { StartFactor = share }, a * share, a),
            12 => (new CosineAnnealingLR(high, steps) { EtaMin = low }, low, high),
            13 => (new CosineAnnealingWarmRestarts(high, steps) { TMult = 1 + more % 3, EtaMin = low }, low, high),
            14 => (new CyclicLR(low, high, steps)
                { StepSizeDown = more, Mode = (CyclicMode)(more % 3), Gamma = share }, low, high),
            15 => (new CyclicLR(low, high, steps) { BaseMomentum = low, MaxMomentum = high }.MomentumSchedule(), low, high),
            16 => (new OneCycleLR(a, steps + 3) { PctStart = share / 2, ThreePhase = flag }, 0, a),
            17 => (new OneCycleLR(a, steps + 3)
                { AnnealStrategy = AnnealStrategy.Linear, BaseMomentum = low, MaxMomentum = high }.MomentumSchedule(), low, high),
            _ => ((Schedule)new WarmupStableDecay(a, steps, more, steps) { EndFactor = share, Shape = (DecayShape)(more % 3) }, 0, a),
        };

    private static readonly Gen<Schedule> Any = Bounded.Select(bounded => bounded.Schedule);

    [Fact]
    public void ValueAt_AnyStep_IsFiniteAndWithinTheBounds() => Prop.ForAll(Bounded.ToArbitrary(), Step.ToArbitrary(), (bounded, step) =>
    {
        double value = bounded.Schedule.ValueAt(step);
        double slack = 1e-12 * bounded.High + 1e-300;
        return double.IsFinite(value) && value >= bounded.Low - slack && value <= bounded.High + slack;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Preview_FromAnyStart_GivesTheValuesOfARunFromTheBeginning() =>
        Prop.ForAll(Any.ToArbitrary(), Gen.Choose(0, 500).ToArbitrary(), (schedule, start) =>
            schedule.Preview(20, start).SequenceEqual(schedule.Preview(start + 20).Skip(start))
            && schedule.ValueAt(start) == schedule.Preview(1, start)[0]).QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_OfWhatToStringWrites_GivesTheSchedule() => Prop.ForAll(
        Gen.Two(Any).ToArbitrary(), Gen.Two(Length).ToArbitrary(), (schedules, lengths) =>
        new[]
        {
            schedules.Item1,
            schedules.Item1.Then(schedules.Item2, lengths.Item1),
            schedules.Item1.Chain(schedules.Item2).PerEpoch(lengths.Item2),
            schedules.Item1.WithWarmup(lengths.Item1),
        }.All(schedule => Schedule.Parse(schedule.ToString()) == schedule
            && Schedule.FromSettings(schedule.RegisteredName!, schedule.GetSettings()) == schedule))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Then_IsAssociative() => Prop.ForAll(
        Gen.Three(Any).ToArbitrary(), Gen.Two(Length).ToArbitrary(), (schedules, lengths) =>
    {
        (Schedule a, Schedule b, Schedule c) = schedules;
        (long first, long second) = lengths;
        Schedule left = a.Then(b, first).Then(c, first + second);
        Schedule right = a.Then(b.Then(c, second), first);
        return left == right && left.Preview(700).SequenceEqual(right.Preview(700));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Then_GivesTheFirstScheduleAndThenTheSecondFromItsBeginning() => Prop.ForAll(
        Gen.Two(Any).ToArbitrary(), Length.ToArbitrary(), (schedules, at) =>
    {
        double[] joined = schedules.Item1.Then(schedules.Item2, at).Preview(400);
        return joined.Take((int)at).SequenceEqual(schedules.Item1.Preview((int)at))
            && joined.Skip((int)at).SequenceEqual(schedules.Item2.Preview(400 - (int)at));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Then_BeforeAMilestoneOfTheFirst_CutsItOff() => Prop.ForAll(
        Gen.Three(Any).ToArbitrary(), Gen.Two(Length).ToArbitrary(), (schedules, lengths) =>
    {
        (long inner, long cut) = lengths;
        Schedule first = schedules.Item1.Then(schedules.Item2, inner);
        double[] joined = first.Then(schedules.Item3, cut).Preview(400);
        return joined.Take((int)cut).SequenceEqual(first.Preview((int)cut))
            && joined.Skip((int)cut).SequenceEqual(schedules.Item3.Preview(400 - (int)cut));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Chain_IsAssociativeAndMultiplies() => Prop.ForAll(Gen.Three(Any).ToArbitrary(), Step.ToArbitrary(), (schedules, step) =>
    {
        (Schedule a, Schedule b, Schedule c) = schedules;
        return a.Chain(b).Chain(c) == a.Chain(b.Chain(c))
            && a.Chain(b).Chain(c).ValueAt(step) == a.ValueAt(step) * b.ValueAt(step) * c.ValueAt(step);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Staircase_IsConstantBetweenItsSteps() => Prop.ForAll(
        Gen.Two(Rate).ToArbitrary(), Length.ToArbitrary(), Step.ToArbitrary(), (rates, length, step) =>
            new Schedule[]
            {
                new ExponentialDecay(rates.Item1, length, rates.Item2) { Staircase = true },
                new InverseTimeDecay(rates.Item1, length, rates.Item2) { Staircase = true },
                new StepLR(rates.Item1, length) { Gamma = rates.Item2 },
                new ExponentialDecay(rates.Item1, 1, rates.Item2).PerEpoch(length),
            }.All(schedule => schedule.ValueAt(step) == schedule.ValueAt(step / length * length))).QuickCheckThrowOnFailure();

    [Fact]
    public void WithWarmup_RisesToTheFirstValueAndGoesOnAsTheSchedule() => Prop.ForAll(
        Any.ToArbitrary(), Length.ToArbitrary(), Share.ToArbitrary(), (schedule, steps, share) =>
    {
        double[] values = schedule.WithWarmup(steps, share).Preview((int)steps + 100);
        double[] warmup = values[..(int)steps];
        double target = schedule.ValueAt(0);
        return values.Skip((int)steps).SequenceEqual(schedule.Preview(100))
            && warmup[0] == target * share
            && warmup.SequenceEqual(warmup.Order()) && warmup.All(value => value <= target);
    }).QuickCheckThrowOnFailure();
}
