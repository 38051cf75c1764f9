using System.Numerics;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>What is done to one vector of a line.</summary>
internal interface ILineStep<T> where T : unmanaged, INumberBase<T>
{
    /// <param name="place">A whole vector, or its first elements.</param>
    /// <param name="i">Position of its first element.</param>
    /// <param name="lane">The same within a line of 16.</param>
    void Apply(in Place<T> place, long i, int lane);
}

/// <summary>Walks and numbers that the matrix rules share, in the order of the native core.</summary>
internal static unsafe class MatrixMath
{
    /// <summary>Applies a step to the vectors of [begin, begin + count).</summary>
    public static void ForEachVector<T, TStep>(long begin, long count, ref TStep step)
        where T : unmanaged, INumberBase<T>
        where TStep : struct, ILineStep<T>
    {
        int width = Vector<T>.Count;
        var whole = new Place<T>(width);
        long i = 0;
        for (; i + width <= count; i += width)
            step.Apply(whole, begin + i, (int)(i % LineLanes.Count));
        if (i < count)
            step.Apply(new Place<T>((int)(count - i)), begin + i, (int)(i % LineLanes.Count));
    }

    /// <summary>The sum of an array.</summary>
    public static T SumOf<T>(T* x, long count) where T : unmanaged, INumberBase<T>
    {
        var step = new SumStep<T> { X = x };
        ForEachVector<T, SumStep<T>>(0, count, ref step);
        return step.Sum.Total();
    }

    /// <summary>The larger one; NaN wins whatever operand it is in.</summary>
    public static T Larger<T>(T x, T y) where T : INumber<T> => T.IsNaN(x) || x > y ? x : y;

    /// <summary>The machine epsilon.</summary>
    public static T Epsilon<T>() where T : unmanaged, IFloatingPointIeee754<T> => T.BitIncrement(T.One) - T.One;

    /// <summary>sqrt(sum / count).</summary>
    public static T RootMean<T>(T sum, long count) where T : IFloatingPointIeee754<T> => T.Sqrt(sum / T.CreateTruncating(count));

    private struct SumStep<T> : ILineStep<T> where T : unmanaged, INumberBase<T>
    {
        public T* X;
        public LineSum<T> Sum;

        public void Apply(in Place<T> place, long i, int lane) => Sum.Add(lane, place.Load(X + i));
    }
}
