using System.Numerics;
using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Optimizers;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Steps of an optimizer: the weights at the recorded ones, and what else the case has recorded there.</summary>
internal sealed class OptimizerKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "optimizer";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        if (run.Target.IsDouble)
            Replay<double>(run);
        else
            Replay<float>(run);
    }

    private static void Replay<T>(ReplayRun run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OptimizerRule rule = RuleReader.Read(run.Fields.Text("convention"), run.Fields.Text("optimizer"), run.Hyper);
        ReplayProblem<T> problem = ReplayProblem<T>.Read(run.Case.File.ReadProblem(run.Fields.Text("problem")));
        IBackend backend = run.Target.Open();
        using var optimizer = new Optimizer(rule, backend, run.Target.Dtype);
        var parameters = new ReplayParameters<T>(optimizer, problem, run.Fields.Has("variables") ? run.Fields.Objects("variables") : null);
        (long After, double Rate)? change = ReadRateChange(run.Fields);
        var recorded = new RecordedSteps<T>(run, problem);
        for (int step = 1; step <= recorded.Last; step++)
        {
            parameters.Step(problem.Gradient(parameters.Weights, step));
            if (change?.After == step)
                optimizer.LearningRate = change.Value.Rate;
            recorded.Compare(step, parameters);
        }
    }

    private static (long After, double Rate)? ReadRateChange(Fields fields) =>
        fields.FindObject("lr_change") is { } change ? (change.Whole("after_step"), change.Number("new_lr")) : null;
}
