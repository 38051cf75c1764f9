using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests;

/// <summary>The backends that theories run over, by name. What is not there is skipped, with the name in the reason.</summary>
internal static class TestBackends
{
    private const string NativePrefix = "native-";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["managed", "native-scalar", "native-sse4", "native-avx2", "native-avx512"];

    /// <summary>All of them, for MemberData; use with SkippableTheory.</summary>
    public static TheoryData<string> All => [.. Names];

    /// <summary>Those of the native library.</summary>
    public static TheoryData<string> Native => [.. Names.Where(name => name.StartsWith(NativePrefix, StringComparison.Ordinal))];

    /// <summary>Opens a backend of <see cref="All"/>; skips the test where it cannot be had.</summary>
    public static IBackend Open(string name, int? threads = null, NoptGemm gemm = NoptGemm.Auto)
    {
        if (name == "managed")
            return NativeOptRuntime.OpenBackend(BackendKind.Managed, new BackendOptions { Threads = threads });
        NoptIsa isa = IsaOf(name);
        RequireIsa(isa);
        return NativeOptRuntime.OpenBackend(BackendKind.Native, new BackendOptions { Threads = threads, Isa = isa, Gemm = gemm });
    }

    /// <summary>The instruction set of a backend of <see cref="Native"/>.</summary>
    public static NoptIsa IsaOf(string name) => Enum.Parse<NoptIsa>(name[NativePrefix.Length..], ignoreCase: true);

    /// <summary>Skips the test where the native library is absent.</summary>
    public static void RequireNative() =>
        Skip.IfNot(NativeOptRuntime.IsNativeAvailable, $"native library absent: {NativeLibraryLoader.Result.Failure}");

    /// <summary>Skips the test where the native library or the instruction set is absent.</summary>
    public static void RequireIsa(NoptIsa isa)
    {
        RequireNative();
        Skip.IfNot(NativeLibraryInfo.Supports(isa), $"instruction set absent: {isa.ToString().ToLowerInvariant()}");
    }
}
