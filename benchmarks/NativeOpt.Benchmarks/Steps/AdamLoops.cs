using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NativeOpt.Benchmarks.Steps;

/// <summary>Adam as one writes it by hand in C#, in three ways, on one thread; the numbers are those of step 10.</summary>
internal static class AdamLoops
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Step = 1.5e-10f, Epsilon = 1e-8f;

    /// <summary>Elements at a time where intermediate results are arrays: they stay in the first-level cache.</summary>
    private const int Block = 2048;

    /// <summary>An ordinary loop.</summary>
    public static void Scalar(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v, float stepSize = Step)
    {
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = Beta1 * m[i] + (1 - Beta1) * g[i];
            v[i] = Beta2 * v[i] + (1 - Beta2) * g[i] * g[i];
            w[i] -= stepSize * m[i] / (MathF.Sqrt(v[i]) + Epsilon);
        }
    }

    /// <summary>Calls of <see cref="TensorPrimitives"/>, block by block.</summary>
    public static void Primitives(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v)
    {
        Span<float> room = stackalloc float[2 * Block];
        for (int first = 0; first < w.Length; first += Block)
        {
            int count = Math.Min(Block, w.Length - first);
            UpdateBlock(w.Slice(first, count), g.Slice(first, count), m.Slice(first, count), v.Slice(first, count), room);
        }
    }

    /// <summary>Vectors of 512 bits.</summary>
    public static void Vectors(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v, float stepSize = Step)
    {
        ref float w0 = ref MemoryMarshal.GetReference(w), g0 = ref MemoryMarshal.GetReference(g);
        ref float m0 = ref MemoryMarshal.GetReference(m), v0 = ref MemoryMarshal.GetReference(v);
        Vector512<float> beta1 = Vector512.Create(Beta1), beta2 = Vector512.Create(Beta2), step = Vector512.Create(stepSize);
        Vector512<float> rest1 = Vector512.Create(1 - Beta1), rest2 = Vector512.Create(1 - Beta2), epsilon = Vector512.Create(Epsilon);
        int whole = w.Length - w.Length % Vector512<float>.Count;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> gradient = Vector512.LoadUnsafe(ref g0, i);
            Vector512<float> mean = beta1 * Vector512.LoadUnsafe(ref m0, i) + rest1 * gradient;
            Vector512<float> square = beta2 * Vector512.LoadUnsafe(ref v0, i) + rest2 * (gradient * gradient);
            mean.StoreUnsafe(ref m0, i);
            square.StoreUnsafe(ref v0, i);
            (Vector512.LoadUnsafe(ref w0, i) - step * mean / (Vector512.Sqrt(square) + epsilon)).StoreUnsafe(ref w0, i);
        }
        Scalar(w[whole..], g[whole..], m[whole..], v[whole..], stepSize);
    }

    private static void UpdateBlock(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v, Span<float> room)
    {
        Span<float> first = room[..w.Length], second = room.Slice(Block, w.Length);
        TensorPrimitives.Multiply(g, 1 - Beta1, first);
        TensorPrimitives.MultiplyAdd(m, Beta1, first, m);
        TensorPrimitives.Multiply(g, g, first);
        TensorPrimitives.Multiply(first, 1 - Beta2, first);
        TensorPrimitives.MultiplyAdd(v, Beta2, first, v);
        TensorPrimitives.Sqrt(v, first);
        TensorPrimitives.Add(first, Epsilon, first);
        TensorPrimitives.Multiply(m, Step, second);
        TensorPrimitives.Divide(second, first, second);
        TensorPrimitives.Subtract(w, second, w);
    }
}
