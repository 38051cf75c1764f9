namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>Turns the hyper-parameters of PyTorch's LBFGS into an optimizer.</summary>
internal static class LBfgsReader
{
    /// <summary>Reads an optimizer; each hyper-parameter that it takes counts as understood.</summary>
    /// <exception cref="ReplayException">The optimizer is another one, or a value is none that it takes.</exception>
    public static LBfgs Read(string convention, string optimizer, Fields hyper)
    {
        if (convention != "pytorch" || optimizer != "LBFGS")
            throw new ReplayException($"unknown optimizer of {convention} '{optimizer}'. Known: LBFGS of pytorch");
        string search = hyper.Text("line_search_fn", "none");
        return new LBfgs
        {
            LearningRate = hyper.Number("lr", 1),
            MaxIterations = (int)hyper.Whole("max_iter", 20),
            MaxEvaluations = (int?)hyper.OptionalWhole("max_eval"),
            ToleranceGradient = hyper.Number("tolerance_grad", 1e-7),
            ToleranceChange = hyper.Number("tolerance_change", 1e-9),
            HistorySize = (int)hyper.Whole("history_size", 100),
            LineSearch = search switch
            {
                "none" => LineSearch.None,
                "strong_wolfe" => LineSearch.StrongWolfe,
                _ => throw new ReplayException($"hyper.line_search_fn is '{search}'; it must be null or strong_wolfe"),
            },
        };
    }
}
