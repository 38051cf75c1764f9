using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// PyTorch's SWALR, which goes to the learning rate of stochastic weight averaging and stays there:
/// <c>initial + (swa - initial) * a(t/annealEpochs)</c> with <c>a(s) = (1 - cos(pi*s))/2</c> or <c>a(s) = s</c>. It counts epochs, from
/// the first that is averaged.
/// </summary>
public sealed record SwaLR : Schedule
{
    /// <summary>PyTorch's defaults: 10 epochs, half a cosine.</summary>
    /// <param name="initialLearningRate">The rate before.</param>
    /// <param name="swaLearningRate">The rate it goes to.</param>
    /// <param name="annealEpochs">Steps from one to the other; 0: at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public SwaLR(double initialLearningRate, double swaLearningRate, long annealEpochs = 10) =>
        (InitialLearningRate, SwaLearningRate, AnnealEpochs) = (initialLearningRate, swaLearningRate, annealEpochs);

    /// <summary>The rate before; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>The rate it goes to; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double SwaLearningRate { get; init => field = Require.NotNegative(value, nameof(SwaLearningRate)); }

    /// <summary>Steps from one to the other, at least 0; 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long AnnealEpochs { get; init => field = RequireSteps.NotNegative(value, nameof(AnnealEpochs)); }

    /// <summary>Half a cosine (default) or a straight line.</summary>
    public AnnealStrategy AnnealStrategy { get; init; }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<SwaLR>("swa_lr",
        settings => new(settings.Number("initial_learning_rate"), settings.Number("swa_learning_rate"), settings.Whole("anneal_epochs", 10))
        {
            AnnealStrategy = settings.Choice("anneal_strategy", AnnealStrategy.Cos),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("swa_learning_rate", schedule.SwaLearningRate)
            .With("anneal_epochs", schedule.AnnealEpochs, missing: 10L)
            .With("anneal_strategy", schedule.AnnealStrategy, missing: AnnealStrategy.Cos),
        ("lr", "initial_learning_rate"), ("swa_lr", "swa_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        if (t >= AnnealEpochs)
            return SwaLearningRate;
        double share = (double)t / AnnealEpochs;
        double alpha = AnnealStrategy == AnnealStrategy.Cos ? (1 - Math.Cos(Math.PI * share)) / 2 : share;
        return SwaLearningRate * alpha + InitialLearningRate * (1 - alpha);
    }
}
