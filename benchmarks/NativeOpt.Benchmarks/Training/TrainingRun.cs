using System.Diagnostics;
using System.Globalization;

namespace NativeOpt.Benchmarks.Training;

/// <summary>
/// Trains one network and prints samples per second, one line an epoch: the program that benchmarks/peers/training.py runs in turns
/// with other libraries. Options are pairs: --network tutorial --backend native --threads 1 --batch 32 --rows 60000 --epochs 3.
/// </summary>
public static class TrainingRun
{
    private const int Classes = 10;

    /// <summary>Runs it.</summary>
    /// <param name="options">Names and values in turns; what is left out has the values above.</param>
    public static void Run(IReadOnlyList<string> options)
    {
        string Option(string name, string otherwise)
        {
            for (int i = 0; i + 1 < options.Count; i += 2)
                if (options[i] == name)
                    return options[i + 1];
            return otherwise;
        }
        int Number(string name, int otherwise) => int.Parse(
            Option(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

        int[] widths = Option("--network", "tutorial") == "wide" ? [3072, 2048, 2048, Classes] : [784, 128, Classes];
        (int batch, int rows) = (Number("--batch", 32), Number("--rows", 60_000));
        using ITrainer trainer = CreateTrainer(Option("--backend", "native"), Number("--threads", 1), widths, rows);
        for (int epoch = 0; epoch < Number("--epochs", 3); epoch++)
        {
            long start = Stopwatch.GetTimestamp();
            trainer.TrainEpoch(batch);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine((rows / seconds).ToString("F1", CultureInfo.InvariantCulture));
        }
    }

    private static ITrainer CreateTrainer(string backend, int threads, int[] widths, int rows)
    {
        byte[] pixels = RandomPixels(rows * widths[0]);
        int[] labels = RandomLabels(rows);
        if (backend == "naive")
            return new NaiveNetwork(widths, pixels, labels);
        NativeOptRuntime.ThreadCount = threads;
        var data = new InMemoryDataset(new Features(pixels, 1f / 255, rows, widths[0]), labels);
        return new LibraryTrainer(backend == "managed" ? BackendKind.Managed : BackendKind.Native, widths, data);
    }

    private static byte[] RandomPixels(int count)
    {
        var pixels = new byte[count];
        new Random(1).NextBytes(pixels);
        return pixels;
    }

    private static int[] RandomLabels(int count)
    {
        var random = new Random(2);
        var labels = new int[count];
        for (int i = 0; i < count; i++)
            labels[i] = random.Next(Classes);
        return labels;
    }
}
