using System.Security.Cryptography;
using System.Xml.Linq;

namespace NativeOpt.BindingsGenerator;

/// <summary>Where things are in the repository.</summary>
internal sealed class Repository
{
    /// <summary>The header, relative to the root.</summary>
    public const string HeaderPath = "native/include/nativeopt/nativeopt.h";

    private const string BindingsPath = "src/NativeOpt/Interop/NativeMethods.g.cs";
    private const string LayoutTablePath = "native/src/abi/layout_table.g.inc";
    private const string VersionsPath = "Directory.Packages.props";

    private Repository(string root) => Root = root;

    /// <summary>Directory that holds everything.</summary>
    public string Root { get; }

    /// <summary>The header's full path.</summary>
    public string Header => Path.Combine(Root, HeaderPath);

    /// <summary>
    /// Takes <paramref name="root"/> if given; otherwise the nearest directory with a header, going up from the current directory
    /// and then from the program's.
    /// </summary>
    /// <exception cref="GeneratorException">There is no header.</exception>
    public static Repository Find(string? root)
    {
        string[] starts = root is null ? [Environment.CurrentDirectory, AppContext.BaseDirectory] : [Path.GetFullPath(root)];
        foreach (string start in starts)
        {
            for (string? at = start; at is not null; at = root is null ? Path.GetDirectoryName(at) : null)
            {
                if (File.Exists(Path.Combine(at, HeaderPath))) return new Repository(at);
            }
        }
        throw new GeneratorException($"{HeaderPath} was not found in {string.Join(" or ", starts)}{(root is null ? " or above" : "")}.");
    }

    /// <summary>Parses the header and gives the files that belong to it.</summary>
    public IReadOnlyList<GeneratedFile> Generate()
    {
        HeaderModel model = HeaderReader.Read(CppSharpParser.Parse(Header), File.ReadAllText(Header));
        var origin = new Origin(HeaderPath, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Header))), PinnedCppSharp());
        return
        [
            new GeneratedFile(BindingsPath, CSharpEmitter.Emit(model, origin)),
            new GeneratedFile(LayoutTablePath, LayoutTableEmitter.Emit(model, origin)),
        ];
    }

    private string PinnedCppSharp() => XDocument.Load(Path.Combine(Root, VersionsPath)).Descendants("PackageVersion")
        .Single(package => (string?)package.Attribute("Include") == "CppSharp").Attribute("Version")!.Value;
}
