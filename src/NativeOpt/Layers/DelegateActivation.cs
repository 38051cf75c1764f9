using System.Numerics;
using System.Runtime.InteropServices;

namespace NativeOpt.Layers;

/// <summary>An activation made of two delegates of single precision.</summary>
internal sealed class DelegateActivation(string name, ActivationFunction function, ActivationGradient gradient) : CustomActivation
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        if (typeof(T) == typeof(float))
        {
            function(Floats(x), MemoryMarshal.Cast<T, float>(y));
            return;
        }
        var result = new float[y.Length];
        function(Rounded(x), result);
        Widen(result, y);
    }

    /// <inheritdoc/>
    public override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        if (typeof(T) == typeof(float))
        {
            gradient(Floats(x), Floats(y), Floats(dy), MemoryMarshal.Cast<T, float>(dx));
            return;
        }
        var result = new float[dx.Length];
        gradient(Rounded(x), Rounded(y), Rounded(dy), result);
        Widen(result, dx);
    }

    private static ReadOnlySpan<float> Floats<T>(ReadOnlySpan<T> values) where T : unmanaged => MemoryMarshal.Cast<T, float>(values);

    private static float[] Rounded<T>(ReadOnlySpan<T> values) where T : unmanaged, INumberBase<T>
    {
        var rounded = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
            rounded[i] = float.CreateTruncating(values[i]);
        return rounded;
    }

    private static void Widen<T>(float[] values, Span<T> wide) where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < values.Length; i++)
            wide[i] = T.CreateTruncating(values[i]);
    }
}
