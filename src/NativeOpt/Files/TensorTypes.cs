namespace NativeOpt.Files;

/// <summary>What is known of the types of elements: size, and the names that the file formats give them.</summary>
internal static class TensorTypes
{
    private static readonly (TensorType Type, int Size, string Safetensors, string Numpy)[] Table =
    [
        (TensorType.F64, 8, "F64", "f8"),
        (TensorType.F32, 4, "F32", "f4"),
        (TensorType.F16, 2, "F16", "f2"),
        (TensorType.BF16, 2, "BF16", ""),
        (TensorType.I64, 8, "I64", "i8"),
        (TensorType.I32, 4, "I32", "i4"),
        (TensorType.I16, 2, "I16", "i2"),
        (TensorType.I8, 1, "I8", "i1"),
        (TensorType.U64, 8, "U64", "u8"),
        (TensorType.U32, 4, "U32", "u4"),
        (TensorType.U16, 2, "U16", "u2"),
        (TensorType.U8, 1, "U8", "u1"),
        (TensorType.Bool, 1, "BOOL", "b1"),
    ];

    /// <summary>Bytes of an element.</summary>
    public static int SizeOf(TensorType type) => Find(type).Size;

    /// <summary>The name in a safetensors file.</summary>
    public static string SafetensorsName(TensorType type) => Find(type).Safetensors;

    /// <summary>The name in a .npy file, without the order of bytes; empty where NumPy has no such type.</summary>
    public static string NumpyName(TensorType type) => Find(type).Numpy;

    /// <summary>The type of a name in a safetensors file, or null.</summary>
    public static TensorType? FromSafetensors(string name) => Find(entry => entry.Safetensors == name);

    /// <summary>The type of a name in a .npy file, or null.</summary>
    public static TensorType? FromNumpy(string name) => name.Length == 0 ? null : Find(entry => entry.Numpy == name);

    private static (TensorType Type, int Size, string Safetensors, string Numpy) Find(TensorType type)
    {
        foreach (var entry in Table)
            if (entry.Type == type)
                return entry;
        throw new ArgumentOutOfRangeException(nameof(type), type, $"type is {(int)type}; it must be a {nameof(TensorType)}");
    }

    private static TensorType? Find(Predicate<(TensorType Type, int Size, string Safetensors, string Numpy)> isMeant)
    {
        int index = Array.FindIndex(Table, isMeant);
        return index < 0 ? null : Table[index].Type;
    }
}
