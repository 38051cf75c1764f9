using System.Diagnostics;
using NativeOpt.Cli.Commands;
using Xunit;

namespace NativeOpt.Tests.Fuzzing;

/// <summary>
/// Damaged files in each reader: it reads them or says what is wrong, soon, in short, and without more memory than the file's length
/// explains. The environment variable NOPT_FUZZ_INPUTS gives another number of files a reader.
/// </summary>
public class ParserFuzzTests
{
    private const int UsualInputs = 150;
    private const int Seed = 20_251;

    /// <summary>A file of ours takes a few times its length, and what every model and every reader has.</summary>
    private const long UsualBytes = 8 << 20, BytesPerByte = 200;

    /// <summary>It may list all known names, and must not repeat the file.</summary>
    private const int LongestMessage = 1500;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static int Inputs =>
        int.TryParse(Environment.GetEnvironmentVariable("NOPT_FUZZ_INPUTS"), out int inputs) ? inputs : UsualInputs;

    public static TheoryData<string> Readers => [.. FuzzedReaders.All.Keys];

    [Theory]
    [MemberData(nameof(Readers))]
    public void DamagedFiles_AreReadOrRefusedInShort(string name)
    {
        FuzzedReader reader = FuzzedReaders.All[name];
        using var folder = new TemporaryFolder();
        string path = folder[reader.FileName];
        reader.Write(path);
        reader.Read(path);
        byte[] valid = File.ReadAllBytes(path);
        int refused = 0;
        for (int i = 0; i < Inputs; i++)
        {
            File.WriteAllBytes(path, reader.Repair(Mutation.Of(valid, new Random(Seed + i))));
            if (!Reads(reader, path, $"{name}, input {i}"))
                refused++;
        }
        Assert.True(refused > Inputs / 10, $"{refused} of {Inputs} damaged files were refused");
    }

    private static bool Reads(FuzzedReader reader, string path, string what)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        Exception? failure = Record.Exception(() => reader.Read(path));
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Assert.True(Stopwatch.GetElapsedTime(start) < Limit, $"{what} took {Stopwatch.GetElapsedTime(start)}");
        Assert.True(bytes < UsualBytes + BytesPerByte * new FileInfo(path).Length, $"{what} took {bytes} bytes");
        if (failure is null)
            return true;
        Assert.True(failure is InvalidDataException or ArgumentException or InputException, $"{what}: {failure}");
        Assert.True(failure.Message.Length < LongestMessage, $"{what}: {failure.Message}");
        return false;
    }
}
