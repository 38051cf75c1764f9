using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Bindings;

/// <summary>Structs have the same sizes and offsets in C# as in the library, which reports its own.</summary>
public sealed unsafe class LayoutTests
{
    [SkippableFact]
    public void Layouts_EqualThoseTheLibraryReports() => Assert.Equal(ManagedLayouts(), NativeLayouts());

    [SkippableTheory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void LayoutGet_WithIndexOutsideTheTable_Fails(int index)
    {
        NoptLayoutEntry entry = new() { StructSize = (uint)sizeof(NoptLayoutEntry), Offset = 42 };
        Assert.Equal((int)NoptStatusCode.ErrorArgument, LayoutGet(index, &entry));
        Assert.Equal(42, entry.Offset);
    }

    /// <summary>One line for each struct and field, in the header's order: name, offset and size in bytes.</summary>
    private static IEnumerable<string> ManagedLayouts()
    {
        foreach ((string name, var fields) in HeaderScan.Of(File.ReadAllText(RepositoryFiles.Header)).Structs)
        {
            Type type = GeneratedTypes.Find(name)!;
            yield return $"{name}: {SizeOf(type)} bytes";
            foreach (var (field, cName) in type.GetFields().Zip(fields, (field, declaration) => (field, declaration.Name)))
                yield return $"{name}.{cName}: {Marshal.OffsetOf(type, field.Name)}, {SizeOf(field.FieldType)} bytes";
        }
    }

    private static List<string> NativeLayouts()
    {
        var count = (delegate* unmanaged[Cdecl]<int>)BuiltLibrary.Function("nopt_layout_count");
        var layouts = new List<string>();
        for (int i = 0; i < count(); i++)
        {
            NoptLayoutEntry entry = new() { StructSize = (uint)sizeof(NoptLayoutEntry) };
            Assert.Equal((int)NoptStatusCode.Ok, LayoutGet(i, &entry));
            string name = Marshal.PtrToStringUTF8((nint)entry.StructName)!;
            string field = Marshal.PtrToStringUTF8((nint)entry.FieldName)!;
            layouts.Add(field.Length == 0 ? $"{name}: {entry.Size} bytes" : $"{name}.{field}: {entry.Offset}, {entry.Size} bytes");
        }
        return layouts;
    }

    private static int LayoutGet(int index, NoptLayoutEntry* entry) =>
        ((delegate* unmanaged[Cdecl]<int, NoptLayoutEntry*, int>)BuiltLibrary.Function("nopt_layout_get"))(index, entry);

    private static int SizeOf(Type type) => type.IsPointer ? sizeof(nint)
        : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
