using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Output;
using Xunit;

namespace NativeOpt.Tests.Cli;

public class OutputFolderTests
{
    [Fact]
    public void Commit_ReplacesOlderFilesAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "old");
        using (var output = OutputFolder.Open(folder.Path, "--output"))
        {
            output.Add("a.txt", "new");
            output.Add("b.txt", "b");
            Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
            output.Commit();
        }

        Assert.Equal(["a.txt", "b.txt"], folder.Entries());
        Assert.Equal("new", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void Dispose_WithoutCommit_TakesAwayFilesAndTheFoldersItMade()
    {
        using var folder = new TemporaryFolder();
        using (var output = OutputFolder.Open(folder["deep/er"], "--output"))
            output.Add("a.txt", "a");

        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Dispose_WithoutCommit_KeepsWhatWasThereBefore()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "old");
        using (var output = OutputFolder.Open(folder.Path, "--output"))
            output.Add("a.txt", "new");

        Assert.Equal(["a.txt"], folder.Entries());
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void Commit_ThatFailsHalfway_LeavesEveryNameAsItWas()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "old");
        using (var output = OutputFolder.Open(folder.Path, "--output", "a.txt", "b.txt", "c.txt"))
        {
            output.Add("a.txt", "new");
            output.Add("b.txt", "new");
            output.Add("c.txt", "new");
            Directory.CreateDirectory(folder["c.txt"]);
            Assert.ThrowsAny<Exception>(output.Commit);
        }

        Assert.Equal(["a.txt", "c.txt"], folder.Entries());
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
    }

    [Fact]
    public void Open_BelowAFile_NamesTheArgumentAndThePath()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");

        var failure = Assert.Throws<InputException>(() => OutputFolder.Open(folder["file/out"], "--output"));

        Assert.StartsWith($"--output is '{folder["file/out"]}'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["file"], folder.Entries());
    }
}
