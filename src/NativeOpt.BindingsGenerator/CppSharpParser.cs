using System.Reflection;
using System.Runtime.InteropServices;
using CppSharp;
using CppSharp.AST;
using CppSharp.Parser;
using ClangParser = CppSharp.ClangParser; // CppSharp.Parser has a lower-level class of the same name

namespace NativeOpt.BindingsGenerator;

/// <summary>Runs CppSharp over one C header. Everything about finding and setting up CppSharp is in this file.</summary>
internal static class CppSharpParser
{
    private const string NativeParser = "CppSharp.CppParser";

    // With -p:CppSharpDist=DIR: where the native libraries and Clang's headers lie. Null: the package has put them beside us.
    private static readonly string? DistDirectory = typeof(CppSharpParser).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(a => a.Key == "CppSharpDist")?.Value;

    /// <summary>The header's declarations as CppSharp sees them.</summary>
    /// <exception cref="GeneratorException">CppSharp is incomplete, or the header is not valid C.</exception>
    public static TranslationUnit Parse(string header)
    {
        if (DistDirectory is not null)
            System.Runtime.InteropServices.NativeLibrary.SetDllImportResolver(typeof(ParserResult).Assembly, LoadFromDist);
        try
        {
            return ParseWith(CreateOptions(), header);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException })
        {
            throw new GeneratorException($"CppSharp's native parser cannot be loaded: {(e.InnerException ?? e).Message}");
        }
    }

    /// <summary>
    /// C99 for one fixed target and no headers but Clang's own stdint.h, so that neither this machine's C library nor its
    /// compiler has a say.
    /// </summary>
    private static ParserOptions CreateOptions()
    {
        var options = new ParserOptions
        {
            LanguageVersion = LanguageVersion.C99,
            TargetTriple = "x86_64-unknown-linux-gnu",
            NoBuiltinIncludes = true,
            NoStandardIncludes = true,
        };
        options.AddArguments("-ffreestanding");
        string builtins = options.BuiltinsDir;
        if (DistDirectory is not null)
            builtins = Path.Combine(DistDirectory, Path.GetRelativePath(AppContext.BaseDirectory, builtins));
        if (!File.Exists(Path.Combine(builtins, "stdint.h")))
            throw new GeneratorException($"Clang's own headers are not in {builtins}: this CppSharp is incomplete.");
        options.AddSystemIncludeDirs(builtins);
        options.Setup(TargetPlatform.Linux);
        return options;
    }

    private static TranslationUnit ParseWith(ParserOptions options, string header)
    {
        using (ParserResult result = ClangParser.ParseSourceFile(header, options))
        {
            if (result.Kind != ParserResultKind.Success)
                throw new GeneratorException($"{header} does not parse ({result.Kind}):\n{string.Join('\n', Diagnostics(result))}");
        }
        ASTContext context = ClangParser.ConvertASTContext(options.ASTContext);
        return context.TranslationUnits.Single(unit => unit.IsValid && Path.GetFullPath(unit.FilePath) == header);
    }

    private static IEnumerable<string> Diagnostics(ParserResult result)
    {
        for (uint i = 0; i < result.DiagnosticsCount; i++)
        {
            using ParserDiagnostic d = result.GetDiagnostics(i);
            yield return $"{d.FileName}({d.LineNumber},{d.ColumnNumber}): {d.Level}: {d.Message}";
        }
    }

    private static nint LoadFromDist(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        string prefix = OperatingSystem.IsWindows() ? "" : "lib";
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string path = Path.Combine(DistDirectory!, prefix + name + extension);
        return System.Runtime.InteropServices.NativeLibrary.Load(path);
    }
}
