using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>Up to a vector of elements: the first lanes, so that the end of an array needs no loop of its own.</summary>
internal static unsafe class VectorTail
{
    /// <summary>The first lanes from memory, zeros in the others.</summary>
    public static Vector<T> Load<T>(T* source, int count) where T : unmanaged
    {
        if (count == Vector<T>.Count)
            return Vector.Load(source);
        Vector<T> padded = Vector<T>.Zero;
        Unsafe.CopyBlockUnaligned(&padded, source, (uint)(count * sizeof(T)));
        return padded;
    }

    /// <summary>Writes the first lanes and nothing else.</summary>
    public static void Store<T>(Vector<T> value, T* destination, int count) where T : unmanaged
    {
        if (count == Vector<T>.Count)
            Vector.Store(value, destination);
        else
            Unsafe.CopyBlockUnaligned(destination, &value, (uint)(count * sizeof(T)));
    }

    /// <summary>The vector with zeros in all but the first lanes.</summary>
    public static Vector<T> Only<T>(Vector<T> value, int count) where T : unmanaged => Load((T*)&value, count);
}
