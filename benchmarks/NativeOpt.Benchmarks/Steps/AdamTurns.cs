using System.Globalization;
using NativeOpt.Cli.Bench;

namespace NativeOpt.Benchmarks.Steps;

/// <summary>
/// Adam through <c>Optimizer.Step</c> on ordinary arrays and the loops of <see cref="AdamLoops"/>, which take turns in one process. Prints
/// CSV: <c>NativeOpt.Benchmarks turns [sizes]</c>. The process needs two processors: on one the runtime does not come to compile the
/// loops for good.
/// </summary>
internal static class AdamTurns
{
    private const int CountedSteps = 100;
    private static readonly int[] Sizes = [1_000, 100_000, 1_000_000, 10_000_000];

    private static Turns Turns { get; } = ShortConfig.IsFull ? new Turns(15, 3e-3, 1.5) : new Turns(7, 3e-3, 0.4);

    /// <summary>Measures and prints.</summary>
    public static void Run(IEnumerable<string> sizes)
    {
        NativeOptRuntime.ThreadCount = 1;
        int[] counts = [.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        Console.WriteLine("n,threads,NativeOpt us,peer,ratio,low,high,allocated");
        foreach (int count in counts.Length > 0 ? counts : Sizes)
            Measure(count);
    }

    private static void Measure(int count)
    {
        float[] w = Filled(count), g = Filled(count), m = Filled(count), v = Filled(count);
        var rule = new Adam { LearningRate = 1e-10 };
        using var exact = new Optimizer(rule, BackendKind.Native);
        using var fast = new Optimizer(rule with { MathMode = MathMode.Fast }, BackendKind.Native);
        using var managed = new Optimizer(rule, BackendKind.Managed);
        (string Name, Action Step)[] contestants =
        [
            ("NativeOpt", () => exact.Step(w, g)),
            ("Fast", () => fast.Step(w, g)),
            ("managed", () => managed.Step(w, g)),
            ("scalar C#", () => AdamLoops.Scalar(w, g, m, v)),
            ("TensorPrimitives", () => AdamLoops.Primitives(w, g, m, v)),
            ("Vector512 in C#", () => AdamLoops.Vectors(w, g, m, v)),
        ];
        Sample[] times = Turns.Take([.. contestants.Select(contestant => contestant.Step)]);
        double allocated = AllocatedBy(contestants[0].Step);
        for (int i = 1; i < times.Length; i++)
        {
            Sample ratio = times[i].Over(times[0]);
            string own = string.Create(CultureInfo.InvariantCulture, $"{count},1,{1e6 * times[0].Median:F3},{contestants[i].Name},");
            Console.WriteLine(own + string.Create(CultureInfo.InvariantCulture,
                $"{ratio.Median:F2},{ratio.Low:F2},{ratio.High:F2},{allocated:F0}"));
        }
    }

    /// <summary>Bytes of managed memory a step.</summary>
    private static double AllocatedBy(Action step)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < CountedSteps; i++)
            step();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / CountedSteps;
    }

    private static float[] Filled(int count) => [.. Enumerable.Range(0, count).Select(i => 0.25f + i % 101 / 202f)];
}
