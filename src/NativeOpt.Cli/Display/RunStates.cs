using NativeOpt.Cli.Comparison;
using Spectre.Console;
using Spectre.Console.Rendering;
using static NativeOpt.Cli.Output.NumberText;
using SpectreText = Spectre.Console.Text;

namespace NativeOpt.Cli.Display;

/// <summary>What the live display shows of each run. Written by the thread that trains, read by the one that draws.</summary>
internal sealed class RunStates(IReadOnlyList<string> labels) : IComparisonWatcher
{
    private readonly List<ProgressTask> _tasks = [];
    private readonly RunState[] _states = [.. labels.Select(label => new RunState(label, "", "", "", ""))];

    /// <summary>The bar of the next run.</summary>
    public void Add(ProgressTask task) => _tasks.Add(task);

    /// <summary>The texts beside a bar.</summary>
    public RunState Of(ProgressTask task) => Volatile.Read(ref _states[_tasks.IndexOf(task)]);

    /// <inheritdoc/>
    public void RunStarted(int run) => _tasks[run].StartTask();

    /// <inheritdoc/>
    public void Advanced(int run, RunProgress progress)
    {
        _tasks[run].Value = 100 * progress.Fraction;
        Set(run, $"epoch {progress.Epoch}/{progress.Epochs}", progress.Loss, progress.Accuracy, progress.SamplesPerSecond);
    }

    /// <inheritdoc/>
    public void EpochEnded(int run, int epochs, EpochNumbers epoch)
    {
        _tasks[run].Value = 100.0 * epoch.Epoch / epochs;
        Set(run, $"epoch {epoch.Epoch}/{epochs}", epoch.Loss, epoch.Accuracy, epoch.SamplesPerSecond);
    }

    /// <inheritdoc/>
    public void RunEnded(int run, RunResult result)
    {
        _tasks[run].Value = 100;
        _tasks[run].StopTask();
    }

    private void Set(int run, string epoch, double loss, double accuracy, double pace)
    {
        string share = double.IsFinite(loss) ? $"accuracy {Share(accuracy)}" : "";
        Volatile.Write(ref _states[run], new RunState(labels[run], epoch, $"loss {LossText(loss)}", share, $"{Count(pace)} samples/s"));
    }
}

/// <summary>The texts beside a bar.</summary>
internal sealed record RunState(string Label, string Epoch, string Loss, string Accuracy, string Pace);

/// <summary>A column of one of these texts.</summary>
internal sealed class RunColumn(RunStates states, Justify justify, Func<RunState, string> text) : ProgressColumn
{
    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new SpectreText(text(states.Of(task))) { Justification = justify };
}
