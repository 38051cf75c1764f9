using System.Diagnostics.Tracing;
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
