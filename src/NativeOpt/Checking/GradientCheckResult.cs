using System.Globalization;

namespace NativeOpt;

/// <summary>How far gradients are from the slopes they should be.</summary>
/// <param name="LargestError">Largest |gradient - slope| / max(|gradient|, |slope|, 1) of the elements compared.</param>
/// <param name="Where">The element it is at, such as "dense/kernel[3, 1]" or "x[0, 2]".</param>
/// <param name="Gradient">What backward says there.</param>
/// <param name="Slope">The central difference of the loss there.</param>
/// <param name="Compared">Number of elements compared.</param>
public sealed record GradientCheckResult(double LargestError, string Where, double Gradient, double Slope, int Compared)
{
    /// <summary>"largest error 3.1e-10 at dense/kernel[3, 1]: gradient 0.25, slope 0.25 (of 42 elements)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"largest error {LargestError:G3} at {Where}: gradient {Gradient:G10}, slope {Slope:G10} (of {Compared} elements)");
}
