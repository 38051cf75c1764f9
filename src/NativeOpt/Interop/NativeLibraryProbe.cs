using System.Runtime.InteropServices;

namespace NativeOpt.Interop;

/// <summary>
/// Looks for the native library: NATIVEOPT_LIBRARY alone if it is set; else where .NET looks by default (a package's
/// runtimes/{rid}/native, beside the assembly, the system), then runtimes/{rid}/native under the application's directory, then
/// that directory. Relative paths are refused: the current directory is never searched.
/// </summary>
internal sealed unsafe class NativeLibraryProbe
{
    /// <summary>Names the one file to load.</summary>
    public const string Variable = "NATIVEOPT_LIBRARY";

    private readonly List<string> _trace = [];
    private readonly string _name;

    private NativeLibraryProbe(string name) => _name = name;

    /// <summary>Looks and checks what it finds; never throws.</summary>
    /// <param name="chosen">The value of NATIVEOPT_LIBRARY, or null.</param>
    /// <param name="baseDirectory">The application's directory.</param>
    /// <param name="name">What is looked for: the name in the imports.</param>
    public static NativeLibraryLoad Run(string? chosen, string baseDirectory, string name = NativeMethods.Library)
    {
        var probe = new NativeLibraryProbe(name);
        return string.IsNullOrEmpty(chosen) ? probe.Search(baseDirectory) : probe.LoadChosen(chosen);
    }

    /// <summary>"linux-x64", "win-arm64": the directory of a package that holds this platform's libraries.</summary>
    public static string RuntimeIdentifier
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>"libnativeopt.so", or what this platform calls it.</summary>
    public static string FileName => FileNameOf(NativeMethods.Library);

    private static string FileNameOf(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    private NativeLibraryLoad LoadChosen(string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            Note($"{Variable}: {path}", "not a full path: not tried");
            return Fail($"{Variable} is '{path}'; it must be a full path, such as /opt/nativeopt/{FileNameOf(_name)}");
        }
        return TryFile(path, Variable) ?? Fail($"{Variable} is '{path}', which cannot be loaded");
    }

    private NativeLibraryLoad Search(string baseDirectory) =>
        TryDefault()
        ?? TryFile(Path.Combine(baseDirectory, "runtimes", RuntimeIdentifier, "native", FileNameOf(_name)), "application")
        ?? TryFile(Path.Combine(baseDirectory, FileNameOf(_name)), "application")
        ?? Fail($"the native library {FileNameOf(_name)} cannot be loaded on {RuntimeIdentifier}");

    private NativeLibraryLoad? TryDefault()
    {
        try
        {
            const DllImportSearchPath places = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories;
            nint handle = NativeLibrary.Load(_name, typeof(NativeLibraryProbe).Assembly, places);
            return Check(handle, LoadedModule.FileOf(handle, "nopt_abi_version") ?? FileNameOf(_name), "default probing");
        }
        catch (Exception exception) when (IsLoaderFailure(exception))
        {
            return Note("default probing", exception.Message);
        }
    }

    private NativeLibraryLoad? TryFile(string path, string origin)
    {
        if (!File.Exists(path))
            return Note($"{origin}: {path}", "no such file");
        try
        {
            return Check(NativeLibrary.Load(path), path, origin);
        }
        catch (Exception exception) when (IsLoaderFailure(exception))
        {
            return Note($"{origin}: {path}", exception.Message);
        }
    }

    /// <summary>A library that was built from another header would misread every struct.</summary>
    private NativeLibraryLoad? Check(nint handle, string path, string origin)
    {
        string? objection = Objection(handle);
        if (objection is null)
        {
            _trace.Add($"{origin}: {path}: loaded");
            return new NativeLibraryLoad(handle, path, Failure: null, _trace);
        }
        NativeLibrary.Free(handle);
        return Note($"{origin}: {path}", objection);
    }

    private static string? Objection(nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "nopt_abi_version", out nint version)
            || !NativeLibrary.TryGetExport(handle, "nopt_header_sha256", out nint sha))
            return "is not NativeOpt: it has no nopt_abi_version";
        uint abi = ((delegate* unmanaged[Cdecl]<uint>)version)();
        if (abi != NativeMethods.AbiVersion)
            return $"its ABI version is {abi}, these bindings need {NativeMethods.AbiVersion}";
        string header = NativeText.Read(((delegate* unmanaged[Cdecl]<byte*>)sha)());
        return header == NativeMethods.HeaderSha256
            ? null
            : $"was built from another nativeopt.h (SHA-256 {header}, these bindings: {NativeMethods.HeaderSha256})";
    }

    private NativeLibraryLoad? Note(string place, string words)
    {
        _trace.Add($"{place}: {words.ReplaceLineEndings("; ")}");
        return null;
    }

    private NativeLibraryLoad Fail(string sentence) => new(0, Path: null, sentence, _trace);

    private static bool IsLoaderFailure(Exception exception) =>
        exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException;
}
