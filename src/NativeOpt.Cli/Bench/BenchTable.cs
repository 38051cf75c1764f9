using System.Globalization;
using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Bench;

/// <summary>The results as text in 80 columns.</summary>
internal static class BenchTable
{
    /// <summary>Writes them.</summary>
    public static void Write(BenchResults results, TextWriter output)
    {
        MachineInfo machine = results.Machine;
        string threads = machine.Threads == 1 ? "1 thread" : $"{machine.Threads} threads";
        output.WriteLine($"{machine.Cpu}, {machine.InstructionSet}, {threads}; medians of {results.Rounds} rounds in turns");
        if (machine.Backend == Machine.Name(BackendKind.Managed))
            output.WriteLine($"only the managed backend runs: {machine.BackendReason}");
        output.WriteLine();
        Line(output, "optimizer steps, ns a parameter", "native", "native, GB/s", "managed", "native is");
        foreach (StepResult step in results.Steps)
            Line(output, $"{step.Rule}, {step.Parameters:#,0} parameters", Number(step.Native?.Median, 3),
                Number(step.Native is null ? null : step.Gigabytes(step.Native), 1), Number(step.Managed.Median, 3),
                Quicker(step.Native is null ? null : step.Managed.Median / step.Native.Median));
        output.WriteLine();
        Line(output, "dense layers, forward, GFLOP/s", "", "native", "managed", "native is");
        foreach (ProductResult product in results.Products)
            Line(output, $"{product.Batch} x {product.Inputs} x {product.Outputs}", "", Number(product.Native?.Median, 1),
                Number(product.Managed.Median, 1), Quicker(product.Native?.Median / product.Managed.Median));
        output.WriteLine();
        Line(output, "training, samples a second", "", "native", "managed", "native is");
        TrainingResult training = results.Training;
        Line(output, training.Network, "", Number(training.Native?.Median, 0), Number(training.Managed.Median, 0),
            Quicker(training.Native?.Median / training.Managed.Median));
    }

    private static void Line(TextWriter output, string what, string first, string second, string third, string ratio) =>
        output.WriteLine(FormattableString.Invariant($"{what,-32}{first,10}{second,14}{third,13}{ratio,12}").TrimEnd());

    private static string Number(double? value, int decimals) =>
        value?.ToString($"#,0.{new string('0', decimals)}", CultureInfo.InvariantCulture) ?? "-";

    private static string Quicker(double? ratio) => ratio is { } times ? Number(times, 1) + " x" : "";
}
