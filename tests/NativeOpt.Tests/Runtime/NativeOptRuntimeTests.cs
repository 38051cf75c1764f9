using System.Diagnostics.Tracing;
using System.Runtime.InteropServices;
using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Runtime;

[Collection(ProcessWide.Name)]
public sealed class NativeOptRuntimeTests
{
    private static readonly NativeLibraryLoad Absent = new(0, null, "no library today", ["here: no such file", "there: not readable"]);

    [SkippableFact]
    public void Status_WithTheNativeLibrary_NamesLibraryAndMachine()
    {
        TestBackends.RequireNative();

        RuntimeStatus status = NativeOptRuntime.Status;

        Assert.Equal(BackendKind.Native, status.Backend);
        Assert.Equal("the native library is loaded", status.Reason);
        Assert.True(File.Exists(status.LibraryPath), status.LibraryPath);
        Assert.Matches(@"^\d+\.\d+\.\d+$", status.LibraryVersion);
        Assert.Equal(1, status.AbiVersion);
        Assert.Contains(status.InstructionSet, (string[])["scalar", "sse4", "avx2", "avx512", "neon"]);
        Assert.NotEmpty(status.Processor);
        Assert.NotEmpty(status.BlasVersion);
        Assert.NotEmpty(status.BlasCore);
        Assert.NotEmpty(status.BlasThreading);
        Assert.EndsWith(": loaded", status.LoadTrace[^1], StringComparison.Ordinal);
        NativeOptRuntime.RequireNative();
    }

    [SkippableTheory]
    [InlineData("NOPT_ISA", "avx1024")]
    [InlineData("NOPT_GEMM", "mkl")]
    public void EnvironmentThatCannotBeHad_MakesTheBackendUnusable(string variable, string value)
    {
        TestBackends.RequireNative();
        Skip.IfNot(OperatingSystem.IsLinux(), "the native library reads the environment of the C library, set with setenv");
        string? before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Assert.Equal(0, SetVariable(variable, value, overwrite: 1));

            RuntimeStatus status = NativeOptRuntime.Status;
            var failure = Assert.Throws<NativeOptException>(NativeOptRuntime.RequireNative);

            Assert.False(status.IsUsable);
            Assert.Contains($"{variable} is \"{value}\"", status.Reason, StringComparison.Ordinal);
            Assert.Contains($"{variable} is \"{value}\"", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            // An empty variable is one that is not set.
            _ = SetVariable(variable, before ?? "", overwrite: 1);
        }
        Assert.True(NativeOptRuntime.Status.IsUsable);
    }

    [Fact]
    public void Status_AsText_SaysWhatRunsAndWhy()
    {
        RuntimeStatus status = NativeOptRuntime.StatusOf(Absent) with { ThreadCount = 1, InstructionSet = "vector256" };

        Assert.Equal("Managed, vector256, 1 thread: no library today", status.ToString());
    }

    [Fact]
    public void Status_WithoutTheNativeLibrary_SaysWhyTheManagedBackendRuns()
    {
        RuntimeStatus status = NativeOptRuntime.StatusOf(Absent);

        Assert.Equal(BackendKind.Managed, status.Backend);
        Assert.Equal("no library today", status.Reason);
        Assert.Null(status.LibraryPath);
        Assert.StartsWith("vector", status.InstructionSet, StringComparison.Ordinal);
        Assert.Equal(Absent.Trace, status.LoadTrace);
    }

    [Fact]
    public void OpenBackend_NativeWithoutTheLibrary_ThrowsReasonAndTrace()
    {
        var failure = Assert.Throws<NativeOptException>(
            () => NativeOptRuntime.OpenBackend(Absent, BackendKind.Native, new BackendOptions()));

        string[] lines = ["no library today", "  here: no such file", "  there: not readable"];
        Assert.Equal(string.Join(Environment.NewLine, lines), failure.Message);
    }

    [SkippableFact]
    public void OpenBackend_AutoWithoutTheLibrary_TakesTheManagedOneAndWarnsOnce()
    {
        Skip.IfNot(NativeOptRuntime.IsNativeAvailable, "native library absent: the one warning has been written before");
        using var listener = new WarningListener();

        for (int i = 0; i < 2; i++)
        {
            using IBackend backend = NativeOptRuntime.OpenBackend(Absent, BackendKind.Auto, new BackendOptions());
            Assert.Equal(BackendKind.Managed, backend.Kind);
        }

        Assert.Contains("no library today", Assert.Single(listener.Warnings), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void OpenBackend_Auto_TakesTheNativeOneWhereItIs()
    {
        TestBackends.RequireNative();

        using IBackend backend = NativeOptRuntime.OpenBackend();

        Assert.Equal(BackendKind.Native, backend.Kind);
        Assert.Equal($"native, {NativeOptRuntime.Status.InstructionSet}, {Count(NativeOptRuntime.ThreadCount)}", backend.Description);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void ThreadCount_OutOfRange_IsRefused(int count)
    {
        int before = NativeOptRuntime.ThreadCount;

        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => NativeOptRuntime.ThreadCount = count);

        Assert.Equal(count, failure.ActualValue);
        Assert.Equal("ThreadCount", failure.ParamName);
        Assert.Equal(before, NativeOptRuntime.ThreadCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => TestBackends.Open("managed", threads: count));
    }

    [SkippableFact]
    public void ThreadCount_Set_IsUsedByBackendsOpenedAfterwards()
    {
        TestBackends.RequireNative();
        int before = NativeOptRuntime.ThreadCount;
        try
        {
            NativeOptRuntime.ThreadCount = 3;
            using IBackend backend = NativeOptRuntime.OpenBackend(BackendKind.Native);

            Assert.EndsWith(", 3 threads", backend.Description, StringComparison.Ordinal);
            Assert.Equal(3, NativeOptRuntime.Status.ThreadCount);
        }
        finally
        {
            NativeOptRuntime.ThreadCount = before;
        }
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int SetVariable(string name, string value, int overwrite);

    private static string Count(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    private sealed class WarningListener : EventListener
    {
        public List<string> Warnings { get; } = [];

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name == "NativeOpt")
                EnableEvents(source, EventLevel.Warning);
        }

        protected override void OnEventWritten(EventWrittenEventArgs data) => Warnings.Add((string)data.Payload![0]!);
    }
}
