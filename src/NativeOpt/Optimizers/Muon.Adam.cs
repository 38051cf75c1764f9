using System.Text.RegularExpressions;
using NativeOpt.Optimizers;
using NativeOpt.Schedules;

namespace NativeOpt;

// The parameters that Muon hands to AdamW, and the settings of that.
public sealed partial record Muon
{
    /// <summary>AdamW's share of the mean of the gradient that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double AdamBeta1 { get; init => field = Require.DecayRate(value, nameof(AdamBeta1)); } = 0.9;

    /// <summary>AdamW's share of the mean of the squared gradient that survives a step, in [0, 1); 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double AdamBeta2 { get; init => field = Require.DecayRate(value, nameof(AdamBeta2)); } = 0.999;

    /// <summary>AdamW's epsilon, as Keras calls it; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-7;

    /// <summary>Added under AdamW's root, as in optax; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double AdamEpsilonRoot { get; init => field = Require.NotNegative(value, nameof(AdamEpsilonRoot)); }

    /// <summary>AdamW's weight decay; finite and not negative, 0.004 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double AdamWeightDecay { get; init => field = Require.NotNegative(value, nameof(AdamWeightDecay)); } = 0.004;

    /// <summary>
    /// AdamW's learning rate as a share of Muon's; finite and not negative, 1 by default. AdamW's decay takes Muon's learning rate as it
    /// is, as in Keras.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double AdamLearningRateRatio
    {
        get;
        init => field = Require.NotNegative(value, nameof(AdamLearningRateRatio));
    } = 1;

    /// <summary>
    /// optax' learning rate for AdamW, for its decay too; finite and not negative. Null (default): Muon's times AdamLearningRateRatio.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double? AdamLearningRate
    {
        get;
        init => field = value is { } rate ? Require.NotNegative(rate, nameof(AdamLearningRate)) : null;
    }

    /// <summary>Whether parameters with "embedding" in their name, in any case, go to AdamW; true by default.</summary>
    public bool ExcludeEmbeddings { get; init; } = true;

    /// <summary>
    /// Regular expressions: parameters in whose name one of them is found go to AdamW, such as "dense_2/" for the last layer. Empty by
    /// default.
    /// </summary>
    /// <exception cref="ArgumentException">One is no regular expression.</exception>
    public IReadOnlyList<string> ExcludeLayers
    {
        get;
        init => field = CheckExpressions(value, nameof(ExcludeLayers));
    } = new ValueList<string>([]);

    internal override int ShareCount => 2;

    internal override RuleShare[] CreateShares() =>
        [new RuleShare(string.Empty, this), new RuleShare("adamw", new MuonAdam(this) { Maximize = Maximize })];

    internal override int ShareOf(string parameter, IReadOnlyList<int> shape) => shape.Count == 2 && !IsExcluded(parameter) ? 0 : 1;

    private bool IsExcluded(string parameter) =>
        (ExcludeEmbeddings && parameter.Contains("embedding", StringComparison.OrdinalIgnoreCase))
        || ExcludeLayers.Any(expression => Regex.IsMatch(parameter, expression, RegexOptions.CultureInvariant));

    private static ValueList<string> CheckExpressions(IReadOnlyList<string> expressions, string name)
    {
        ArgumentNullException.ThrowIfNull(expressions, name);
        foreach (string expression in expressions)
            try
            {
                _ = Regex.IsMatch(string.Empty, expression, RegexOptions.CultureInvariant);
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException(
                    $"{name} has '{expression}'; it must be a regular expression: {exception.Message}", name, exception);
            }
        return new ValueList<string>(expressions);
    }
}
