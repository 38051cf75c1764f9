using System.CommandLine;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt lr-find`: data, network, range, and the test itself.</summary>
internal sealed class LearningRateCommand
{
    private readonly DataOptions _data = new();

    private readonly ModelOptions _model = new();

    private readonly Option<string?> _scale = CommonOptions.Scale();

    private readonly Option<int?> _batchSize = OptionValue.Whole("--batch-size", "Samples per step [default: 32]", 1, 1_000_000);

    private readonly Option<double?> _from = OptionValue.Rate("--from", "The first rate [default: 1e-7]");

    private readonly Option<double?> _to = OptionValue.Rate("--to", "The last rate [default: 10]");

    private readonly Option<int?> _steps = OptionValue.Whole("--steps", "Steps from one to the other [default: 100]", 10, 1_000_000);

    private readonly Option<string?> _output = OptionValue.Words("--output",
        "Folder for lr-find.svg and lr-find.csv [default: nothing is written]", "folder");

    private readonly Option<int?> _threads = CommonOptions.Threads();

    private readonly Option<bool> _json = new("--json") { Description = "The result as JSON" };

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    public static Command Create(Terminal terminal)
    {
        var options = new LearningRateCommand();
        var command = new Command("lr-find", "Tries learning rates on a network for a few steps and suggests one.");
        foreach (Option option in (IEnumerable<Option>)[
            .. options._data.All, .. options._model.WithoutSchedule, options._scale, options._batchSize, options._from, options._to,
            options._steps, options._output, options._threads, options._json])
            command.Options.Add(option);
        command.SetAction(parsed => LearningRateAction.Run(options.Read(new GivenOptions(parsed)), terminal));
        return command;
    }

    private FinderSettings Read(GivenOptions given)
    {
        DataChoice data = _data.Read(given);
        if (!data.IsGiven)
            throw new InputException("there is nothing to learn from: --dataset, --csv or --npz says what");
        return new FinderSettings
        {
            Data = data,
            Model = _model.Read(given),
            Scale = CommonOptions.ReadScale(given.Get(_scale)),
            BatchSize = given.Get(_batchSize) ?? 32,
            Finder = ReadFinder(given),
            Output = given.Get(_output),
            Threads = given.Get(_threads),
            Json = given.Get(_json),
        };
    }

    private LearningRateFinder ReadFinder(GivenOptions given)
    {
        var finder = new LearningRateFinder();
        (double from, double to) = (given.Get(_from) ?? finder.MinLearningRate, given.Get(_to) ?? finder.MaxLearningRate);
        if (from == 0)
            throw new InputException("--from is '0'; it must be greater than 0");
        if (to <= from)
            throw new InputException(FormattableString.Invariant($"--to is {to}; it must be greater than --from, which is {from}"));
        return finder with { MinLearningRate = from, MaxLearningRate = to, Steps = given.Get(_steps) ?? finder.Steps };
    }
}
