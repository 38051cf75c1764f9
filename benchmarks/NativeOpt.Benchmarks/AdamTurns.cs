using System.Diagnostics;
using System.Globalization;

namespace NativeOpt.Benchmarks;

/// <summary>
/// Adam through <c>Optimizer.Step</c> on ordinary arrays and the loops of <see cref="AdamLoops"/>, which take turns in one process: on a
/// shared machine only the ratios of such turns mean anything. Prints a Markdown table: <c>NativeOpt.Benchmarks turns [sizes]</c>. The
/// process needs two processors: on one the runtime does not come to compile the loops for good.
/// </summary>
internal static class AdamTurns
{
    private const int Rounds = 15;
    private static readonly int[] Sizes = [1_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>Measures and prints.</summary>
    public static void Run(IEnumerable<string> sizes)
    {
        NativeOptRuntime.ThreadCount = 1;
        int[] counts = [.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        Console.WriteLine("| Adam, 1 thread, n | NativeOpt, us | bytes allocated | Fast | scalar C# | TensorPrimitives | Vector512 |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (int count in counts.Length > 0 ? counts : Sizes)
            Measure(count);
    }

    private static void Measure(int count)
    {
        float[] w = Filled(count), g = Filled(count), m = Filled(count), v = Filled(count);
        var rule = new Adam { LearningRate = 1e-10 };
        using var exact = new Optimizer(rule, BackendKind.Native);
        using var fast = new Optimizer(rule with { MathMode = MathMode.Fast }, BackendKind.Native);
        Action[] steps =
        [
            () => exact.Step(w, g), () => fast.Step(w, g), () => AdamLoops.Scalar(w, g, m, v), () => AdamLoops.Primitives(w, g, m, v),
            () => AdamLoops.Vectors(w, g, m, v),
        ];
        int[] repeats = [.. steps.Select(WarmUp)];
        var times = new double[steps.Length, Rounds];
        long allocated = -GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000 && count <= 1000; i++)
            exact.Step(w, g);
        allocated += GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
            for (int i = 0; i < steps.Length; i++)
                times[i, round] = Microseconds(steps[i], repeats[i]);
        double[] medians = [.. Enumerable.Range(0, steps.Length).Select(i =>
            Enumerable.Range(0, Rounds).Select(round => times[i, round]).Order().ElementAt(Rounds / 2))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {count} | {medians[0]:F2} | {allocated} | {string.Join(" | ", medians.Skip(1).Select(time => Ratio(time / medians[0])))} |"));
    }

    private static string Ratio(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture) + "x";

    /// <summary>Long enough for the runtime to have compiled everything for good.</summary>
    /// <returns>Calls that take long enough to forget what the turns before have left in the caches.</returns>
    private static int WarmUp(Action step)
    {
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        for (; calls < 30 || Stopwatch.GetElapsedTime(start).TotalSeconds < 1.5; calls++)
            step();
        return 3 + (int)(3000 / Microseconds(step, 10));
    }

    private static double Microseconds(Action step, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
            step();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeats;
    }

    private static float[] Filled(int count) => [.. Enumerable.Range(0, count).Select(i => 0.25f + i % 101 / 202f)];
}
