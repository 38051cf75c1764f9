using System.Globalization;

namespace NativeOpt.Benchmarks.Memory;

/// <summary>
/// Lets optimizers step over one matrix and prints, as CSV, what the process holds more for it afterwards, and at most while it steps:
/// <c>NativeOpt.Benchmarks memory</c>.
/// </summary>
internal static class MemoryRun
{
    private const int Rows = 1024, Columns = 2048, Parameters = Rows * Columns;

    /// <summary>Lookahead begins its slow weights with the sixth step.</summary>
    private const int Steps = 7;

    /// <summary>Rules and options; a rule around another and options that keep something are at the end.</summary>
    private static readonly string[] Optimizers =
    [
        "sgd", "momentum", "lion", "rmsprop", "adagrad", "adam", "adamw", "nadam", "adadelta", "amsgrad", "adan", "lars", "lamb", "prodigy",
        "adafactor", "sm3", "muon", "schedule_free_adamw", "adam(math_mode=fast)", "adam(clip_norm=1)", "adam(global_clip_norm=1)",
        "adam(gradient_accumulation_steps=2)", "adam(use_ema=true)", "lookahead(inner=adam)",
    ];

    /// <summary>Measures and prints.</summary>
    public static void Run()
    {
        if (!ProcessMemory.IsKnown)
        {
            Console.Error.WriteLine("skipped: memory, which is read from /proc of Linux");
            return;
        }
        float[] weights = Filled(0.5f), gradients = Filled(0.25f);
        Console.WriteLine("optimizer,backend,parameters,state,peak");
        BackendKind[] backends = ShortConfig.IsFull ? [BackendKind.Native, BackendKind.Managed] : [BackendKind.Native];
        foreach (BackendKind backend in backends)
        {
            Measure("adam", backend, weights, gradients); // what a process has once is not the first optimizer's
            foreach (string text in Optimizers)
            {
                (double state, double peak) = Measure(text, backend, weights, gradients);
                string name = backend == BackendKind.Native ? "native" : "managed";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text},{name},{Parameters},{state:F2},{peak:F2}"));
            }
        }
    }

    /// <returns>Bytes a parameter.</returns>
    private static (double State, double Peak) Measure(string text, BackendKind backend, float[] weights, float[] gradients)
    {
        long before = ProcessMemory.Now();
        ProcessMemory.ForgetPeak();
        using var optimizer = new Optimizer(OptimizerRule.Parse(text), backend);
        optimizer.Register("matrix", Rows, Columns);
        for (int step = 0; step < Steps; step++)
            optimizer.Step(weights, gradients);
        long peak = ProcessMemory.Peak(), now = ProcessMemory.Now();
        return ((double)(now - before) / Parameters, (double)(Math.Max(peak, now) - before) / Parameters);
    }

    private static float[] Filled(float value)
    {
        var array = new float[Parameters];
        Array.Fill(array, value);
        return array;
    }
}
