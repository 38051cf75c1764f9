namespace NativeOpt.Tests.Fuzzing;

/// <summary>A reader with a file that it can read.</summary>
/// <param name="FileName">Its extension matters to some.</param>
/// <param name="Write">Writes a valid file to a path.</param>
/// <param name="Read">Reads the file at a path.</param>
internal sealed record FuzzedReader(string FileName, Action<string> Write, Action<string> Read)
{
    /// <summary>Brings checksums up to date, so that a change is found by what reads the content.</summary>
    public Func<byte[], byte[]> Repair { get; init; } = bytes => bytes;
}
