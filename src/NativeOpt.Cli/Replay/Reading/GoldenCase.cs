namespace NativeOpt.Cli.Replay;

/// <summary>One case of a file.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Name">Unique in its file.</param>
/// <param name="Kind">Decides how it is replayed.</param>
internal sealed record GoldenCase(GoldenFile File, string Name, string Kind)
{
    /// <summary>Its fields, none of them asked for yet.</summary>
    public Fields ReadFields() => File.ReadCase(Name);
}
