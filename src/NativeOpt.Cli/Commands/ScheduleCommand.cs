using System.CommandLine;
using NativeOpt.Cli.Display;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt schedule`: the schedule, options, and the run itself.</summary>
internal sealed class ScheduleCommand
{
    private const int DefaultSteps = 200, MaxSteps = 10_000_000;

    private readonly Argument<string> _schedule = new("schedule")
    {
        Description = "A schedule with its settings, as in a model's text",
        HelpName = "schedule",
    };

    private readonly Option<int?> _steps = OptionValue.Whole("--steps", $"Steps to show [default: {DefaultSteps}]", 1, MaxSteps);

    private readonly Option<string?> _output = OptionValue.Words("--output",
        "Folder for schedule.svg and schedule.csv [default: nothing is written]", "folder");

    private readonly Option<bool> _json = new("--json") { Description = "All values as JSON instead of a table" };

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    public static Command Create(Terminal terminal)
    {
        var options = new ScheduleCommand();
        var command = new Command("schedule", "Shows what a schedule does to a learning rate, as a table, a picture and CSV.")
        {
            options._schedule, options._steps, options._output, options._json,
        };
        command.SetAction(parsed => ScheduleAction.Run(
            ReadSchedule(parsed.GetValue(options._schedule)!), parsed.GetValue(options._steps) ?? DefaultSteps,
            parsed.GetValue(options._output), parsed.GetValue(options._json), terminal));
        return command;
    }

    private static Schedule ReadSchedule(string text)
    {
        try
        {
            return Schedule.Parse(text);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"schedule is '{text}': {e.Message.Split(" (Parameter")[0]}", e);
        }
    }
}
