using Xunit;

namespace NativeOpt.Tests.Runtime;

/// <summary>NOPT_NUM_THREADS, read where nobody has set <see cref="NativeOptRuntime.ThreadCount"/>.</summary>
public sealed class ThreadCountVariableTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("1024", 1024)]
    public void DefaultThreadCount_WithAnAllowedValue_IsThatValue(string text, int count) =>
        Assert.Equal(count, NativeOptRuntime.DefaultThreadCount(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void DefaultThreadCount_WithoutAValue_IsTheNumberOfProcessors(string? text) =>
        Assert.Equal(Environment.ProcessorCount, NativeOptRuntime.DefaultThreadCount(text));

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("1025")]
    [InlineData("two")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void DefaultThreadCount_WithAnythingElse_NamesTheVariableTheValueAndTheLimit(string text)
    {
        var failure = Assert.Throws<NativeOptException>(() => NativeOptRuntime.DefaultThreadCount(text));

        Assert.Equal($"NOPT_NUM_THREADS is '{text}'; it must be a whole number from 1 to 1024", failure.Message);
    }
}
