using System.Globalization;
using System.Numerics;
using System.Text.Json;
using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Runs a golden optimizer case and compares the weights at the recorded steps.</summary>
internal static class GoldenReplay
{
    private const double Float64Tolerance = 1e-11;

    /// <summary>Floats where the other library ran in double only.</summary>
    private const double Float32ToFloat64Tolerance = 1e-5;

    /// <summary>
    /// Relative to max(|w|, 1), floats are allowed 2e-6 or four times what the library's own float run drifted from its double
    /// run. Where a case is marked as chaotic, steps with a drift above this are not compared.
    /// </summary>
    private const double Float32Tolerance = 2e-6, ChaoticDrift = 1e-4;

    /// <summary>Replays in float.</summary>
    /// <returns>Number of recorded steps that were compared.</returns>
    public static int RunFloat32(GoldenFile file, GoldenCase golden, IBackend backend)
    {
        using var optimizer = new Optimizer(GoldenRule.Create(golden), backend);
        bool chaotic = golden.Has("tolerance_note");
        return Replay<float>(file, golden, optimizer, step =>
        {
            if (!golden.Has("f32_vs_f64_err"))
                return Float32ToFloat64Tolerance;
            double drift = golden.Number($"f32_vs_f64_err.{step}");
            return chaotic && drift > ChaoticDrift ? null : Math.Max(Float32Tolerance, 4 * drift);
        });
    }

    /// <summary>Replays in double on the managed backend.</summary>
    /// <returns>Number of recorded steps that were compared.</returns>
    public static int RunFloat64(GoldenFile file, GoldenCase golden, IBackend backend)
    {
        using var optimizer = new Optimizer(GoldenRule.Create(golden), backend, NoptDtype.F64);
        return Replay<double>(file, golden, optimizer, _ => Float64Tolerance);
    }

    private static int Replay<T>(GoldenFile file, GoldenCase golden, Optimizer optimizer, Func<int, double?> tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GoldenProblem<T> problem = GoldenProblem<T>.Read(file.Problem(golden.Text("problem")));
        HashSet<int> recorded = [.. golden.Json("expected.weights.float64").EnumerateObject()
            .Select(step => int.Parse(step.Name, CultureInfo.InvariantCulture))];
        (int Start, int End)[] variables = Variables(golden, problem.Start.Length);
        for (int i = 0; i < variables.Length; i++)
            optimizer.Register($"variable{i}", variables[i].End - variables[i].Start);

        T[] w = problem.Start;
        int compared = 0;
        for (int step = 1; step <= recorded.Max(); step++)
        {
            T[] gradient = problem.Gradient(w, step);
            Update(optimizer, w, gradient, variables);
            if (golden.Has("lr_change") && golden.Number("lr_change.after_step") == step)
                optimizer.LearningRate = golden.Number("lr_change.new_lr");
            if (!recorded.Contains(step) || tolerance(step) is not { } limit)
                continue;
            Close.AssertAll(golden.Numbers($"expected.weights.float64.{step}"), Array.ConvertAll(w, double.CreateTruncating), limit,
                $"{golden.Name}, step {step}, weights");
            if (golden.Has("expected.averaged_weights"))
                Close.AssertAll(golden.Numbers($"expected.averaged_weights.float64.{step}"),
                    Array.ConvertAll(SlotOf<T>(optimizer.Parameters[0], "ax"), double.CreateTruncating), limit,
                    $"{golden.Name}, step {step}, averaged weights");
            compared++;
        }
        return compared;
    }

    private static T[] SlotOf<T>(OptimizerParameter parameter, string slot) where T : unmanaged =>
        parameter.Block.FindSlot(parameter.Range, slot)!.Value.AsSpan<T>().ToArray();

    private static (int Start, int End)[] Variables(GoldenCase golden, int length) =>
        golden.Has("variables")
            ? [.. golden.Json("variables").EnumerateArray().Select(v => (v.GetProperty("from").GetInt32(), v.GetProperty("to").GetInt32()))]
            : [(0, length)];

    private static void Update<T>(Optimizer optimizer, T[] w, T[] gradient, (int Start, int End)[] variables)
    {
        if (w is float[] weights && gradient is float[] gradients)
            optimizer.Step([.. variables.Select((range, i) =>
                new ParameterUpdate($"variable{i}", weights.AsMemory(range.Start..range.End), gradients.AsMemory(range.Start..range.End)))]);
        else
            optimizer.StepDouble([.. variables.Select((range, i) => ($"variable{i}",
                ((double[])(object)w).AsMemory(range.Start..range.End), ((double[])(object)gradient).AsMemory(range.Start..range.End)))]);
    }
}
