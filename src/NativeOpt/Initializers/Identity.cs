using NativeOpt.Backends;
using NativeOpt.Initializers;

namespace NativeOpt;

/// <summary>A matrix with one number on its diagonal and 0 elsewhere; it need not be square.</summary>
public sealed record Identity : Initializer
{
    /// <summary>An initializer of the identity times <paramref name="gain"/>, which is 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public Identity(double gain = 1) => Gain = Require.Finite(gain, nameof(gain));

    /// <summary>The number on the diagonal.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    public override string ToString() => InitializerText.Write("identity", ("gain", Gain));

    /// <inheritdoc/>
    internal override void Fill(in InitializerTarget target, IBackend backend)
    {
        target.RequireMatrix(this);
        for (long i = 0; i < target.Count; i++)
            target.Write(i, i / target.Matrix.Columns == i % target.Matrix.Columns ? Gain : 0);
    }
}
