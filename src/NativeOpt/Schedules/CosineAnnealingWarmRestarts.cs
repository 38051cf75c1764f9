using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// PyTorch's CosineAnnealingWarmRestarts, SGDR (Loshchilov &amp; Hutter 2016, https://arxiv.org/abs/1608.03983): periods of t0,
/// t0*tMult, t0*tMult^2 ... steps, in each <c>etaMin + (initial - etaMin) * (1 + cos(pi * position/length))/2</c>.
/// </summary>
public sealed record CosineAnnealingWarmRestarts : Schedule
{
    /// <summary>PyTorch's defaults: periods of the same length, down to 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CosineAnnealingWarmRestarts(double initialLearningRate, long t0) => (InitialLearningRate, T0) = (initialLearningRate, t0);

    /// <summary>The rate at every restart; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps of the first period; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long T0 { get; init => field = RequireSteps.AtLeastOne(value, nameof(T0)); }

    /// <summary>Length of a period divided by that of the one before; at least 1, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long TMult { get; init => field = RequireSteps.AtLeastOne(value, nameof(TMult)); } = 1;

    /// <summary>The rate that each period approaches; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EtaMin { get; init => field = Require.NotNegative(value, nameof(EtaMin)); }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<CosineAnnealingWarmRestarts>("cosine_annealing_warm_restarts",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("t_0"))
        {
            TMult = settings.Whole("t_mult", 1),
            EtaMin = settings.Number("eta_min", 0),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("t_0", schedule.T0)
            .With("t_mult", schedule.TMult, missing: 1L)
            .With("eta_min", schedule.EtaMin, missing: 0.0),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        long length = T0;
        long position = t;
        if (TMult == 1)
            position %= length;
        while (position >= length)
        {
            position -= length;
            length = length > long.MaxValue / TMult ? long.MaxValue : length * TMult;
        }
        return EtaMin + (InitialLearningRate - EtaMin) * (1 + Math.Cos(Math.PI * position / length)) / 2;
    }
}
