using System.Globalization;

namespace NativeOpt;

/// <summary>What <see cref="TrainingDoctor"/> has measured in a layer at its last look.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="GradientNorm">Length of the gradient of all its parameters; 0 where none is trained.</param>
/// <param name="WeightNorm">Length of all its parameters, after the update.</param>
/// <param name="UpdateRatio">Length of the update divided by that of the parameters; about 0.001 is usual.</param>
/// <param name="OutputGradient">Root of the mean square of the gradient of its outputs; null where there is none.</param>
/// <param name="DeadShare">Share of its units that give 0 for every row; null where its activation is not relu.</param>
/// <param name="SaturatedShare">Share of its outputs at the ends of the range; null where its activation is not sigmoid or tanh.</param>
public sealed record LayerVitals(
    string Layer, double GradientNorm, double WeightNorm, double UpdateRatio, double? OutputGradient, double? DeadShare,
    double? SaturatedShare)
{
    /// <summary>"dense: gradient 0.0213, update/weight 0.0011, dead 12 %".</summary>
    public override string ToString()
    {
        string dead = DeadShare is { } share ? string.Create(CultureInfo.InvariantCulture, $", dead {share:P0}") : "";
        string saturated = SaturatedShare is { } part ? string.Create(CultureInfo.InvariantCulture, $", saturated {part:P0}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Layer}: gradient {GradientNorm:G3}, update/weight {UpdateRatio:G3}{dead}{saturated}");
    }
}
