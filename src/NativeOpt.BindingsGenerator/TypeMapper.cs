using CppSharp.AST;
using CppSharp.AST.Extensions;
using Type = CppSharp.AST.Type;

namespace NativeOpt.BindingsGenerator;

/// <summary>
/// Maps C types to blittable C# types. Only what has one size on every platform passes: the fixed-width integers, float,
/// double, structs of the header by value inside other structs, and pointers to those, to char, to void or to pointers.
/// </summary>
internal static class TypeMapper
{
    private static readonly Dictionary<string, string> FixedWidth = new()
    {
        ["int8_t"] = "sbyte", ["int16_t"] = "short", ["int32_t"] = "int", ["int64_t"] = "long",
        ["uint8_t"] = "byte", ["uint16_t"] = "ushort", ["uint32_t"] = "uint", ["uint64_t"] = "ulong",
    };

    private const string NotVolatile = "nothing in this ABI is volatile";

    /// <summary>Maps the type of what holds a value: a field or a typedef, as <paramref name="role"/> says.</summary>
    public static MappedType Value(QualifiedType type, int line, string role) => Map(type, line, role);

    /// <summary>Maps the type of a parameter; structs go by pointer.</summary>
    public static MappedType Parameter(QualifiedType type, int line, string role)
    {
        if (type.Type.Desugar() is TagType { Declaration: Class }) throw Refused(type, line, role, "pass a pointer to it");
        return Map(type, line, role);
    }

    /// <summary>Maps the type of a result, which alone may be void.</summary>
    public static MappedType Result(QualifiedType type, int line, string role)
    {
        if (type.Type is BuiltinType { Type: PrimitiveType.Void }) return new MappedType("void", "void", false);
        if (type.Type.Desugar() is TagType { Declaration: Class }) throw Refused(type, line, role, "return it through a pointer");
        return Map(type, line, role);
    }

    private static MappedType Map(QualifiedType type, int line, string role)
    {
        if (type.Type is PointerType pointer) return MapPointer(pointer.QualifiedPointee, line, role);
        if (type.Qualifiers.IsConst) throw Refused(type, line, role, "const belongs to what a pointer points to");
        if (type.Qualifiers.IsVolatile) throw Refused(type, line, role, NotVolatile);
        return MapValue(type.Type) ?? throw Refused(type, line, role, Advice(type.Type));
    }

    private static MappedType MapPointer(QualifiedType pointee, int line, string role)
    {
        MappedType target = pointee.Type switch
        {
            PointerType inner => MapPointer(inner.QualifiedPointee, line, role),
            BuiltinType { Type: PrimitiveType.Void } => new MappedType("void", "void", false),
            BuiltinType { Type: PrimitiveType.Char } => new MappedType("char", "byte", false),
            _ => MapValue(pointee.Type) ?? throw Refused(pointee, line, role + " (what it points to)", Advice(pointee.Type)),
        };
        if (pointee.Qualifiers.IsVolatile) throw Refused(pointee, line, role, NotVolatile);
        bool isConst = pointee.Qualifiers.IsConst;
        string c = !isConst ? target.C : pointee.Type is PointerType ? target.C + " const" : "const " + target.C;
        return new MappedType(c + "*", target.CSharp + "*", isConst || target.HasConstPointee);
    }

    /// <summary>Null where the type is not one of those that pass.</summary>
    private static MappedType? MapValue(Type type) => type switch
    {
        BuiltinType { Type: PrimitiveType.Float } => new MappedType("float", "float", false),
        BuiltinType { Type: PrimitiveType.Double } => new MappedType("double", "double", false),
        TypedefType t when FixedWidth.TryGetValue(t.Declaration.Name, out string? name) => new MappedType(t.Declaration.Name, name, false),
        TypedefType t when MapValue(t.Declaration.Type) is { } target => target with { C = t.Declaration.Name },
        TagType { Declaration: Class s } when IsDefinedStruct(s) => new MappedType(s.Name, Names.Pascal(s.Name), false),
        _ => null,
    };

    private static bool IsDefinedStruct(Class s) => !s.IsUnion && !s.IsIncomplete && s.Namespace is TranslationUnit && s.Name.Length > 0;

    private static string Advice(Type type) => type.Desugar() switch
    {
        TagType { Declaration: Enumeration } => "an enumeration has no fixed size: write int32_t and name it in the comment",
        TagType { Declaration: Class { IsUnion: true } } => "unions are not part of this ABI",
        TagType => "only structs that are defined on their own in this header can be used",
        ArrayType => "arrays are not part of this ABI: write a pointer and a count",
        FunctionType => "callbacks are not part of this ABI",
        PointerType => "a typedef hides a pointer: write the pointer",
        BuiltinType { Type: PrimitiveType.Bool } => "write int32_t or a bit of flags",
        _ => "its size or sign differs between platforms: write a fixed-width type",
    };

    private static UnsupportedConstructException Refused(QualifiedType type, int line, string role, string why) =>
        new(line, $"{role} has type '{Describe(type.Type)}': {why}");

    private static string Describe(Type type) => type switch
    {
        TypedefType t => t.Declaration.Name,
        TagType t => t.Declaration.Name,
        BuiltinType b => b.Type.ToString(),
        PointerType p => Describe(p.Pointee) + "*",
        FunctionType => "function",
        ArrayType a => $"{Describe(a.Type)}[{a.Size}]",
        DecayedType d => Describe(d.Original.Type),
        _ => type.GetType().Name,
    };
}
