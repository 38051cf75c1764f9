using System.Runtime.InteropServices;

namespace NativeOpt.Interop;

/// <summary>Loads the native library once in a process and hands it to the imports of <see cref="NativeMethods"/>.</summary>
internal static class NativeLibraryLoader
{
    // Lazy keeps a failure as a value: a type initialiser that throws would hide the reason behind TypeInitializationException.
    private static readonly Lazy<NativeLibraryLoad> Loaded = new(Load);

    /// <summary>The result; the first call looks for the library. Never throws.</summary>
    public static NativeLibraryLoad Result => Loaded.Value;

    private static NativeLibraryLoad Load()
    {
        NativeLibraryLoad load = NativeLibraryProbe.Run(
            Environment.GetEnvironmentVariable(NativeLibraryProbe.Variable), AppContext.BaseDirectory);
        if (!load.IsLoaded)
            return load;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, (name, _, _) => Resolve(load, name));
            return load;
        }
        catch (InvalidOperationException)
        {
            return CheckForeignResolver(load);
        }
    }

    private static nint Resolve(NativeLibraryLoad load, string name) => name == NativeMethods.Library ? load.Handle : 0;

    /// <summary>Another resolver was registered for this assembly before; what it returns must be the same interface.</summary>
    private static NativeLibraryLoad CheckForeignResolver(NativeLibraryLoad load)
    {
        string[] trace = [.. load.Trace, "the host registered its own import resolver for this assembly: it decides"];
        try
        {
            uint abi = NativeMethods.nopt_abi_version();
            if (abi == NativeMethods.AbiVersion)
                return load with { Trace = trace };
            return new(0, null, $"the host's library has ABI version {abi}, these bindings need {NativeMethods.AbiVersion}", trace);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return new(0, null, "the host's import resolver does not find the native library", [.. trace, exception.Message]);
        }
    }
}
