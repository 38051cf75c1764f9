namespace NativeOpt.Benchmarks.Results;

/// <summary>A part of a topic's page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Note">How to read it, and the program that made it.</param>
/// <param name="Table">In Markdown.</param>
/// <param name="IsLong">Whether readers open it when they want it.</param>
internal sealed record Section(string Title, string Note, string Table, bool IsLong = false);

/// <summary>What becomes <c>name.md</c> and <c>name.svg</c>.</summary>
/// <param name="Name">Of the files.</param>
/// <param name="Title">Heading of the page.</param>
/// <param name="Sections">Those whose programs ran.</param>
/// <param name="Panels">Of the figure; none: no figure.</param>
internal sealed record Topic(string Name, string Title, IReadOnlyList<Section> Sections, IReadOnlyList<Panel> Panels);
