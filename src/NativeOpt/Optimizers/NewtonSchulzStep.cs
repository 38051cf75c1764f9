namespace NativeOpt;

/// <summary>Coefficients of one Newton-Schulz iteration of <see cref="Muon"/>: x becomes a*x + (b*A + c*A^2)*x with A = x*x^T.</summary>
/// <param name="A">Slope at 0.</param>
/// <param name="B">Of the third power.</param>
/// <param name="C">Of the fifth power.</param>
public readonly record struct NewtonSchulzStep(double A, double B, double C);
