using NativeOpt.Files;
using Xunit;

namespace NativeOpt.Tests.Files;

/// <summary>Where a file may be put.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    public void ADevice_IsRefusedAndStays(string device)
    {
        var failure = Assert.Throws<IOException>(() => OutputFile.Resolve(device));

        Assert.Equal($"path is '{device}'; a device has that name", failure.Message);
    }

    [Fact]
    public void ALinkToADevice_IsRefused()
    {
        File.CreateSymbolicLink(_folder["link"], "/dev/null");

        Assert.Throws<IOException>(() => OutputFile.Resolve(_folder["link"]));
    }

    [Fact]
    public void ALink_Stays_AndWhatItPointsToIsReplaced()
    {
        File.WriteAllText(_folder["v1"], "old");
        File.CreateSymbolicLink(_folder["latest"], _folder["v1"]);

        AtomicFile.Write(_folder["latest"], file => file.WriteByte((byte)'n'));

        Assert.Equal("n", File.ReadAllText(_folder["v1"]));
        Assert.Equal(_folder["v1"], File.ResolveLinkTarget(_folder["latest"], returnFinalTarget: true)?.FullName);
    }

    [Fact]
    public void AFolderThatIsNotThere_IsNamed()
    {
        var failure = Assert.Throws<DirectoryNotFoundException>(() => OutputFile.Resolve(_folder["absent/a.model"]));

        Assert.Contains($"there is no folder '{_folder["absent"]}'", failure.Message, StringComparison.Ordinal);
    }
}
