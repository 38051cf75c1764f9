namespace NativeOpt;

/// <summary>Type of the elements of a <see cref="StoredTensor"/>.</summary>
public enum TensorType
{
    /// <summary>IEEE double.</summary>
    F64,

    /// <summary>IEEE single.</summary>
    F32,

    /// <summary>IEEE half.</summary>
    F16,

    /// <summary>The upper half of an IEEE single.</summary>
    BF16,

    /// <summary>Signed, 8 bytes.</summary>
    I64,

    /// <summary>Signed, 4 bytes.</summary>
    I32,

    /// <summary>Signed, 2 bytes.</summary>
    I16,

    /// <summary>Signed, 1 byte.</summary>
    I8,

    /// <summary>Unsigned, 8 bytes.</summary>
    U64,

    /// <summary>Unsigned, 4 bytes.</summary>
    U32,

    /// <summary>Unsigned, 2 bytes.</summary>
    U16,

    /// <summary>Unsigned, 1 byte.</summary>
    U8,

    /// <summary>0 or 1 in a byte.</summary>
    Bool,
}
