using CppSharp.AST;
using CppSharp.AST.Extensions;
using Type = CppSharp.AST.Type;

namespace NativeOpt.BindingsGenerator;

/// <summary>
/// Reads a struct and holds it to the rules that make its layout the same for every compiler: naturally aligned fields, no
/// holes (padding is a field called reserved), nothing packed.
/// </summary>
internal static class StructReader
{
    /// <summary>The struct in the model's terms.</summary>
    public static StructModel Read(Class declaration)
    {
        (string name, int line) = (declaration.Name, declaration.LineNumberStart);
        UnsupportedConstructException.ThrowIf(declaration.IsUnion, line, $"union '{name}': unions are not part of this ABI");
        UnsupportedConstructException.ThrowIf(declaration.IsIncomplete, line, $"struct '{name}' is only declared: handles are uint64_t");
        UnsupportedConstructException.ThrowIf(declaration.Fields.Count == 0, line, $"struct '{name}' is empty");
        FieldModel[] fields = [.. declaration.Fields.Select(ReadField)];
        CheckLayout(declaration);
        return new StructModel(name, fields, DocComment.Parse(declaration.Comment?.Text));
    }

    private static FieldModel ReadField(Field field)
    {
        int line = field.LineNumberStart;
        UnsupportedConstructException.ThrowIf(field.IsBitField, line, $"bit-field '{field.Name}': use flags and an enumeration of bits");
        MappedType type = TypeMapper.Value(field.QualifiedType, line, $"field '{field.Name}'");
        return new FieldModel(field.Name, type, DocComment.Parse(field.Comment?.Text));
    }

    private static void CheckLayout(Class declaration)
    {
        (string name, int line, ClassLayout layout) = (declaration.Name, declaration.LineNumberStart, declaration.Layout);
        int end = 0, largest = 1;
        foreach (LayoutField field in layout.Fields)
        {
            (int size, int alignment) = SizeAndAlignment(field.QualifiedType.Type);
            UnsupportedConstructException.ThrowIf(field.Offset != end, line,
                $"struct '{name}' has a hole of {field.Offset - end} bytes before '{field.Name}': add a field called reserved");
            UnsupportedConstructException.ThrowIf(end % alignment != 0, line, $"struct '{name}' is packed: '{field.Name}' is not aligned");
            end += size;
            largest = Math.Max(largest, alignment);
        }
        UnsupportedConstructException.ThrowIf(layout.Size != end || layout.Alignment != largest, line,
            $"struct '{name}' has {layout.Size} bytes aligned to {layout.Alignment}, its fields have {end} aligned to {largest}: " +
            "add a field called reserved");
    }

    private static (int Size, int Alignment) SizeAndAlignment(Type type) => type.Desugar() switch
    {
        TagType { Declaration: Class s } => (s.Layout.Size, s.Layout.Alignment),
        BuiltinType { Type: PrimitiveType.SChar or PrimitiveType.UChar } => (1, 1),
        BuiltinType { Type: PrimitiveType.Short or PrimitiveType.UShort } => (2, 2),
        BuiltinType { Type: PrimitiveType.Int or PrimitiveType.UInt or PrimitiveType.Float } => (4, 4),
        _ => (8, 8), // what else TypeMapper lets pass: pointers, 64-bit integers and double
    };
}
