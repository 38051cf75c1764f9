using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>A place in memory for one vector: all of it, or its first elements at the end of a line.</summary>
internal readonly unsafe struct Place<T>(int count) where T : unmanaged, INumberBase<T>
{
    private readonly int _count = count;

    /// <summary>The elements at <paramref name="source"/>; lanes that have none are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Load(T* source) => VectorTail.Load(source, _count);

    /// <summary>The same with another number in lanes that have no element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Load(T* source, T fill)
    {
        if (_count == Vector<T>.Count)
            return Vector.Load(source);
        Vector<T> padded = Vector.Create(fill);
        Unsafe.CopyBlockUnaligned(&padded, source, (uint)(_count * sizeof(T)));
        return padded;
    }

    /// <summary>Writes the elements that there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector<T> value, T* destination) => VectorTail.Store(value, destination, _count);

    /// <summary>The same for state: subnormal floats become zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreState(Vector<T> value, T* destination) => Store(VectorMath.FlushSubnormals(value), destination);
}
