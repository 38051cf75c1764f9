namespace NativeOpt.BindingsGenerator;

/// <summary>What the bindings need to know of a header: plain data, in the header's order, free of CppSharp's types.</summary>
internal sealed record HeaderModel(
    IReadOnlyList<ConstantModel> Constants,
    IReadOnlyList<EnumModel> Enums,
    IReadOnlyList<StructModel> Structs,
    IReadOnlyList<FunctionModel> Functions);

/// <summary>A macro that stands for a non-negative integer.</summary>
internal sealed record ConstantModel(string Name, uint Value, DocComment Doc);

/// <summary>An enumeration and its members.</summary>
internal sealed record EnumModel(string Name, IReadOnlyList<EnumMember> Members, DocComment Doc);

/// <summary>A member of an enumeration.</summary>
internal sealed record EnumMember(string Name, int Value, DocComment Doc);

/// <summary>A struct and its fields.</summary>
internal sealed record StructModel(string Name, IReadOnlyList<FieldModel> Fields, DocComment Doc);

/// <summary>A field of a struct.</summary>
internal sealed record FieldModel(string Name, MappedType Type, DocComment Doc);

/// <summary>An exported function.</summary>
internal sealed record FunctionModel(string Name, MappedType ReturnType, IReadOnlyList<ParameterModel> Parameters, DocComment Doc);

/// <summary>A parameter of a function.</summary>
internal sealed record ParameterModel(string Name, MappedType Type);

/// <summary>A type as C spells it and as C# does. C# knows no constant pointees: the C spelling goes into comments.</summary>
internal sealed record MappedType(string C, string CSharp, bool HasConstPointee);
