using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NativeOpt.Benchmarks.Thin;
using Perfolizer.Horology;
using Perfolizer.Metrology;

namespace NativeOpt.Benchmarks;

/// <summary>
/// Few and short iterations, so that the whole set is a matter of minutes on a small machine. Medians, because machines are
/// shared: a mean would carry the neighbours' noise.
/// </summary>
public sealed class ShortConfig : ManualConfig
{
    /// <summary>Whether NOPT_BENCH=full asks for every size.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("NOPT_BENCH") == "full";

    /// <summary>The configuration of all benchmarks here.</summary>
    public ShortConfig()
    {
        // A process for each benchmark keeps them apart; the quick set does without, as it takes longer than the benchmarks.
        AddJob((IsFull ? Job.Default : Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .WithIterationTime(TimeInterval.FromMilliseconds(IsFull ? 250 : 60))
            .WithWarmupCount(IsFull ? 5 : 2)
            .WithIterationCount(IsFull ? 15 : 5));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Metrics);
        AddColumn(StatisticColumn.Median, StatisticColumn.Min, BaselineRatioColumn.RatioMean);
        AddExporter(MarkdownExporter.GitHub);
        if (!OpenBlas.IsAvailable)
            AddFilter(new SimpleFilter(benchmark => benchmark.Descriptor.WorkloadMethod.Name != nameof(DenseBenchmarks.OpenBlas)));
        WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Microsecond).WithSizeUnit(SizeUnit.B));
        WithOptions(ConfigOptions.DisableLogFile);
    }
}
