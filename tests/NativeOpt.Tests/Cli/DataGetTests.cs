using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Download;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>Downloads of made-up data sets from this process.</summary>
public sealed class DataGetTests : IDisposable
{
    private static readonly Uri Address = new("https://example.org/sets/");
    private static readonly byte[] First = Encoding.UTF8.GetBytes(new string('a', 100_000)), Second = [1, 2, 3];

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(), _error = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What the server has instead of the second file, and what is said.</summary>
    public static TheoryData<byte[]?, string> BadFiles => new()
    {
        { null, "https://example.org/sets/second.bin: the server answers 404 Not Found" },
        { [1, 2], "https://example.org/sets/second.bin ends after 2 of 3 bytes" },
        { [1, 2, 3, 4], "https://example.org/sets/second.bin is longer than 3 bytes; it is not the file that is wanted" },
        { [1, 2, 4], "https://example.org/sets/second.bin has the SHA-256 sum " },
    };

    [Fact]
    public void Get_OfFiles_ChecksThemAndPutsThemIntoTheFolder()
    {
        var server = new Server { ["first.bin"] = First, ["second.bin"] = Second };

        Assert.Equal(ExitCode.Success, Get(Plain(), server));

        Assert.Equal(First, File.ReadAllBytes(_folder["set/first.bin"]));
        Assert.Equal(["set", "set/first.bin", "set/second.bin"], _folder.Entries());
        Assert.Contains($"Small set is in {_folder["set"]}", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, server.Requests);

        Assert.Equal(ExitCode.Success, Get(Plain(), server));
        Assert.Equal(2, server.Requests);
        Assert.Contains("is already in", _output.ToString(), StringComparison.Ordinal);

        File.WriteAllBytes(_folder["set/second.bin"], [3, 2, 1]);
        Get(Plain(), server);
        Assert.Equal(Second, File.ReadAllBytes(_folder["set/second.bin"]));
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Get_OfAnotherFile_IsRefusedAndLeavesTheFolderAsItWas(byte[]? second, string sentence)
    {
        Directory.CreateDirectory(_folder["set"]);
        File.WriteAllText(_folder["set/first.bin"], "old");
        var server = new Server { ["first.bin"] = First };
        if (second is not null)
            server["second.bin"] = second;

        var failure = Assert.Throws<InputException>(() => Get(Plain(), server));

        Assert.StartsWith(sentence, failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Without a connection: bring first.bin, second.bin from https://example.org/sets/", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["set", "set/first.bin"], _folder.Entries());
        Assert.Equal("old", File.ReadAllText(_folder["set/first.bin"]));
    }

    [Fact]
    public void Get_OfAnArchive_UnpacksTheWantedFilesOnly()
    {
        byte[] archive = Archive(("set/readme.html", [9]), ("set/first.bin", First), ("../../second.bin", Second));

        Assert.Equal(ExitCode.Success, Get(Packed(archive), new Server { ["set.tar.gz"] = archive }, json: true));

        Assert.Equal(Second, File.ReadAllBytes(_folder["set/second.bin"]));
        Assert.Equal(["set", "set/first.bin", "set/second.bin"], _folder.Entries());
        using JsonDocument json = JsonDocument.Parse(_output.ToString());
        Assert.True(json.RootElement.GetProperty("downloaded").GetBoolean());
        Assert.Equal(_folder["set"], json.RootElement.GetProperty("folder").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("files").GetArrayLength());
    }

    [Fact]
    public void Get_OfAnArchiveWithOtherFiles_IsRefused()
    {
        byte[] lacking = Archive(("set/first.bin", First));
        byte[] changed = Archive(("set/first.bin", First), ("set/second.bin", [1, 2, 9]));
        byte[] cut = Archive(("set/first.bin", First), ("set/second.bin", Second))[..^40];

        Assert.StartsWith("set.tar.gz has no second.bin", Refusal(lacking), StringComparison.Ordinal);
        Assert.StartsWith("set.tar.gz: set/second.bin has the SHA-256 sum", Refusal(changed), StringComparison.Ordinal);
        Assert.StartsWith("set.tar.gz", Refusal(cut), StringComparison.Ordinal);
        Assert.StartsWith("set.tar.gz", Refusal(First), StringComparison.Ordinal);
        Assert.Empty(_folder.Entries());

        string Refusal(byte[] archive) =>
            Assert.Throws<InputException>(() => Get(Packed(archive), new Server { ["set.tar.gz"] = archive })).Message;
    }

    [Fact]
    public void Get_FromAFolder_NeedsNoConnection()
    {
        Directory.CreateDirectory(_folder["stick"]);
        File.WriteAllBytes(_folder["stick/first.bin"], First);
        Assert.Contains("cannot be read", Assert.Throws<InputException>(
            () => Get(Plain(), new Server(), from: _folder["stick"])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_folder["stick/second.bin"], Second);

        Assert.Equal(ExitCode.Success, Get(Plain(), new Server(), from: _folder["stick"]));

        Assert.Equal(Second, File.ReadAllBytes(_folder["set/second.bin"]));
    }

    [Fact]
    public async Task Get_FromAServerOfThisMachine_Downloads()
    {
        using var listener = new HttpListener();
        string address = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        Task serving = Task.Run(async () =>
        {
            foreach (byte[] content in new[] { First, Second })
            {
                HttpListenerContext context = await listener.GetContextAsync();
                context.Response.ContentLength64 = content.Length;
                await context.Response.OutputStream.WriteAsync(content);
                context.Response.Close();
            }
        });

        int code = DataGetAction.Run(Settings(Plain(), WebSource.CreateHandler, address, json: false), Screen(), CancellationToken.None);

        Assert.Equal(ExitCode.Success, code);
        await serving.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(First, File.ReadAllBytes(_folder["set/first.bin"]));
        Assert.Contains($"{address}first.bin (0.1 MB)", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Get_ThatIsInterrupted_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var server = new Server { ["first.bin"] = First, ["second.bin"] = Second };
        server.Asked = name =>
        {
            if (name == "second.bin")
                cancellation.Cancel();
        };

        Assert.ThrowsAny<OperationCanceledException>(
            () => DataGetAction.Run(Settings(Plain(), () => server, null, json: false), Screen(), cancellation.Token));

        Assert.Empty(_folder.Entries());
    }

    [SkippableFact]
    public void Get_IntoAFolderThatCannotBeWritten_SaysSo()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux has /proc");

        var failure = Assert.Throws<InputException>(() => DataGetAction.Run(
            Settings(Plain(), () => new Server(), null, json: false) with { Folder = "/proc/none/set" }, Screen(), CancellationToken.None));

        Assert.Contains("files cannot be written to '/proc/none/set'", failure.Message, StringComparison.Ordinal);
    }

    private int Get(RemoteDataset set, Server server, string? from = null, bool json = false) =>
        DataGetAction.Run(Settings(set, () => server, from, json), Screen(), CancellationToken.None);

    private DataGetSettings Settings(RemoteDataset set, Func<HttpMessageHandler> handler, string? from, bool json) => new()
    {
        Name = set.Name,
        Folder = _folder["set"],
        From = from,
        Json = json,
        Known = [set],
        CreateHandler = handler,
    };

    private Terminal Screen() => new(_output, _error, IsInteractive: false);

    private static RemoteDataset Plain() =>
        new("small", "Small set", Address, null, [Describe("first.bin", First), Describe("second.bin", Second)]);

    private static RemoteDataset Packed(byte[] archive) => Plain() with { Archive = Describe("set.tar.gz", archive) };

    private static RemoteFile Describe(string name, byte[] content) =>
        new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));

    private static byte[] Archive(params (string Name, byte[] Content)[] files)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal, leaveOpen: true))
        using (var writer = new TarWriter(gzip))
            foreach ((string name, byte[] content) in files)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        return result.ToArray();
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Answers instead of the Internet.</summary>
    private sealed class Server : HttpMessageHandler
    {
        private readonly Dictionary<string, byte[]> _files = [];

        public int Requests { get; private set; }

        public Action<string>? Asked { get; set; }

        public byte[] this[string name] { set => _files[name] = value; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            string name = request.RequestUri!.AbsoluteUri[Address.AbsoluteUri.Length..];
            Asked?.Invoke(name);
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(_files.TryGetValue(name, out byte[]? content)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
