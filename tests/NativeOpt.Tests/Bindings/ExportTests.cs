using System.Runtime.InteropServices;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Bindings;

/// <summary>The bindings import what the library exports, and the library was built from the same header.</summary>
public sealed unsafe class ExportTests
{
    [SkippableFact]
    public void Library_ExportsEveryImport()
    {
        nint library = NativeLibrary.Load(BuiltLibrary.RequirePath());
        Assert.All(GeneratedTypes.Functions.Select(function => function.Name),
            name => Assert.True(NativeLibrary.TryGetExport(library, name, out _), name));
    }

    [SkippableFact]
    public void Library_ExportsNothingButTheImports()
    {
        string path = BuiltLibrary.RequirePath();
        Skip.IfNot(ElfExports.IsElf(path), "the list of exports is read from ELF files only");
        Assert.Equal(GeneratedTypes.Functions.Select(function => function.Name).Order(StringComparer.Ordinal), ElfExports.Read(path));
    }

    [SkippableFact]
    public void Library_WasCompiledWithTheHeaderOfTheBindings()
    {
        var hash = (delegate* unmanaged[Cdecl]<byte*>)BuiltLibrary.Function("nopt_header_sha256");
        var version = (delegate* unmanaged[Cdecl]<uint>)BuiltLibrary.Function("nopt_abi_version");
        Assert.Equal(NativeMethods.HeaderSha256, Marshal.PtrToStringUTF8((nint)hash()));
        Assert.Equal(NativeMethods.AbiVersion, version());
    }
}
