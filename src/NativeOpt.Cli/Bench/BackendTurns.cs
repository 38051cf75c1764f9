namespace NativeOpt.Cli.Bench;

/// <summary>The same work on the native and on the managed backend, in turns.</summary>
internal sealed class BackendTurns(BenchSettings settings, CancellationToken cancellation)
{
    /// <summary>Whether there is a native backend to measure.</summary>
    private static bool HasNative => NativeOptRuntime.Status is { Backend: BackendKind.Native, IsUsable: true };

    /// <summary>Seconds of a call on each backend; null where there is none.</summary>
    /// <param name="prepare">Makes the work for a backend.</param>
    /// <param name="run">Does it once.</param>
    public (Sample? Native, Sample Managed) Take<T>(Func<BackendKind, T> prepare, Action<T> run) where T : IDisposable
    {
        using T managed = prepare(BackendKind.Managed);
        if (!HasNative)
            return (null, settings.Turns.Take([() => run(managed)], cancellation)[0]);
        using T native = prepare(BackendKind.Native);
        Sample[] samples = settings.Turns.Take([() => run(native), () => run(managed)], cancellation);
        return (samples[0], samples[1]);
    }
}
