namespace NativeOpt.Cli.Replay.Schedules;

/// <summary>
/// PyTorch's ChainedScheduler: at each step every scheduler makes a new rate out of the one that the scheduler before it has left.
/// Schedulers that multiply have a product; those that add or set the rate do not commute, so that the steps are gone through.
/// </summary>
/// <param name="initial">The optimizer's rate.</param>
/// <param name="links">The schedulers in their order.</param>
internal sealed class ChainedScheduler(double initial, IReadOnlyList<ChainedScheduler.Link> links)
{
    private readonly List<double> _values = [];

    /// <summary>What a scheduler makes of the rate at a step.</summary>
    public delegate double Link(double rate, long step);

    /// <summary>A scheduler whose factor of a step is the ratio of its values; <paramref name="factors"/> starts from the rate 1.</summary>
    public static Link Multiply(Schedule factors) =>
        (rate, step) => step == 0 ? rate * factors.ValueAt(0) : rate * (factors.ValueAt(step) / factors.ValueAt(step - 1));

    /// <summary>A scheduler that does not look at the rate.</summary>
    public static Link Set(Schedule schedule) => (_, step) => schedule.ValueAt(step);

    /// <summary>Cosine annealing: what is above eta_min is multiplied; from the lowest point, where it is 0, something is added.</summary>
    public static Link Anneal(CosineAnnealingLR cosine) => (rate, step) =>
    {
        double Above(long t) => 1 + Math.Cos(Math.PI * t / cosine.TMax);
        if (step == 0)
            return rate;
        if ((step - 1) % (2 * cosine.TMax) == cosine.TMax)
            return rate + (cosine.InitialLearningRate - cosine.EtaMin) * (1 - Math.Cos(Math.PI / cosine.TMax)) / 2;
        return Above(step) / Above(step - 1) * (rate - cosine.EtaMin) + cosine.EtaMin;
    };

    /// <summary>The rate at a step, from 0.</summary>
    public double At(long step)
    {
        while (_values.Count <= step)
        {
            long next = _values.Count;
            _values.Add(links.Aggregate(next == 0 ? initial : _values[^1], (rate, link) => link(rate, next)));
        }
        return _values[(int)step];
    }
}
