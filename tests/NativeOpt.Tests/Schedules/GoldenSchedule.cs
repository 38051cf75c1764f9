using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NativeOpt.Tests.Schedules;

/// <summary>Turns the scheduler and hyper-parameters of a golden case into a schedule. An unknown one fails.</summary>
internal static class GoldenSchedule
{
    public static Schedule Create(string scheduler, JsonElement hyper)
    {
        var read = new GoldenHyper(hyper);
        Schedule schedule = Create(scheduler, read, read.Number("optimizer_lr", double.NaN));
        read.RequireAllUsed();
        return schedule;
    }

    private static Schedule Create(string scheduler, GoldenHyper read, double rate) => scheduler switch
    {
        "ExponentialDecay" => new ExponentialDecay(Initial(read), read.Whole("decay_steps"), read.Number("decay_rate"))
            { Staircase = read.Flag("staircase") },
        "InverseTimeDecay" => new InverseTimeDecay(Initial(read), read.Whole("decay_steps"), read.Number("decay_rate"))
            { Staircase = read.Flag("staircase") },
        "PolynomialDecay" => new PolynomialDecay(Initial(read), read.Whole("decay_steps"))
        {
            EndLearningRate = read.Number("end_learning_rate", 0.0001), Power = read.Number("power", 1), Cycle = read.Flag("cycle"),
        },
        "PiecewiseConstantDecay" => new PiecewiseConstantDecay(
            read.Get("boundaries").EnumerateArray().Select(value => value.GetInt64()),
            read.Get("values").EnumerateArray().Select(value => value.GetDouble())),
        "CosineDecay" => new CosineDecay(Initial(read), read.Whole("decay_steps"))
        {
            Alpha = read.Number("alpha", 0), WarmupTarget = read.Find("warmup_target")?.GetDouble(),
            WarmupSteps = read.Whole("warmup_steps", 0),
        },
        "CosineDecayRestarts" => new CosineDecayRestarts(Initial(read), read.Whole("first_decay_steps"))
            { TMul = read.Number("t_mul", 2), MMul = read.Number("m_mul", 1), Alpha = read.Number("alpha", 0) },
        "StepLR" => new StepLR(rate, read.Whole("step_size")) { Gamma = read.Number("gamma", 0.1) },
        "MultiStepLR" => new MultiStepLR(rate, read.Get("milestones").EnumerateArray().Select(value => value.GetInt64()))
            { Gamma = read.Number("gamma", 0.1) },
        "ExponentialLR" => new ExponentialDecay(rate, 1, read.Number("gamma")),
        "ConstantLR" => new ConstantLR(rate, read.Whole("total_iters", 5)) { Factor = read.Number("factor", 1.0 / 3) },
        "LinearLR" => new LinearLR(rate, read.Whole("total_iters", 5))
            { StartFactor = read.Number("start_factor", 1.0 / 3), EndFactor = read.Number("end_factor", 1) },
        "PolynomialLR" => new PolynomialDecay(rate, read.Whole("total_iters", 5))
            { EndLearningRate = 0, Power = read.Number("power", 1) },
        "CosineAnnealingLR" => new CosineAnnealingLR(rate, read.Whole("T_max")) { EtaMin = read.Number("eta_min", 0) },
        "CosineAnnealingWarmRestarts" => new CosineAnnealingWarmRestarts(rate, read.Whole("T_0"))
            { TMult = read.Whole("T_mult", 1), EtaMin = read.Number("eta_min", 0) },
        "CyclicLR" => Cyclic(read),
        "OneCycleLR" => OneCycle(read),
        "LambdaLR" => Lambda(read.Text("lambda_", ""), rate),
        "MultiplicativeLR" => Multiplicative(read.Text("lambda_", ""), rate),
        "SequentialLR" => new SequentialSchedule(
            Inner(read).Select(inner => Create(inner.Name, new GoldenHyper(inner.Value), rate)),
            read.Get("milestones").EnumerateArray().Select(value => value.GetInt64())),
        // One factor carries the rate, the others start from 1.
        "ChainedScheduler" => new ChainedSchedule(
            Inner(read).Select((inner, index) => Create(inner.Name, new GoldenHyper(inner.Value), index == 0 ? rate : 1))),
        _ => throw new InvalidDataException($"unknown scheduler '{scheduler}'"),
    };

    private static double Initial(GoldenHyper read) => read.Number("initial_learning_rate");

    private static IEnumerable<JsonProperty> Inner(GoldenHyper read) =>
        read.Get("schedulers").EnumerateArray().Select(item => item.EnumerateObject().Single());

    private static CyclicLR Cyclic(GoldenHyper read)
    {
        read.Flag("cycle_momentum");
        read.Number("optimizer_momentum", 0);
        return new CyclicLR(read.Number("base_lr"), read.Number("max_lr"), read.Whole("step_size_up", 2000))
        {
            StepSizeDown = read.Find("step_size_down")?.GetInt64(),
            Mode = Enum.Parse<CyclicMode>(read.Text("mode", "triangular").Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            Gamma = read.Number("gamma", 1),
            BaseMomentum = read.Number("base_momentum", 0.8),
            MaxMomentum = read.Number("max_momentum", 0.9),
        };
    }

    private static OneCycleLR OneCycle(GoldenHyper read)
    {
        read.Flag("cycle_momentum");
        read.Number("optimizer_momentum", 0);
        read.Find("optimizer_betas");
        long steps = read.Whole("total_steps", read.Whole("epochs", 0) * read.Whole("steps_per_epoch", 0));
        return new OneCycleLR(read.Number("max_lr"), steps)
        {
            PctStart = read.Number("pct_start", 0.3),
            AnnealStrategy = Enum.Parse<AnnealStrategy>(read.Text("anneal_strategy", "cos"), ignoreCase: true),
            DivFactor = read.Number("div_factor", 25),
            FinalDivFactor = read.Number("final_div_factor", 1e4),
            ThreePhase = read.Flag("three_phase"),
            BaseMomentum = read.Number("base_momentum", 0.85),
            MaxMomentum = read.Number("max_momentum", 0.95),
        };
    }

    /// <summary>The files give lambdas as text: "0.95**t".</summary>
    private static LambdaSchedule Lambda(string text, double rate)
    {
        Match power = Regex.Match(text, @"^([\d.]+)\*\*t$");
        return power.Success ? new LambdaSchedule(t => rate * Math.Pow(Parse(power, 1), t)) : throw new InvalidDataException(text);
    }

    /// <summary>"0.9 if t%10==0 else 1.0 (...)": a product over the steps, so the power of a quotient.</summary>
    private static LambdaSchedule Multiplicative(string text, double rate)
    {
        Match every = Regex.Match(text, @"^([\d.]+) if t%(\d+)==0 else 1\.0\b");
        return every.Success
            ? new LambdaSchedule(t => rate * Math.Pow(Parse(every, 1), t / (long)Parse(every, 2)))
            : throw new InvalidDataException(text);
    }

    private static double Parse(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
