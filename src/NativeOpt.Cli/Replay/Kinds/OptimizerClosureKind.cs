using System.Numerics;
using NativeOpt.Cli.Replay.Optimizers;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Steps of an optimizer that evaluates the loss itself: weights, losses, and how often it did what.</summary>
internal sealed class OptimizerClosureKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "optimizer_closure";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        LBfgs optimizer = LBfgsReader.Read(run.Fields.Text("convention"), run.Fields.Text("optimizer"), run.Hyper);
        run.Fields.Ignore("record_steps");
        if (run.Target.IsDouble)
            Replay<double>(run, optimizer, (weights, function) => optimizer.Step(weights, function));
        else
            Replay<float>(run, optimizer, (weights, function) => optimizer.Step(weights, function));
    }

    private static void Replay<T>(ReplayRun run, LBfgs optimizer, Func<T[], LossAndGradient<T>, double> stepOnce)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string name = run.Fields.Text("problem");
        ReplayProblem<T> problem = ReplayProblem<T>.Read(run.Case.File.ReadProblem(name));
        // Near a minimum a loss in float changes by its last bit only, and a line search follows the noise.
        ReplayProblem<double> losses = ReplayProblem<double>.Read(run.Case.File.ReadProblem(name));
        var drift = new Drift(run);
        ExpectedSteps weights = ExpectedSteps.Read(run, "weights");
        ExpectedSteps? expectedLosses = ReadOptional(run, "loss_before_step");
        ExpectedSteps? iterations = ReadOptional(run, "n_iter_total"), evaluations = ReadOptional(run, "func_evals_total");
        T[] w = [.. problem.Start];
        for (int step = 1; step <= weights.Last; step++)
        {
            double loss = stepOnce(w, (point, gradient) =>
            {
                problem.Gradient(point, 1).CopyTo(gradient);
                return losses.Loss(ToDoubles(point));
            });
            weights.Compare(run, step, drift.ChaoticToleranceAt(step), () => ToDoubles(w));
            expectedLosses?.Compare(run, step, drift.ChaoticToleranceAt(step), () => [loss]);
            // Floats stop at other iterations than doubles: the schema has their counts for information.
            double? exact = run.Target.IsDouble ? 0 : null;
            iterations?.Compare(run, step, exact, () => [optimizer.IterationCount]);
            evaluations?.Compare(run, step, exact, () => [optimizer.EvaluationCount]);
        }
    }

    private static double[] ToDoubles<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T> =>
        Array.ConvertAll(values.ToArray(), double.CreateTruncating);

    private static ExpectedSteps? ReadOptional(ReplayRun run, string name) =>
        run.Expected.Has(name) ? ExpectedSteps.Read(run, name) : null;
}
