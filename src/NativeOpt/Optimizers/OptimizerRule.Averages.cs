namespace NativeOpt;

// Averages of weights beside the rule.
public abstract partial record OptimizerRule
{
    private static readonly RuleSetting[] AverageSettings =
    [
        RuleSetting.Flag<OptimizerRule>("use_ema", rule => rule.UseEma, (rule, value) => rule with { UseEma = value }),
        RuleSetting.Number<OptimizerRule>("ema_momentum", rule => rule.EmaMomentum, (rule, value) => rule with { EmaMomentum = value }),
        RuleSetting.OptionalWholeNumber<OptimizerRule>("ema_overwrite_frequency", rule => rule.EmaOverwriteFrequency,
            (rule, value) => rule with { EmaOverwriteFrequency = value }),
    ];

    /// <summary>
    /// Keeps an exponential average of the weights (Polyak averaging), as Keras' use_ema: after the first step it is the weights, after
    /// every other <c>average = EmaMomentum * average + (1 - EmaMomentum) * w</c>, before constraints. False by default.
    /// <see cref="Optimizer.GetAverageWeights"/> copies it out; a Fit ends by writing it into the model, as in Keras.
    /// </summary>
    public bool UseEma { get; init; }

    /// <summary>How much of the average survives a step, in [0, 1]; 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double EmaMomentum { get; init => field = Require.Fraction(value, nameof(EmaMomentum)); } = 0.99;

    /// <summary>
    /// So many steps apart the average is written into the weights during training; null (default): never. At least 1; it needs
    /// <see cref="UseEma"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? EmaOverwriteFrequency
    {
        get;
        init => field = value is { } steps ? Require.Positive(steps, nameof(EmaOverwriteFrequency)) : null;
    }
}
