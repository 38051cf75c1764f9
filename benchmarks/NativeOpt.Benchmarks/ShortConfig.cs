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
    /// <param name="apart">Whether each benchmark gets a process of its own, which takes longer than the benchmark.</param>
    public ShortConfig(bool apart)
    {
        AddJob((apart ? Job.Default : Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .WithIterationTime(TimeInterval.FromMilliseconds(IsFull ? 250 : 60))
            .WithWarmupCount(IsFull ? 5 : 2)
            .WithIterationCount(IsFull ? 15 : 5));
        WithBuildTimeout(TimeSpan.FromMinutes(10)); // a busy machine takes its time
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
