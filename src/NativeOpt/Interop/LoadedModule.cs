using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NativeOpt.Interop;

/// <summary>Which file a loaded module came from, for the status: the loader found it, so only the process knows.</summary>
internal static class LoadedModule
{
    /// <summary>The file whose address range holds <paramref name="export"/>, or null where the system does not say.</summary>
    public static string? FileOf(nint handle, string export)
    {
        if (!NativeLibrary.TryGetExport(handle, export, out nint address))
            return null;
        try
        {
            using Process process = Process.GetCurrentProcess();
            foreach (ProcessModule module in process.Modules)
                if (address >= module.BaseAddress && address < module.BaseAddress + module.ModuleMemorySize)
                    return module.FileName;
            return null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            // A sandbox may keep the process from looking at itself; the library works all the same.
            return null;
        }
    }
}
