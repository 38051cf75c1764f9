using System.Runtime.InteropServices;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Files;

/// <summary>Copies parameters between an arena and the arrays of files.</summary>
internal static class ParameterBytes
{
    /// <summary>A copy of a parameter to the last bit, in the layout of the file.</summary>
    public static StoredTensor CopyOut(ParameterArena arena, NamedParameter parameter)
    {
        byte[] bytes = BytesOf(arena, parameter.Range).ToArray();
        if (parameter.IsTransposed)
            bytes = Transpose(bytes, parameter.Range.Shape[0], parameter.Range.Shape[1], ParameterArena.ElementSize(arena.Dtype));
        return new StoredTensor(parameter.Name, TypeOf(arena.Dtype), parameter.Shape, bytes);
    }

    /// <summary>Checks that an array can be the parameter.</summary>
    /// <exception cref="InvalidDataException">Its shape differs; sizes of 1 do not count.</exception>
    public static void Check(NamedParameter parameter, StoredTensor tensor, string path)
    {
        if (!Significant(parameter.Shape).SequenceEqual(Significant(tensor.Shape)))
            throw new InvalidDataException(
                $"{path}: '{tensor.Name}' has shape [{string.Join(", ", tensor.Shape)}]; '{parameter.Range.Name}' of the model takes "
                + $"[{string.Join(", ", parameter.Shape)}]");
    }

    /// <summary>Overwrites a parameter with an array that has been checked.</summary>
    public static void CopyIn(ParameterArena arena, NamedParameter parameter, StoredTensor tensor) =>
        ToBytes(parameter, tensor, arena.Dtype).CopyTo(BytesOf(arena, parameter.Range));

    /// <summary>The elements of an array that has been checked, in the type and layout that the parameter has here.</summary>
    public static byte[] ToBytes(NamedParameter parameter, StoredTensor tensor, NoptDtype dtype)
    {
        TensorType type = TypeOf(dtype);
        ReadOnlySpan<byte> bytes = tensor.Type == type ? tensor.Bytes.Span
            : type == TensorType.F64 ? MemoryMarshal.AsBytes<double>(tensor.ToDoubles())
            : MemoryMarshal.AsBytes<float>(tensor.ToSingles());
        return parameter.IsTransposed
            ? Transpose(bytes, parameter.Shape[0], parameter.Shape[1], ParameterArena.ElementSize(dtype))
            : bytes.ToArray();
    }

    /// <summary>The type that a file gives the elements of an arena.</summary>
    public static TensorType TypeOf(NoptDtype dtype) => dtype == NoptDtype.F64 ? TensorType.F64 : TensorType.F32;

    private static Span<byte> BytesOf(ParameterArena arena, ParameterRange range)
    {
        int size = ParameterArena.ElementSize(arena.Dtype);
        return arena.Parameters.AsSpan<byte>().Slice(checked((int)range.Offset * size), checked((int)range.Count * size));
    }

    private static IEnumerable<int> Significant(IEnumerable<int> shape) => shape.Where(size => size != 1);

    private static byte[] Transpose(ReadOnlySpan<byte> matrix, int rows, int columns, int size)
    {
        byte[] result = new byte[matrix.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                matrix.Slice((row * columns + column) * size, size).CopyTo(result.AsSpan((column * rows + row) * size));
        return result;
    }
}
