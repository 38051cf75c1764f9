using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Batch normalization over several batches: outputs and gradients in training and afterwards, and the moving statistics.</summary>
internal sealed class BatchNormKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "batchnorm";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        bool isPyTorch = IsPyTorch(run.Fields.Text("convention"));
        double epsilon = run.Hyper.Number(run.Hyper.Has("eps") ? "eps" : "epsilon", isPyTorch ? 1e-5 : 1e-3);
        double momentum = run.Hyper.Number("momentum", isPyTorch ? 0.1 : 0.99);
        Grid[] batches = [.. run.Inputs.Items("batches").Select((item, i) => Grid.Read(item, $"inputs.batches[{i}]"))];
        Fields[] steps = run.Expected.Objects("steps");
        if (steps.Length != batches.Length)
            throw new ReplayException($"expected.steps has {steps.Length} elements; inputs.batches has {batches.Length}");

        using IBackend backend = run.Target.Open();
        using var first = new Matrix(run.Target.Dtype, batches[0]);
        using var layer = new NormalizationOperation(
            backend, NoptNormalization.Batch, first, Optional(run.Inputs, "gamma"), Optional(run.Inputs, "beta"));
        NoptNormalizationFlags moving = isPyTorch ? NoptNormalizationFlags.Unbiased : 0;
        // PyTorch's momentum is the weight of the new batch.
        double keep = isPyTorch ? 1 - momentum : momentum;
        for (int i = 0; i < batches.Length; i++)
        {
            using var x = new Matrix(run.Target.Dtype, batches[i]);
            Pass(run, layer, x, steps[i], "", epsilon, keep, moving);
            Compare(run, steps[i], "running_mean", layer.Moving.Mean);
            Compare(run, steps[i], "running_var", layer.Moving.Variance);
            Pass(run, layer, x, steps[i], "_eval", epsilon, keep, NoptNormalizationFlags.Fixed);
        }
    }

    /// <summary>Forward, and backward where the case has its results.</summary>
    internal static void Pass(ReplayRun run, NormalizationOperation layer, Matrix x, Fields expected, string suffix,
        double epsilon, double momentum, NoptNormalizationFlags flags)
    {
        using Matrix y = new(x.Dtype, x.Rows, x.Columns), dx = new(x.Dtype, x.Rows, x.Columns);
        using var dy = new Matrix(x.Dtype, run.Inputs.Grid("upstream"));
        layer.Forward(x, y, epsilon, momentum, flags);
        Compare(run, expected, $"y{suffix}", y.ToArray());
        if (suffix.Length > 0 && !expected.Has($"dX{suffix}"))
            return;
        layer.Backward(x, dy, dx, flags);
        Compare(run, expected, $"dX{suffix}", dx.ToArray());
        Compare(run, expected, $"dgamma{suffix}", layer.Dgamma.ToArray());
        Compare(run, expected, $"dbeta{suffix}", layer.Dbeta.ToArray());
    }

    /// <summary>A list of the inputs, or null.</summary>
    internal static Grid? Optional(Fields inputs, string name) => inputs.Has(name) ? inputs.Grid(name) : null;

    private static void Compare(ReplayRun run, Fields expected, string name, double[] actual) => run.Checks.Add(
        expected.Numbers(name), actual, run.Tolerance, expected.PathOf(name)["expected.".Length..]);

    // "pytorch: running = (1-momentum)*running + momentum*batch; ...": the word, then what it means.
    private static bool IsPyTorch(string convention) => convention.Split(':')[0].Trim() switch
    {
        "pytorch" => true,
        "keras" => false,
        var other => throw new ReplayException($"unknown convention '{other}'. Known: pytorch, keras"),
    };
}
