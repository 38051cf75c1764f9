using System.Numerics;
using NativeOpt.Regularization;
using System.Globalization;

namespace NativeOpt;

/// <summary>What <see cref="OrthogonalRegularizer"/> makes orthogonal.</summary>
public enum OrthogonalMode
{
    /// <summary>The rows of a kernel: the weights of one input each.</summary>
    Rows,

    /// <summary>The columns of a kernel: the weights of one output each.</summary>
    Columns,
}

/// <summary>
/// Draws the rows or columns of a matrix towards right angles: factor times the mean of |u v| over all pairs of different rows (or
/// columns) u and v, divided by their lengths first, as in Keras. Lengths below 1e-7 count as 1e-7.
/// </summary>
/// <remarks>
/// It costs size^2 times length multiplications a step, with size rows or columns: much for a kernel with many. It is computed in C# on
/// both backends.
/// </remarks>
public sealed record OrthogonalRegularizer : Regularizer
{
    /// <summary>A penalty of angles.</summary>
    /// <param name="factor">Finite, not negative; .01 by default as in Keras.</param>
    /// <param name="mode">Rows, as in Keras, or columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, NaN or infinite, or there is no such mode.</exception>
    public OrthogonalRegularizer(double factor = 0.01, OrthogonalMode mode = OrthogonalMode.Rows)
    {
        Factor = Require.NotNegative(factor, nameof(factor));
        Mode = Enum.IsDefined(mode)
            ? mode
            : throw new ArgumentOutOfRangeException(nameof(mode), mode, $"mode is {(int)mode}; there is no such one");
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <summary>What is made orthogonal.</summary>
    public OrthogonalMode Mode { get; }

    /// <inheritdoc/>
    public override double GetPenalty(ReadOnlySpan<float> values, ReadOnlySpan<int> shape) => Compute(values, shape, default);

    /// <inheritdoc/>
    public override void AddGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> gradients) =>
        Compute(values, shape, gradients);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"orthogonal_regularizer(factor={Factor}, mode={(Mode == OrthogonalMode.Rows ? "rows" : "columns")})");

    /// <inheritdoc/>
    internal override double GetPenalty(ReadOnlySpan<double> values, ReadOnlySpan<int> shape) => Compute(values, shape, default);

    /// <inheritdoc/>
    internal override void AddGradient(ReadOnlySpan<double> values, ReadOnlySpan<int> shape, Span<double> gradients) =>
        Compute(values, shape, gradients);

    /// <inheritdoc/>
    internal override void CheckShape(string name, ReadOnlySpan<int> shape)
    {
        if (shape.Length != 2)
            throw new ArgumentException(
                $"an orthogonal regularizer takes a matrix; '{name}' has {shape.Length} {(shape.Length == 1 ? "dimension" : "dimensions")}");
    }

    private double Compute<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> shape, Span<T> gradients) where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckShape(nameof(values), shape);
        (int rows, int columns) = (shape[0], shape[1]);
        int size = Mode == OrthogonalMode.Rows ? rows : columns;
        // One row or column is orthogonal to no other.
        if (size < 2)
            return 0;
        using var angles = new Angles<T>(values, rows, columns, Mode == OrthogonalMode.Columns);
        double factor = Factor / (size * (size - 1.0) / 2);
        if (!gradients.IsEmpty)
            angles.AddGradient(gradients, factor);
        return factor * angles.SumOfPairs();
    }
}
