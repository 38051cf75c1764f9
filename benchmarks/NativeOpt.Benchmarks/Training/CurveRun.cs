using System.Diagnostics;
using System.Globalization;

namespace NativeOpt.Benchmarks.Training;

/// <summary>
/// Trains 784-width-10 with batches and hidden layers of many sizes and prints lines "axis,x,samples per second", once each: the
/// program that benchmarks/peers/curves.py runs in turns with PyTorch. Options are pairs: --backend native --threads 1
/// --batches 1,32 --widths 16,128.
/// </summary>
internal static class CurveRun
{
    private const int Inputs = 784, Classes = 10, Width = 128, Batch = 32;
    private const double Seconds = 0.08;

    /// <summary>Runs it.</summary>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var options = new ProgramOptions(arguments);
        NativeOptRuntime.ThreadCount = options.Number("--threads", 1);
        BackendKind backend = options.Text("--backend", "native") == "managed" ? BackendKind.Managed : BackendKind.Native;
        foreach (int batch in options.Numbers("--batches"))
            Print("batch", batch, Rate(backend, Width, batch));
        foreach (int width in options.Numbers("--widths"))
            Print("width", width, Rate(backend, width, Batch));
    }

    private static void Print(string axis, int x, double rate) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{axis},{x},{rate:F1}"));

    private static double Rate(BackendKind backend, int width, int batch)
    {
        int rows = Math.Max(4 * batch, 2048);
        var data = new InMemoryDataset(
            new Features(RandomData.Pixels(rows * Inputs), 1f / 255, rows, Inputs), RandomData.Labels(rows, Classes));
        using var trainer = new LibraryTrainer(backend, [Inputs, width, Classes], data);
        trainer.TrainEpoch(batch);
        long start = Stopwatch.GetTimestamp();
        int epochs = 0;
        do
        {
            trainer.TrainEpoch(batch);
            epochs++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds);
        return epochs * rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
