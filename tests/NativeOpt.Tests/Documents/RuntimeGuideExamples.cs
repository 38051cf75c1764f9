using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Runtime/README.md, word for word.</summary>
public class RuntimeGuideExamples
{
    [Fact]
    public void TheStatus_SaysWhatWasTried()
    {
        RuntimeStatus status = NativeOptRuntime.Status;
        string report = $"{status}\n{string.Join('\n', status.LoadTrace)}";

        Assert.StartsWith(status.Backend.ToString(), report, StringComparison.Ordinal);
        Assert.NotEmpty(status.LoadTrace);
    }

    [SkippableFact]
    public void WhereTheLibraryIsLoaded_RequireNativeReturns()
    {
        TestBackends.RequireNative();

        NativeOptRuntime.RequireNative();
    }
}
