using System.Numerics;
using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using NativeOpt.Optimizers;

namespace NativeOpt.Gradients;

/// <summary>The work of <see cref="GradientClipping"/> for one element type, by the operations of the managed backend.</summary>
internal static unsafe class Clip<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static NoptDtype Dtype => typeof(T) == typeof(double) ? NoptDtype.F64 : NoptDtype.F32;

    public static void ByValue(Span<T> gradients, double limit)
    {
        T largest = T.CreateTruncating(Require.Positive(limit, nameof(limit)));
        foreach (ref T gradient in gradients)
            gradient = T.IsNaN(gradient) ? gradient : T.Clamp(gradient, -largest, largest);
    }

    public static double ByNorm(Span<T> gradients, in Clipping limit, bool errorIfNonFinite)
    {
        double norm = Norm(gradients, limit.Order);
        RefuseIfNonFinite(norm, errorIfNonFinite);
        Scale(gradients, limit.FactorOf(norm));
        return norm;
    }

    public static double ByGlobalNorm(IReadOnlyList<Memory<T>> gradients, in Clipping limit, bool errorIfNonFinite)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        var total = default(NormTotal);
        for (int i = 0; i < gradients.Count; i++)
            total.Add(Norm(gradients[i].Span, limit.Order), limit.Order);
        double norm = gradients.Count == 0 ? 0 : total.Value;
        RefuseIfNonFinite(norm, errorIfNonFinite);
        double factor = limit.FactorOf(norm);
        for (int i = 0; i < gradients.Count; i++)
            Scale(gradients[i].Span, factor);
        return norm;
    }

    public static double Norm(ReadOnlySpan<T> gradients, double order)
    {
        double norm = 0;
        fixed (T* g = gradients)
        {
            var segment = new NoptSegment { Count = gradients.Length };
            var prologue = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
            var args = new NoptGradientNormArgs
            {
                Dtype = (int)Dtype,
                Order = order,
                Length = gradients.Length,
                Parameters = g,
                Gradients = g,
                Segments = &segment,
                SegmentCount = gradients.IsEmpty ? 0 : 1,
                Prologues = &prologue,
                RowCount = 1,
                Norms = &norm,
            };
            GradientNorm.Run(&args);
        }
        return norm;
    }

    public static void Adaptive(Span<T> gradients, ReadOnlySpan<T> weights, int units, double clipping, double epsilon)
    {
        Require.Positive(units, nameof(units));
        Require.Positive(clipping, nameof(clipping));
        Require.NotNegative(epsilon, nameof(epsilon));
        if (gradients.Length != weights.Length)
            throw new ArgumentException($"gradients has {gradients.Length} elements, weights has {weights.Length}.", nameof(gradients));
        if (gradients.Length % units != 0)
            throw new ArgumentException(
                $"gradients has {gradients.Length} elements, and units is {units}; it must divide them.", nameof(units));
        if (weights.Overlaps(gradients))
            throw new ArgumentException("gradients shares memory with weights; the two must not overlap.", nameof(gradients));
        fixed (T* g = gradients)
        fixed (T* w = weights)
        {
            var args = new NoptAdaptiveClipArgs
            {
                Clipping = clipping,
                Epsilon = epsilon,
                GradientScale = 1,
                W = MatrixOf(w, gradients.Length, units),
                G = MatrixOf(g, gradients.Length, units),
                Y = MatrixOf(g, gradients.Length, units),
            };
            AdaptiveClip.Run(&args, new Scratch());
        }
    }

    private static NoptMatrix MatrixOf(T* data, int length, int columns) =>
        new() { Data = data, Rows = length / columns, Columns = columns, Stride = columns, Dtype = (int)Dtype };

    private static void Scale(Span<T> gradients, double factor)
    {
        if (factor == 1)
            return;
        T rounded = T.CreateTruncating(factor);
        foreach (ref T gradient in gradients)
            gradient *= rounded;
    }

    private static void RefuseIfNonFinite(double norm, bool refuse)
    {
        if (refuse && !double.IsFinite(norm))
            throw new NotFiniteNumberException($"The norm of the gradients is {norm}; nothing was clipped.", norm);
    }
}
