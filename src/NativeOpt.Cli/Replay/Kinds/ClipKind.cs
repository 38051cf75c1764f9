using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Optimizers;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>
/// Gradients of several parameters, clipped. They are what a step of gradient descent from 0 with a rate of 1 takes away, so that the
/// clipping of optimizers is tried as it is used.
/// </summary>
internal sealed class ClipKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "clip";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        double[][] gradients = [.. run.Inputs.Items("gradients").Select((item, index) => Fields.NumbersOf(item, $"inputs.gradients[{index}]"))];
        OptimizerRule rule = RuleReader.Read(IsPyTorch(run) ? "pytorch" : "keras", "SGD", run.Hyper) with { LearningRate = 1 };
        IBackend backend = run.Target.Open();
        using var optimizer = new Optimizer(rule, backend, run.Target.Dtype);
        for (int i = 0; i < gradients.Length; i++)
            optimizer.Register(NameOf(i), gradients[i].Length);
        double[][] weights = run.Target.Dtype == NoptDtype.F64 ? StepDouble(optimizer, gradients) : Step(optimizer, gradients);
        run.Check("gradients", [.. weights.SelectMany(w => w).Select(w => 0 - w)]);
        if (run.Expected.Has("total_norm"))
            run.Check("total_norm", optimizer.LastGradientNorm);
    }

    /// <summary>PyTorch adds 1e-6 to the norm.</summary>
    private static bool IsPyTorch(ReplayRun run) => run.Hyper.Has("max_norm") || run.Hyper.Has("norm_type");

    private static double[][] Step(Optimizer optimizer, double[][] gradients)
    {
        float[][] weights = [.. gradients.Select(g => new float[g.Length])];
        optimizer.Step([.. gradients.Select((g, i) => new ParameterUpdate(NameOf(i), weights[i], Array.ConvertAll(g, x => (float)x)))]);
        return [.. weights.Select(w => Array.ConvertAll(w, x => (double)x))];
    }

    private static double[][] StepDouble(Optimizer optimizer, double[][] gradients)
    {
        double[][] weights = [.. gradients.Select(g => new double[g.Length])];
        optimizer.StepDouble([.. gradients.Select((g, i) => (NameOf(i), weights[i], g))]);
        return weights;
    }

    private static string NameOf(int index) => $"gradients[{index}]";
}
