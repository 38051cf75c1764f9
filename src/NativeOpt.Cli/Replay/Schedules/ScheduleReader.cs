using System.Text.Json;
using NativeOpt.Schedules;
using NativeOpt.Text;

namespace NativeOpt.Cli.Replay.Schedules;

/// <summary>Turns a scheduler of another library with its hyper-parameters into a schedule.</summary>
internal static class ScheduleReader
{
    /// <summary>Schedulers of PyTorch that do not start from the optimizer's rate.</summary>
    private static readonly string[] WithOwnRate = ["CyclicLR", "OneCycleLR"];

    /// <summary>Schedulers of PyTorch that give the rate anew, whatever others of a chain have made of it.</summary>
    private static readonly string[] SetsTheRate =
        [.. WithOwnRate, "LambdaLR", "CosineAnnealingWarmRestarts", "SequentialLR", "ChainedScheduler"];

    /// <summary>What the optimizer had before, and arguments that only say whether a line is printed or a run was resumed.</summary>
    private static readonly string[] NoSettings =
        ["optimizer_lr", "optimizer_momentum", "optimizer_betas", "cycle_momentum", "verbose", "last_epoch", "name", "note"];

    /// <summary>Reads the schedule of a case.</summary>
    /// <param name="scheduler">Name in the other library.</param>
    /// <param name="hyper">Its arguments; "optimizer_lr" is the rate that PyTorch's start from.</param>
    /// <exception cref="ReplayException">The scheduler or an argument is unknown or missing.</exception>
    public static Schedule Read(string scheduler, Fields hyper) => Read(scheduler, hyper, hyper.OptionalNumber("optimizer_lr"));

    private static Schedule Read(string scheduler, Fields hyper, double? rate)
    {
        switch (scheduler)
        {
            case "LambdaLR":
                Func<long, double> factor = ReadLambda(hyper);
                double start = Require(rate, scheduler);
                return new LambdaSchedule(t => start * factor(t));
            case "MultiplicativeLR":
                return new LambdaSchedule(new RunningProduct(Require(rate, scheduler), ReadLambda(hyper)).At);
            case "SequentialLR":
                return new SequentialSchedule(ReadInner(hyper).Select(inner => Read(inner.Name, inner.Hyper, rate)), hyper.Wholes("milestones"));
            case "ChainedScheduler":
                double initial = Require(rate, scheduler);
                return new LambdaSchedule(new ChainedScheduler(
                    initial, [.. ReadInner(hyper).Select(inner => ReadLink(inner.Name, inner.Hyper, initial))]).At);
            default:
                ScheduleForm form = ScheduleForms.Find(scheduler);
                return form.Read(ReadSettings(form, scheduler, hyper, rate));
        }
    }

    private static ChainedScheduler.Link ReadLink(string scheduler, Fields hyper, double initial) => scheduler switch
    {
        "CosineAnnealingLR" => ChainedScheduler.Anneal((CosineAnnealingLR)Read(scheduler, hyper, initial)),
        _ when SetsTheRate.Contains(scheduler) => ChainedScheduler.Set(Read(scheduler, hyper, initial)),
        _ => ChainedScheduler.Multiply(Read(scheduler, hyper, 1)),
    };

    private static ScheduleSettings ReadSettings(ScheduleForm form, string scheduler, Fields hyper, double? rate)
    {
        var settings = new ScheduleSettings();
        if (rate is { } start && !WithOwnRate.Contains(scheduler))
            settings["initial_learning_rate"] = start;
        foreach (string name in hyper.Names.Except(NoSettings))
            if (hyper.Find(name) is { } value)
                settings[form.ExpandAlias(name)] = ToSetting(value);
        hyper.Ignore(NoSettings);
        if (scheduler == "OneCycleLR" && !settings.Contains("total_steps"))
            return WithTotalSteps(settings);
        return settings;
    }

    /// <summary>PyTorch takes epochs and steps_per_epoch instead of total_steps.</summary>
    private static ScheduleSettings WithTotalSteps(ScheduleSettings given)
    {
        var settings = new ScheduleSettings { ["total_steps"] = given.Whole("epochs") * given.Whole("steps_per_epoch") };
        foreach (string name in given.Names.Except(["epochs", "steps_per_epoch"]))
            settings[name] = given[name];
        return settings;
    }

    private static object? ToSetting(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.EnumerateArray().Select(ToSetting).ToArray(),
        _ => throw new ReplayException($"{SettingValue.Write(value.GetRawText())} is no value of a schedule"),
    };

    /// <summary>Schedules inside of others: a list of objects with one field each, the name.</summary>
    private static IEnumerable<(string Name, Fields Hyper)> ReadInner(Fields hyper) => hyper.Objects("schedulers").Select(item =>
    {
        string[] names = [.. item.Names];
        return names.Length == 1
            ? (names[0], item.Object(names[0]))
            : throw new ReplayException($"{item.Path} has {names.Length} fields; it must be {{name: {{settings}}}}");
    });

    private static Func<long, double> ReadLambda(Fields hyper) =>
        PythonExpression.Parse(hyper.Text(hyper.Has("lambda_") ? "lambda_" : "lr_lambda"), hyper.PathOf("lambda_"));

    private static double Require(double? rate, string scheduler) =>
        rate ?? throw new ReplayException($"hyper.optimizer_lr is missing: {scheduler} starts from it");

    /// <summary>PyTorch's MultiplicativeLR: each step multiplies by the factor of its number, from 1.</summary>
    private sealed class RunningProduct(double start, Func<long, double> factor)
    {
        private readonly List<double> _values = [start];

        public double At(long step)
        {
            while (_values.Count <= step)
                _values.Add(_values[^1] * factor(_values.Count));
            return _values[(int)step];
        }
    }
}
