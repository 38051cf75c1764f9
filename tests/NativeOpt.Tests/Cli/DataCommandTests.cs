using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Download;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>The command as a user gives it. Nothing here reaches beyond this machine.</summary>
public class DataCommandTests
{
    /// <summary>A bad line, and what the complaint must contain.</summary>
    public static TheoryData<string, string> BadArguments => new()
    {
        { "data get cifar10x", "unknown data set 'cifar10x'; did you mean 'cifar-10'? Known: fashion-mnist, cifar-10, digits, iris" },
        { "data get", "get" },
        { "data", "command" },
        { "data fetch", "unknown command 'fetch'" },
        { "data get cifar-10 --form x", "unknown option of get '--form'; did you mean '--from'?" },
        { "data get cifar-10 --from /nowhere/at-all", "--from is '/nowhere/at-all'; there is no such folder" },
        { "data get cifar-10 --from http://example.org/", "--from is 'http://example.org/'; it must be an address with https, or" },
        { "data get cifar-10 --from ftp://example.org/", "it must be an address with https" },
    };

    [Theory]
    [MemberData(nameof(BadArguments))]
    public void Data_WithABadArgument_SaysSo(string line, string complaint)
    {
        Cli.Outcome outcome = Cli.Run(line.Split(' '));

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void Complaints_NameTheWholeCommand() =>
        Assert.Contains("`nativeopt data get --help`", Cli.Run("data", "get", "iris", "--form", "x").Error, StringComparison.Ordinal);

    [Fact]
    public void Get_WithoutAConnection_SaysWhatToDoAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();

        // Port 9 of this machine: nobody listens there.
        Cli.Outcome outcome = Cli.Run("data", "get", "cifar-10", "--folder", folder["cifar"], "--from", "https://127.0.0.1:9/");

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains("https://127.0.0.1:9/cifar-10-binary.tar.gz cannot be reached", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Without a connection: bring cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/ here", outcome.Error,
            StringComparison.Ordinal);
        Assert.Contains("--from", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(folder["cifar"], outcome.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Entries());
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("IRIS")]
    public void Get_OfWhatIsPartOfTheProgram_SaysSo(string name)
    {
        Cli.Outcome outcome = Cli.Run("data", "get", name);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Contains("is part of the program", outcome.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Cli.Run("data", "get", name, "--json").Output);
        Assert.False(json.RootElement.GetProperty("downloaded").GetBoolean());
    }

    [Fact]
    public void List_NamesEveryDataSet()
    {
        string text = Cli.Run("data", "list").Output;
        using JsonDocument json = JsonDocument.Parse(Cli.Run("data", "list", "--json").Output);

        Assert.All(Datasets.Names, name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.Equal(Datasets.Names, json.RootElement.EnumerateArray().Select(set => set.GetProperty("name").GetString()!));
        Assert.All(json.RootElement.EnumerateArray(), set => Assert.NotEmpty(set.GetProperty("description").GetString()!));
        Assert.Equal(2, json.RootElement.EnumerateArray().Count(set => set.GetProperty("builtIn").GetBoolean()));
    }

    [Fact]
    public void Help_ShowsHowToGetData()
    {
        string help = Cli.Run("data", "get", "--help").Output;

        Assert.Contains("nativeopt data get cifar-10", help, StringComparison.Ordinal);
        Assert.Contains("--from", help, StringComparison.Ordinal);
    }

    [Fact]
    public void KnownDataSets_HaveSafeAddressesAndWholeSums()
    {
        Assert.Equal(["fashion-mnist", "cifar-10"], RemoteDataset.Known.Select(set => set.Name));
        foreach (RemoteDataset set in RemoteDataset.Known)
        {
            Assert.Equal(Uri.UriSchemeHttps, set.Address.Scheme);
            Assert.EndsWith("/", set.Address.AbsolutePath, StringComparison.Ordinal);
            RemoteFile[] files = [.. set.Files, .. set.Downloads];
            Assert.All(files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256));
            Assert.All(files, file => Assert.Equal(Path.GetFileName(file.Name), file.Name));
            Assert.All(files, file => Assert.True(file.Bytes > 0));
            Assert.Equal(set.Files.Count, set.Files.Select(file => file.Sha256).Distinct().Count());
        }
    }
}
