using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay;

/// <summary>Which targets the options of the command mean.</summary>
internal static class ReplayTargets
{
    /// <summary>Names of all instruction sets, those of other processors too.</summary>
    public static IReadOnlyList<string> IsaNames { get; } =
        [.. Enum.GetValues<NoptIsa>().Where(isa => isa != NoptIsa.Auto).Select(ReplayTarget.NameOf)];

    /// <summary>The targets for --backend, --isa and --precision; null where an option was not given.</summary>
    /// <exception cref="InputException">They contradict each other, or this machine has not what they ask for.</exception>
    public static IReadOnlyList<ReplayTarget> Choose(string? backend, string? isa, string? precision)
    {
        bool native = backend is "native" or "both" || (backend is null or "auto" && (isa is not null || HasNative()));
        bool managed = backend is "managed" or "both" || !native;
        if (precision == "double")
        {
            if (backend == "native" || isa is not null)
                throw new InputException("--precision is 'double'; the native backend computes in float, the managed one alone in double");
            return [ReplayTarget.ManagedDouble];
        }
        if (isa is not null && !native)
            throw new InputException($"--isa is '{isa}'; the managed backend has no instruction sets to choose from");
        IEnumerable<ReplayTarget> targets = managed ? [ReplayTarget.ManagedFloat] : [];
        return native ? [.. targets, .. NativeTargets(isa)] : [.. targets];
    }

    private static bool HasNative() => NativeOptRuntime.IsNativeAvailable && Machine.Problem(Machine.Status()) is null;

    private static IEnumerable<ReplayTarget> NativeTargets(string? isa)
    {
        RequireNative();
        if (isa == "all")
            return IsaNames.Select(Parse).Where(NativeLibraryInfo.Supports).Select(ReplayTarget.Native);
        if (isa is not null)
            return NativeLibraryInfo.Supports(Parse(isa))
                ? [ReplayTarget.Native(Parse(isa))]
                : throw new InputException($"--isa is '{isa}'; this processor or this build does not have it");
        // Named, so that a report says what ran.
        string best = Machine.Status().InstructionSet;
        return [ReplayTarget.Native(IsaNames.Contains(best) ? Parse(best) : NoptIsa.Auto)];
    }

    private static NoptIsa Parse(string name) => Enum.Parse<NoptIsa>(name, ignoreCase: true);

    private static void RequireNative()
    {
        try
        {
            NativeOptRuntime.RequireNative();
        }
        catch (NativeOptException e)
        {
            throw new InputException($"the native backend was asked for; {e.Message}", e);
        }
        if (Machine.Problem(Machine.Status()) is { } problem)
            throw new InputException(problem);
    }
}
