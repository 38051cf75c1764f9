using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Models;
using NativeOpt.Cli.Output;
using NativeOpt.Text;

namespace NativeOpt.Cli.Comparison;

/// <summary>Every combination of the factors of a comparison.</summary>
internal static class ComparisonGrid
{
    /// <summary>
    /// The variants, the optimizers outermost. An optimizer that names its rate has it in every variant, and a schedule says what the rate
    /// is: neither is combined with the learning rates.
    /// </summary>
    /// <exception cref="InputException">A rule takes no schedule.</exception>
    public static IReadOnlyList<GridVariant> Create(CompareSettings settings) =>
    [
        .. from choice in settings.Optimizers
           from schedule in settings.Schedules
           from rate in Rates(settings, choice, schedule)
           from batch in settings.BatchSizes
           from initializer in settings.Initializers.DefaultIfEmpty(ModelText.DefaultInitializer)
           select new GridVariant(
               Label(settings, choice, schedule, rate, batch, initializer), choice.Name, choice.Label, Rule(choice, schedule, rate), batch,
               initializer, schedule == CompareSettings.NoSchedule ? null : schedule),
    ];

    private static IEnumerable<double?> Rates(CompareSettings settings, OptimizerChoice choice, string schedule) =>
        choice.NamesRate || schedule != CompareSettings.NoSchedule || settings.LearningRates.Count == 0
            ? [null]
            : settings.LearningRates.Select(rate => (double?)rate);

    private static OptimizerRule Rule(OptimizerChoice choice, string schedule, double? rate)
    {
        if (schedule == CompareSettings.NoSchedule)
            return rate is { } number ? choice.Rule.WithLearningRate(number) : choice.Rule;
        try
        {
            OptimizerRule rule = choice.Rule.WithLearningRate(Schedule.Parse(schedule));
            rule.RefuseSchedule(rule.LearningRate);
            return rule;
        }
        catch (ArgumentException e)
        {
            throw new InputException($"--schedule is '{schedule}'; with {choice.Label}: {ArgumentFailure.Sentence(e)}", e);
        }
    }

    private static string Label(
        CompareSettings settings, OptimizerChoice choice, string schedule, double? rate, int batch, string initializer)
    {
        var parts = new List<string> { choice.Label };
        if (rate is { } number && settings.LearningRates.Count > 1)
            parts.Add($"lr {NumberText.Number(number)}");
        if (settings.BatchSizes.Count > 1)
            parts.Add($"batch {batch}");
        if (settings.Initializers.Count > 1)
            parts.Add(initializer);
        if (settings.Schedules.Count > 1 && schedule != CompareSettings.NoSchedule)
            parts.Add(schedule);
        return string.Join(", ", parts);
    }
}
