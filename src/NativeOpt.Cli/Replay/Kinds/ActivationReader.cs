namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Finds the activation of a case by its name and hyper-parameters.</summary>
internal static class ActivationReader
{
    /// <summary>Reads "activation"; parameters of it in "hyper" count as understood.</summary>
    /// <exception cref="ReplayException">The activation or a parameter is unknown.</exception>
    public static Activation Read(ReplayRun run)
    {
        if (run.Fields.FindObject("hyper") is { } hyper && hyper.Has("axis") && hyper.Whole("axis") is not -1 and var axis)
            throw new ReplayException($"hyper.axis is {axis}; it must be -1, along rows");
        return Activation.FromName(run.Fields.Text("activation"));
    }
}
