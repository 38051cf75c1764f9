using System.Runtime.InteropServices;
using NativeOpt.Files;

namespace NativeOpt;

/// <summary>A named array as a file has it: <see cref="SafetensorsFile"/>, <see cref="NpzFile"/>, <see cref="NpyFile"/>.</summary>
public sealed class StoredTensor
{
    private readonly int[] _shape;

    /// <summary>An array of bytes that are taken over, not copied.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="type">Type of the elements.</param>
    /// <param name="shape">Row-major sizes, none below 0; empty for a single number.</param>
    /// <param name="bytes">The elements, least significant byte first.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes than the shape asks for, or a size is negative.</exception>
    public StoredTensor(string name, TensorType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        _shape = [.. shape];
        long count = 1;
        foreach (int size in _shape)
            count = size >= 0
                ? checked(count * size)
                : throw new ArgumentException($"shape has the size {size}; sizes are 0 or more", nameof(shape));
        long expected = checked(count * TensorTypes.SizeOf(type));
        if (bytes.Length != expected)
            throw new ArgumentException(
                $"bytes has {bytes.Length} bytes; {type} of shape [{string.Join(", ", _shape)}] takes {expected}", nameof(bytes));
        (Name, Type, Bytes, Count) = (name, type, bytes, (int)count);
    }

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    /// <summary>Type of the elements.</summary>
    public TensorType Type { get; }

    /// <summary>Row-major sizes; empty for a single number.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The elements, row-major, least significant byte first.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>An array of singles, which are copied.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">Sizes; none: one row of all of them.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than the shape asks for.</exception>
    public static StoredTensor FromSingles(string name, ReadOnlySpan<float> values, params int[] shape) =>
        new(name, TensorType.F32, shape is [] ? [values.Length] : shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements as singles, rounded where they are wider.</summary>
    public float[] ToSingles() => Convert(value => (float)value);

    /// <summary>The elements as doubles.</summary>
    public double[] ToDoubles() => Convert(value => value);

    /// <summary>"dense/kernel F32 [784, 128]".</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", _shape)}]";

    private T[] Convert<T>(Func<double, T> convert)
    {
        ReadOnlySpan<byte> bytes = Bytes.Span;
        if (Type == TensorType.F32 && typeof(T) == typeof(float))
            return (T[])(object)MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        var values = new T[Count];
        int size = TensorTypes.SizeOf(Type);
        for (int i = 0; i < values.Length; i++)
            values[i] = convert(Element(bytes.Slice(i * size, size)));
        return values;
    }

    private double Element(ReadOnlySpan<byte> bytes) => Type switch
    {
        TensorType.F64 => MemoryMarshal.Read<double>(bytes),
        TensorType.F32 => MemoryMarshal.Read<float>(bytes),
        TensorType.F16 => (double)MemoryMarshal.Read<Half>(bytes),
        TensorType.BF16 => BitConverter.UInt32BitsToSingle((uint)MemoryMarshal.Read<ushort>(bytes) << 16),
        TensorType.I64 => MemoryMarshal.Read<long>(bytes),
        TensorType.I32 => MemoryMarshal.Read<int>(bytes),
        TensorType.I16 => MemoryMarshal.Read<short>(bytes),
        TensorType.I8 => (sbyte)bytes[0],
        TensorType.U64 => MemoryMarshal.Read<ulong>(bytes),
        TensorType.U32 => MemoryMarshal.Read<uint>(bytes),
        TensorType.U16 => MemoryMarshal.Read<ushort>(bytes),
        _ => bytes[0],
    };
}
