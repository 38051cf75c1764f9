using System.Globalization;
using System.Text.RegularExpressions;

namespace NativeOpt;

/// <summary>Something that <see cref="TrainingDoctor"/> has found.</summary>
/// <param name="Illness">What it is.</param>
/// <param name="Layer">The layer where it was found first; null: it is not about a layer.</param>
/// <param name="Step">The training step of this Fit after which it was found, from 1.</param>
/// <param name="Epoch">Its epoch, from 0.</param>
/// <param name="Measure">What was measured, in words.</param>
/// <param name="Value">The measured value; NaN where it is about one that is not finite.</param>
/// <param name="Limit">The limit that it is beyond.</param>
/// <param name="Advice">What usually helps.</param>
public sealed partial record TrainingFinding(
    TrainingIllness Illness, string? Layer, long Step, int Epoch, string Measure, double Value, double Limit, string Advice)
{
    /// <summary>The illness in words, such as "vanishing gradients".</summary>
    public string Name => Illness == TrainingIllness.NonFinite
        ? "non-finite"
        : WordStart().Replace(Illness.ToString(), " $0").Trim().ToLowerInvariant();

    /// <summary>
    /// "vanishing gradients: layer 'dense', step 12 (epoch 0): gradient of its outputs against that of the last layer's is 1.2E-05 (limit
    /// 0.003). Use relu ...".
    /// </summary>
    public override string ToString()
    {
        string place = Layer is null ? "" : $"layer '{Layer}', ";
        string value = Illness == TrainingIllness.NonFinite
            ? "not finite"
            : string.Create(CultureInfo.InvariantCulture, $"{Value:G3} (limit {Limit:G3})");
        return string.Create(CultureInfo.InvariantCulture, $"{Name}: {place}step {Step} (epoch {Epoch}): {Measure} is {value}. {Advice}");
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}
