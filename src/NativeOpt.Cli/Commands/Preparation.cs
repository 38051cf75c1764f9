using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Commands;

/// <summary>What computes, set and checked before anything is read.</summary>
internal static class Preparation
{
    /// <summary>Sets the number of threads, and says what will run.</summary>
    /// <exception cref="InputException">The backend that was asked for cannot be had.</exception>
    public static MachineInfo Of(BackendKind backend, int? threads)
    {
        if (threads is { } count)
            NativeOptRuntime.ThreadCount = count;
        try
        {
            if (backend == BackendKind.Native)
                NativeOptRuntime.RequireNative();
        }
        catch (NativeOptException e)
        {
            throw new InputException($"--backend is 'native'; {e.Message}", e);
        }
        return Machine.Describe(backend);
    }
}
