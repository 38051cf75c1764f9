using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Schedules one after another, as PyTorch's SequentialLR: schedule i begins at milestone i - 1 and counts its own steps from 0
/// there, so the value at a milestone is the first value of the schedule after it.
/// </summary>
public sealed record SequentialSchedule : Schedule
{
    private readonly ValueList<Schedule> _schedules;
    private readonly ValueList<long> _milestones;

    /// <summary>One schedule more than milestones.</summary>
    /// <param name="schedules">At least one.</param>
    /// <param name="milestones">Ascending, each at least 1.</param>
    /// <exception cref="ArgumentException">The milestones do not ascend, or the numbers do not fit.</exception>
    public SequentialSchedule(IEnumerable<Schedule> schedules, IEnumerable<long> milestones)
    {
        _schedules = RequireSteps.Schedules(schedules, nameof(schedules));
        _milestones = RequireSteps.Ascending(milestones, nameof(milestones));
        if (_schedules.Count != _milestones.Count + 1)
            throw new ArgumentException(
                $"milestones has {_milestones.Count} elements; {_schedules.Count} schedules need {_schedules.Count - 1}.",
                nameof(milestones));
    }

    /// <summary>The schedules in their order.</summary>
    public IReadOnlyList<Schedule> Schedules => _schedules;

    /// <summary>The first step of each schedule but the first one.</summary>
    public IReadOnlyList<long> Milestones => _milestones;

    /// <summary>One list instead of a list of lists: joining is associative, and a long chain is looked up in one pass.</summary>
    internal static SequentialSchedule Join(Schedule first, Schedule next, long atStep)
    {
        var schedules = new List<Schedule>();
        var milestones = new List<long>();
        if (first is SequentialSchedule before)
        {
            int kept = before._milestones.Count(milestone => milestone < atStep);
            schedules.AddRange(before._schedules.Take(kept + 1));
            milestones.AddRange(before._milestones.Take(kept));
        }
        else
        {
            schedules.Add(first);
        }
        milestones.Add(atStep);
        if (next is SequentialSchedule after)
        {
            schedules.AddRange(after._schedules);
            milestones.AddRange(after._milestones.Select(milestone => checked(milestone + atStep)));
        }
        else
        {
            schedules.Add(next);
        }
        return new SequentialSchedule(schedules, milestones);
    }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<SequentialSchedule>("sequential",
        settings => new(settings.Schedules("schedules"), settings.Wholes("milestones")),
        schedule => new ScheduleSettings()
            .With("schedules", schedule.Schedules)
            .With("milestones", schedule.Milestones));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        int index = 0;
        while (index < _milestones.Count && _milestones[index] <= t)
            index++;
        return _schedules[index].ValueAt(index == 0 ? t : t - _milestones[index - 1]);
    }
}
