using System.Diagnostics;
using System.Globalization;

namespace NativeOpt.Benchmarks.Training;

/// <summary>
/// Trains one network and prints samples per second, one line an epoch: the program that benchmarks/peers/training.py runs in turns
/// with other libraries. Options are pairs: --network tutorial --backend native --threads 1 --batch 32 --rows 60000 --epochs 3.
/// </summary>
internal static class TrainingRun
{
    private const int Classes = 10;

    /// <summary>Runs it.</summary>
    /// <param name="arguments">What is left out has the values above; backends are native, managed, openblas and naive.</param>
    public static void Run(IReadOnlyList<string> arguments)
    {
        var options = new ProgramOptions(arguments);
        int[] widths = options.Text("--network", "tutorial") == "wide" ? [3072, 2048, 2048, Classes] : [784, 128, Classes];
        (int batch, int rows) = (options.Number("--batch", 32), options.Number("--rows", 60_000));
        NativeOptRuntime.ThreadCount = options.Number("--threads", 1);
        using ITrainer trainer = CreateTrainer(options.Text("--backend", "native"), widths, rows);
        for (int epoch = 0; epoch < options.Number("--epochs", 3); epoch++)
        {
            long start = Stopwatch.GetTimestamp();
            trainer.TrainEpoch(batch);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine((rows / seconds).ToString("F1", CultureInfo.InvariantCulture));
        }
    }

    private static ITrainer CreateTrainer(string backend, int[] widths, int rows)
    {
        byte[] pixels = RandomData.Pixels(rows * widths[0]);
        int[] labels = RandomData.Labels(rows, Classes);
        return backend switch
        {
            "naive" => new NaiveNetwork(widths, pixels, labels),
            "openblas" => new BlasNetwork(widths, pixels, labels),
            _ => new LibraryTrainer(backend == "managed" ? BackendKind.Managed : BackendKind.Native, widths,
                new InMemoryDataset(new Features(pixels, 1f / 255, rows, widths[0]), labels)),
        };
    }
}
