namespace NativeOpt.Tests.Bindings;

/// <summary>The header and the files generated from it, as they lie in the source tree.</summary>
internal static class RepositoryFiles
{
    public static string Header => At("native/include/nativeopt/nativeopt.h");

    public static string NativeMethods => At("src/NativeOpt/Interop/NativeMethods.g.cs");

    public static string LayoutTable => At("native/src/abi/layout_table.g.inc");

    /// <summary>A file of the source tree.</summary>
    /// <param name="path">From its root, such as "README.md".</param>
    public static string At(string path)
    {
        for (string? directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "NativeOpt.sln"))) return Path.Combine(directory, path);
        }
        throw new DirectoryNotFoundException($"The tests run inside the source tree: no NativeOpt.sln above {AppContext.BaseDirectory}.");
    }
}
