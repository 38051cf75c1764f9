using System.Diagnostics;
using System.Globalization;

namespace NativeOpt;

/// <summary>
/// Shows a running Fit on one line of a terminal, which each report overwrites; a finished epoch keeps its line. Fit makes one with
/// <c>verbose: true</c>; for another writer give it as <c>progress</c>.
/// </summary>
/// <example><code>model.Fit(x, y, epochs: 10, progress: new ProgressLine(Console.Error));
/// // Epoch  3/10 [=========&gt;..........] 214/469  loss 0.3127, accuracy 0.9082  1.2 s</code></example>
public sealed class ProgressLine : IProgress<TrainingProgress>
{
    private const int BarWidth = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private long _lastWrite;
    private int _width;

    /// <summary>A line on a terminal.</summary>
    /// <param name="writer">Understands a carriage return; it is flushed and stays open.</param>
    public ProgressLine(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
    }

    /// <summary>Writes at most ten times a second, and whenever an epoch is finished.</summary>
    public void Report(TrainingProgress value)
    {
        if (value.FinishedEpoch is { } finished)
        {
            Write($"{Head(value)}  {finished.Logs}  {Seconds(finished.Seconds)}", end: "\n");
            (_width, _lastWrite) = (0, 0);
            return;
        }
        if (_lastWrite != 0 && Stopwatch.GetElapsedTime(_lastWrite) < Interval)
            return;
        _lastWrite = Stopwatch.GetTimestamp();
        string accuracy = value.Accuracy is { } share ? string.Create(CultureInfo.InvariantCulture, $", accuracy {share:G4}") : "";
        string loss = string.Create(CultureInfo.InvariantCulture, $"loss {value.Loss:G4}");
        Write($"{Head(value)}  {loss}{accuracy}  {Seconds(value.Elapsed.TotalSeconds)}", end: "");
    }

    private static string Head(TrainingProgress value)
    {
        int done = (int)((long)BarWidth * value.Batch / value.BatchCount);
        string bar = done == BarWidth ? new string('=', BarWidth) : new string('=', done) + '>' + new string('.', BarWidth - 1 - done);
        string epoch = Padded(value.Epoch, value.EpochCount), batch = Padded(value.Batch, value.BatchCount);
        return $"Epoch {epoch}/{value.EpochCount} [{bar}] {batch}/{value.BatchCount}";
    }

    private static string Padded(int number, int largest)
    {
        int digits = largest.ToString(CultureInfo.InvariantCulture).Length;
        return number.ToString(CultureInfo.InvariantCulture).PadLeft(digits);
    }

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");

    // Blanks cover the end of a longer text before.
    private void Write(string text, string end)
    {
        _writer.Write('\r' + text.PadRight(_width) + end);
        _writer.Flush();
        _width = text.Length;
    }
}
