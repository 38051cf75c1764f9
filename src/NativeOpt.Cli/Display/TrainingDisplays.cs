using NativeOpt.Cli.Models;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Display;

/// <summary>One line that grows, and a line for each epoch that is done: for terminals.</summary>
internal sealed class LiveTraining(TextWriter output) : ITrainingDisplay
{
    private readonly ProgressLine _line = new(output);

    /// <inheritdoc/>
    public void Report(TrainingProgress value) => _line.Report(value);

    /// <inheritdoc/>
    public void EpochEnded(EpochRow row) { }
}

/// <summary>A line for each epoch: for files and pipes.</summary>
internal sealed class PlainTraining(TextWriter output, int epochs) : ITrainingDisplay
{
    /// <inheritdoc/>
    public void Report(TrainingProgress value) { }

    /// <inheritdoc/>
    public void EpochEnded(EpochRow row)
    {
        string number = $"{row.Epoch}".PadLeft($"{epochs}".Length);
        string values = string.Join("  ", row.Values.Where(entry => entry.Key != EpochLog.LearningRate)
            .Select(entry => $"{entry.Key} {Measure(entry.Key, entry.Value)}"));
        output.WriteLine($"epoch {number}/{epochs}  {values}  {Seconds(row.Seconds)}");
        output.Flush();
    }
}

/// <summary>Nothing: where the results are written as JSON.</summary>
internal sealed class SilentTraining : ITrainingDisplay
{
    /// <inheritdoc/>
    public void Report(TrainingProgress value) { }

    /// <inheritdoc/>
    public void EpochEnded(EpochRow row) { }
}
