using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using NativeOpt.Backends;
using NativeOpt.Backends.Managed;
using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>Which backend runs, why, and with how many threads. All members may be used from any thread.</summary>
public static class NativeOptRuntime
{
    private const string ThreadsVariable = "NOPT_NUM_THREADS";
    private const int MaxThreads = 1024;

    private static int _threadCount;
    private static int _warned;

    /// <summary>Whether the native library is loaded.</summary>
    public static bool IsNativeAvailable => NativeLibraryLoader.Result.IsLoaded;

    /// <summary>
    /// Threads that share one operation of models opened afterwards, 1 to 1024. Default: NOPT_NUM_THREADS if set, else
    /// <see cref="Environment.ProcessorCount"/>, which knows a container's quota. The result of a run does not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is not 1 to 1024.</exception>
    /// <exception cref="NativeOptException">NOPT_NUM_THREADS is not a number from 1 to 1024.</exception>
    public static int ThreadCount
    {
        get => Volatile.Read(ref _threadCount) is var count and > 0
            ? count
            : DefaultThreadCount(Environment.GetEnvironmentVariable(ThreadsVariable));
        set => Volatile.Write(ref _threadCount, CheckThreads(value, nameof(ThreadCount)));
    }

    /// <summary>What runs and why.</summary>
    /// <exception cref="NativeOptException">NOPT_NUM_THREADS is not a number from 1 to 1024.</exception>
    public static RuntimeStatus Status => StatusOf(NativeLibraryLoader.Result);

    /// <summary>
    /// Returns if the native library is loaded and can be used: the line for programs that do not want to run slowly by accident.
    /// </summary>
    /// <exception cref="NativeOptException">
    /// It is not loaded (the message says why and names every place that was tried), or NOPT_ISA or NOPT_GEMM ask for what this
    /// processor or build has not.
    /// </exception>
    public static void RequireNative()
    {
        Require(NativeLibraryLoader.Result);
        ContextHandle.Create(threadCount: 1, NoptIsa.Auto, NoptGemm.Auto).Dispose();
    }

    /// <summary>Opens a backend, which the caller owns.</summary>
    /// <exception cref="NativeOptException">The native backend was asked for and cannot be loaded, or an option cannot be had.</exception>
    internal static IBackend OpenBackend(BackendKind kind = BackendKind.Auto, BackendOptions? options = null) =>
        OpenBackend(NativeLibraryLoader.Result, kind, options ?? new BackendOptions());

    /// <summary>As above, with what came of looking for the library.</summary>
    internal static IBackend OpenBackend(NativeLibraryLoad load, BackendKind kind, BackendOptions options)
    {
        int threads = options.Threads is { } count ? CheckThreads(count, nameof(options.Threads)) : ThreadCount;
        if (kind == BackendKind.Native)
            Require(load);
        if (kind != BackendKind.Managed && load.IsLoaded)
            return new NativeBackend(threads, options.Isa, options.Gemm);
        if (kind == BackendKind.Auto && Interlocked.Exchange(ref _warned, 1) == 0)
            NativeOptEventSource.Log.ManagedFallback(load.Explain());
        return new ManagedBackend();
    }

    /// <summary>The status for what came of looking for the library.</summary>
    internal static RuntimeStatus StatusOf(NativeLibraryLoad load) => load.IsLoaded ? NativeStatusOf(load) : ManagedStatusOf(load);

    private static void Require(NativeLibraryLoad load)
    {
        if (!load.IsLoaded)
            throw new NativeOptException(load.Explain());
    }

    /// <summary>The thread count for a value of NOPT_NUM_THREADS.</summary>
    internal static int DefaultThreadCount(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return Math.Min(Environment.ProcessorCount, MaxThreads);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MaxThreads
            ? count
            : throw new NativeOptException($"{ThreadsVariable} is '{text}'; it must be a whole number from 1 to {MaxThreads}");
    }

    private static int CheckThreads(int count, string name) => count is >= 1 and <= MaxThreads
        ? count
        : throw new ArgumentOutOfRangeException(name, count, $"{name} is {count}; it must be 1 to {MaxThreads}");

    private static RuntimeStatus NativeStatusOf(NativeLibraryLoad load)
    {
        NativeLibraryInfo.Machine machine = NativeLibraryInfo.Describe();
        (string isa, string? objection) = ActiveIsa();
        return new RuntimeStatus
        {
            Backend = BackendKind.Native,
            IsUsable = objection is null,
            Reason = objection is null
                ? "the native library is loaded"
                : $"the native library is loaded but cannot be used: {objection}",
            LibraryPath = load.Path,
            LibraryVersion = machine.Version,
            AbiVersion = (int)NativeMethods.AbiVersion,
            InstructionSet = isa,
            Processor = machine.Processor,
            BlasVersion = machine.BlasVersion,
            BlasCore = machine.BlasCore,
            BlasThreading = machine.BlasThreading,
            ThreadCount = ThreadCount,
            LoadTrace = load.Trace,
        };
    }

    /// <summary>The instruction set a context gets now; NOPT_ISA or NOPT_GEMM may ask for what cannot be had.</summary>
    private static (string Isa, string? Objection) ActiveIsa()
    {
        try
        {
            using ContextHandle context = ContextHandle.Create(threadCount: 1, NoptIsa.Auto, NoptGemm.Auto);
            return (context.Describe().Isa, null);
        }
        catch (NativeOptException exception)
        {
            return ("none", exception.Message);
        }
    }

    private static RuntimeStatus ManagedStatusOf(NativeLibraryLoad load) => new()
    {
        Backend = BackendKind.Managed,
        Reason = load.Failure!,
        AbiVersion = (int)NativeMethods.AbiVersion,
        InstructionSet = $"vector{Vector<byte>.Count * 8}",
        Processor = RuntimeInformation.ProcessArchitecture.ToString(),
        BlasVersion = "none",
        BlasCore = "none",
        BlasThreading = "none",
        ThreadCount = ThreadCount,
        LoadTrace = load.Trace,
    };
}
