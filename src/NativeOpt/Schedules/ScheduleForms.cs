using System.Collections.Concurrent;
using NativeOpt.Text;

namespace NativeOpt.Schedules;

/// <summary>All schedules that have a name.</summary>
internal static class ScheduleForms
{
    private static readonly ScheduleForm[] BuiltIn =
    [
        ConstantSchedule.Form, ExponentialDecay.Form, ExponentialDecay.PyTorchForm, InverseTimeDecay.Form, PolynomialDecay.Form,
        PolynomialDecay.PyTorchForm, PiecewiseConstantDecay.Form, StepLR.Form, MultiStepLR.Form, ConstantLR.Form, LinearLR.Form,
        CosineDecay.Form, CosineAnnealingLR.Form, CosineDecayRestarts.Form, CosineAnnealingWarmRestarts.Form, CyclicLR.Form,
        CyclicMomentum.Form, OneCycleLR.Form, OneCycleMomentum.Form, NoamDecay.Form, WarmupStableDecay.Form, SwaLR.Form, SequentialSchedule.Form,
        ChainedSchedule.Form, EpochSchedule.Form,
    ];

    private static readonly ConcurrentDictionary<string, ScheduleForm> ByName =
        new(BuiltIn.ToDictionary(form => Normalize(form.Name)));

    private static readonly ConcurrentDictionary<Type, ScheduleForm> ByType =
        new(BuiltIn.Where(form => form.Type is not null).ToDictionary(form => form.Type!));

    /// <summary>Names that text may use.</summary>
    public static IReadOnlyCollection<string> Names => [.. ByName.Values.Select(form => form.Name).Order(StringComparer.Ordinal)];

    /// <summary>The form of a name; case, '_' and '-' do not matter.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest.</exception>
    public static ScheduleForm Find(string name) => ByName.TryGetValue(Normalize(name), out ScheduleForm? form)
        ? form
        : throw new ArgumentException(NearestName.Explain("schedule", name.Trim(), Names), nameof(name));

    /// <summary>The form of a schedule, or null where its type has none.</summary>
    public static ScheduleForm? Of(Schedule schedule) => ByType.GetValueOrDefault(schedule.GetType());

    /// <summary>Adds a schedule of the caller's own.</summary>
    /// <exception cref="ArgumentException">The name or the type is taken.</exception>
    public static void Add(ScheduleForm form)
    {
        if (!ByName.TryAdd(Normalize(form.Name), form))
            throw new ArgumentException($"A schedule called '{form.Name}' is registered already.", nameof(form));
        if (ByType.TryAdd(form.Type!, form))
            return;
        ByName.TryRemove(Normalize(form.Name), out _);
        throw new ArgumentException($"{form.Type!.Name} is registered already, as '{ByType[form.Type].Name}'.", nameof(form));
    }

    /// <summary>A name without what does not matter.</summary>
    public static string Normalize(string name) =>
        name.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
