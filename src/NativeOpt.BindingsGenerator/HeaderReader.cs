using CppSharp.AST;
using CppSharp.AST.Extensions;

namespace NativeOpt.BindingsGenerator;

/// <summary>Turns CppSharp's view of the header into the model, in the header's order, and refuses what has no place in it.</summary>
internal static class HeaderReader
{
    /// <summary>Reads a parsed header.</summary>
    /// <exception cref="UnsupportedConstructException">A declaration cannot be mapped exactly.</exception>
    public static HeaderModel Read(TranslationUnit unit, string text)
    {
        foreach (Variable variable in unit.Variables)
            throw new UnsupportedConstructException(variable.LineNumberStart, $"variable '{variable.Name}': export a function");
        foreach (TypedefDecl typedef in unit.Typedefs) CheckTypedef(typedef);
        return new HeaderModel(
            MacroReader.Read(unit.PreprocessedEntities.OfType<MacroDefinition>(), text),
            [.. InOrder(unit.Enums).Select(ReadEnum)],
            [.. InOrder(unit.Classes).Select(StructReader.Read)],
            [.. InOrder(unit.Functions).Select(ReadFunction)]);
    }

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> declarations) where T : Declaration =>
        declarations.OrderBy(declaration => declaration.LineNumberStart);

    /// <summary>A typedef may repeat a struct's own name or rename a fixed-width type, nothing else.</summary>
    private static void CheckTypedef(TypedefDecl typedef)
    {
        int line = typedef.LineNumberStart;
        if (typedef.Type.Desugar() is TagType tag)
        {
            string name = tag.Declaration.Name;
            UnsupportedConstructException.ThrowIf(name != typedef.Name, line, $"typedef '{typedef.Name}' is a second name of '{name}'");
        }
        else
        {
            bool isPointer = typedef.Type.Desugar() is PointerType { Pointee: not FunctionType };
            UnsupportedConstructException.ThrowIf(isPointer, line, $"typedef '{typedef.Name}' hides a pointer");
            TypeMapper.Value(typedef.QualifiedType, line, $"typedef '{typedef.Name}'");
        }
    }

    private static EnumModel ReadEnum(Enumeration declaration)
    {
        int line = declaration.LineNumberStart;
        UnsupportedConstructException.ThrowIf(string.IsNullOrEmpty(declaration.Name), line, "an enumeration without a name");
        EnumMember[] members = [.. declaration.Items.Select(item =>
        {
            long value = (long)item.Value;
            UnsupportedConstructException.ThrowIf(value != (int)value, line, $"'{item.Name}' = {value} does not fit into an int32_t");
            return new EnumMember(item.Name, (int)value, DocComment.Parse(item.Comment?.Text));
        })];
        return new EnumModel(declaration.Name, members, DocComment.Parse(declaration.Comment?.Text));
    }

    private static FunctionModel ReadFunction(Function declaration)
    {
        (string name, int line) = (declaration.Name, declaration.LineNumberStart);
        UnsupportedConstructException.ThrowIf(declaration.IsVariadic, line, $"function '{name}' takes a variable number of arguments");
        UnsupportedConstructException.ThrowIf(declaration.IsInline, line, $"function '{name}' is inline: the header only declares");
        ParameterModel[] parameters = [.. declaration.Parameters.Select(parameter =>
        {
            UnsupportedConstructException.ThrowIf(string.IsNullOrEmpty(parameter.Name), line, $"a parameter of '{name}' has no name");
            MappedType type = TypeMapper.Parameter(parameter.QualifiedType, line, $"parameter '{parameter.Name}'");
            return new ParameterModel(parameter.Name, type);
        })];
        MappedType result = TypeMapper.Result(declaration.ReturnType, line, $"the result of '{name}'");
        return new FunctionModel(name, result, parameters, DocComment.Parse(declaration.Comment?.Text));
    }
}
