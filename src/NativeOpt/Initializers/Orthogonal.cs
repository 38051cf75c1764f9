using System.Numerics.Tensors;
using NativeOpt.Backends;
using NativeOpt.Initializers;

namespace NativeOpt;

/// <summary>
/// A random matrix whose columns are orthonormal, or its rows where there are more columns than rows (Saxe et al. 2014): the Q of the
/// QR decomposition of normal numbers, with the signs that make the diagonal of R positive.
/// </summary>
public sealed record Orthogonal : Initializer
{
    /// <summary>An initializer of orthogonal matrices times <paramref name="gain"/>, which is 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public Orthogonal(double gain = 1) => Gain = Require.Finite(gain, nameof(gain));

    /// <summary>Factor of the matrix.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    public override string ToString() => InitializerText.Write("orthogonal", ("gain", Gain));

    /// <inheritdoc/>
    internal override void Fill(in InitializerTarget target, IBackend backend)
    {
        target.RequireMatrix(this);
        (int rows, int columns) = (target.Shape[0], target.Shape[1]);
        (int length, int count) = (Math.Max(rows, columns), Math.Min(rows, columns));
        var vectors = new double[count][];
        for (int j = 0; j < count; j++)
        {
            vectors[j] = new double[length];
            for (int i = 0; i < length; i++)
                vectors[j][i] = NormalDeviates.At(target.Random, (long)i * count + j);
        }
        Orthonormalize(vectors);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                target.Write((long)row * columns + column, Gain * (rows >= columns ? vectors[column][row] : vectors[row][column]));
    }

    // Gram-Schmidt, each vector against those before it twice: that is enough (Giraud et al. 2005). R has a positive diagonal.
    private static void Orthonormalize(double[][] vectors)
    {
        for (int j = 0; j < vectors.Length; j++)
        {
            Span<double> v = vectors[j];
            for (int pass = 0; pass < 2; pass++)
                foreach (ReadOnlySpan<double> earlier in vectors.AsSpan(0, j))
                    TensorPrimitives.MultiplyAdd(earlier, -TensorPrimitives.Dot(earlier, v), v, v);
            TensorPrimitives.Divide(v, TensorPrimitives.Norm<double>(v), v);
        }
    }
}
