using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// The schedules of an <see cref="Optimizer"/>: any setting of its rule that is a number can follow one, such as
/// <c>optimizer.Schedules["WeightDecay"] = new CosineDecay(1e-4, 1000)</c>.
/// </summary>
/// <remarks>
/// The value after t completed steps is used by step t + 1 (where gradients accumulate,
/// <see cref="OptimizerRule.ScheduleMicroSteps"/> says what a step is), and is held to the range of the setting before that step changes
/// anything: a step whose value is out of range fails with the setting's own message. A setting that switches a part of the rule
/// on or off (a momentum of 0) must stay on the side where the rule was when the optimizer was made.
/// </remarks>
public sealed class OptimizerSchedules
{
    private readonly Optimizer _optimizer;
    private readonly List<Entry> _entries = [];

    internal OptimizerSchedules(Optimizer optimizer) => _optimizer = optimizer;

    /// <summary>The schedule of a setting; null where it has none. Setting null brings back the value of the rule.</summary>
    /// <param name="setting">As <see cref="OptimizerRule.Parse"/> reads it: "weight_decay", "WeightDecay", "beta_1", "lr".</param>
    /// <exception cref="ArgumentException">
    /// The rule has no such setting, or it is not a number, or the value for the next step is outside its range, contradicts the
    /// rest of the rule, or switches a part of it on or off.
    /// </exception>
    /// <exception cref="InvalidOperationException">A step is open.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public Schedule? this[string setting]
    {
        get
        {
            if (OfAscent(setting) is { } others)
                return others[setting];
            RuleSetting found = Find(setting);
            return found.IsLearningRate ? _optimizer.LearningRateSchedule : _entries.Find(entry => entry.Setting == found).Schedule;
        }
        set
        {
            _optimizer.ThrowIfDisposed();
            _optimizer.ThrowIfStepIsOpen();
            if (OfAscent(setting) is { } others)
            {
                others[setting] = value;
                return;
            }
            RuleSetting found = Find(setting);
            if (found.IsLearningRate)
                _optimizer.SetLearningRate(value is null ? _optimizer.BaseRule.LearningRate : value);
            else
                Set(found, value);
        }
    }

    /// <summary>Gives the rule in force the values of the next step. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    /// <exception cref="InvalidOperationException">A value switches a part of the rule on or off.</exception>
    /// <param name="active">The rule in force.</param>
    /// <param name="position">How many steps schedules have counted.</param>
    /// <param name="updates">How many updates have been completed: the accumulation of gradients counts those.</param>
    internal void Apply(OptimizerRule active, long position, long updates)
    {
        if (_entries.Count == 0)
            return;
        foreach (Entry entry in _entries)
            entry.Assign(active, entry.Schedule.ValueAt(entry.Setting.CountsUpdates ? updates : position));
        active.ValidateAll();
        if (SwitchesKernel(active))
            throw new InvalidOperationException(ExplainSwitch(DescribeAll(position, updates)));
    }

    /// <summary>The settings that follow a schedule, apart from the learning rate.</summary>
    internal IEnumerable<(string Setting, Schedule Schedule)> All =>
        _entries.Select(entry => (entry.Setting.Name, entry.Schedule)).Concat(_optimizer.Ascent?.Schedules.All ?? []);

    /// <summary>The schedules of the climb of a <see cref="Sam"/>, where the setting is one of its.</summary>
    private OptimizerSchedules? OfAscent(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return _optimizer.Ascent is { } ascent && ascent.Has(setting) ? ascent.Schedules : null;
    }

    private RuleSetting Find(string setting) => _optimizer.BaseRule.FindSetting(setting);

    private void Set(RuleSetting setting, Schedule? schedule)
    {
        Action<OptimizerRule, double?> assign = setting.CreateAssignment() ?? throw new ArgumentException(
            $"{setting.Name} of {_optimizer.BaseRule.Name} is not a number; only numbers can follow a schedule.", nameof(setting));
        if (schedule is not null)
        {
            double next = schedule.ValueAt(setting.CountsUpdates ? _optimizer.StepCount : _optimizer.SchedulePosition);
            OptimizerRule trial = _optimizer.BaseRule with { };
            assign(trial, next);
            trial.ValidateAll();
            if (SwitchesKernel(trial))
                throw new ArgumentException(ExplainSwitch(Describe(setting, next)), nameof(schedule));
        }
        _entries.RemoveAll(entry => entry.Setting == setting);
        assign(_optimizer.ActiveRule, (double?)setting.Read(_optimizer.BaseRule));
        if (schedule is not null)
            _entries.Add(new Entry(setting, assign, schedule));
    }

    /// <summary>Kernel and slots were chosen when the optimizer was made.</summary>
    private bool SwitchesKernel(OptimizerRule active) =>
        active.KernelName != _optimizer.BaseRule.KernelName || active.Variant != _optimizer.BaseRule.Variant
        || _optimizer.Layout.Differs(active);

    private string ExplainSwitch(string values) =>
        $"A schedule gives {values}, which switches a part of {_optimizer.Rule} on or off; the rule and its schedules must agree on that.";

    /// <summary>On its own, because a method with a closure allocates it whether it is needed or not.</summary>
    private string DescribeAll(long position, long updates) => string.Join(", ", _entries.Select(entry =>
        Describe(entry.Setting, entry.Schedule.ValueAt(entry.Setting.CountsUpdates ? updates : position))));

    private static string Describe(RuleSetting setting, double value) => FormattableString.Invariant($"{setting.Name}={value}");

    private readonly record struct Entry(RuleSetting Setting, Action<OptimizerRule, double?> Assign, Schedule Schedule);
}
