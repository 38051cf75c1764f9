using NativeOpt.Text;

namespace NativeOpt.Cli.Replay;

/// <summary>Replays cases: the one implementation behind the command and the tests.</summary>
internal static class Replayer
{
    /// <summary>Fields of a case that tell people about it.</summary>
    private static readonly string[] Notes = ["name", "kind", "source", "meaning", "note", "feature", "description"];

    /// <summary>Fields of the hyper-parameters that tell people about them.</summary>
    private static readonly string[] HyperNotes = ["note", "mode_note", "formula"];

    /// <summary>Replays a case on a target. Never throws for what is in the case.</summary>
    /// <exception cref="OperationCanceledException">Cancelled in the middle of a training.</exception>
    public static CaseResult Replay(GoldenCase golden, ReplayTarget target, ReplayOptions options)
    {
        var problems = new List<string>();
        var run = new ReplayRun(golden, target, options);
        try
        {
            ReplayKinds.Find(golden.Kind).Replay(run);
            problems.AddRange(Unread(run.Fields));
        }
        catch (ReplayException e)
        {
            problems.Add(e.Message);
        }
        catch (ArgumentException e)
        {
            problems.Add(ArgumentFailure.Sentence(e).ReplaceLineEndings(" "));
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or NativeOptException or IOException
            or InvalidDataException)
        {
            problems.Add(e.Message);
        }
        if (run.Checks.Failed > 0)
            problems.Insert(0, $"{run.Checks.Worst}{(run.Checks.Failed > 1 ? $" ({run.Checks.Failed} numbers differ)" : "")}");
        if (problems.Count == 0 && run.Checks.Count == 0)
            problems.Add("nothing was compared");
        return new CaseResult(golden, target, run.Checks, problems);
    }

    private static IEnumerable<string> Unread(Fields fields)
    {
        fields.Ignore(Notes);
        if (fields.FindObject("hyper") is { } hyper)
            hyper.Ignore(HyperNotes);
        foreach (string path in fields.Unread)
            yield return path.Split('.')[0] switch
            {
                "hyper" => $"unknown hyper-parameter '{path["hyper.".Length..]}'{Hint(fields, path)}",
                "expected" => $"{path} is not understood, so it was not compared",
                _ => $"unknown field '{path}'",
            };
    }

    private static string Hint(Fields fields, string path) =>
        fields.Object("hyper").NearestAsked(path["hyper.".Length..]) is { } nearest ? $"; did you mean '{nearest}'?" : "";
}
