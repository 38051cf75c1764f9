using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>An activation and its derivative at a list of points, alone and behind a dense layer.</summary>
internal sealed class ActivationTableKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "activation_table";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        Activation activation = ActivationReader.Read(run);
        Grid points = run.Inputs.Grid("x").AsColumn();
        double[] slopes = WithoutOneSidedSlopes(activation, points.Values, run.Expected.Numbers("dy_dx"));
        NoptDtype dtype = run.Target.Dtype;
        using IBackend backend = run.Target.Open();
        using Matrix x = new(dtype, points), ones = new(dtype, points.Filled(1));
        using Matrix y = new(dtype, points.Rows, 1), dx = new(dtype, points.Rows, 1);

        ActivationOperation.Forward(backend, activation, x, y);
        run.Check("y", y.ToArray());
        ActivationOperation.Backward(backend, activation, x, y, ones, dx);
        run.Checks.Add(slopes, dx.ToArray(), run.Tolerance, "dy_dx");

        // A dense layer of one weight, 1: dy = 1 becomes dy/dx.
        using var layer = new DenseLayer(backend, dtype, activation, new Grid(1, 1, [1]), null);
        layer.Forward(x, y);
        run.Check("y", y.ToArray());
        layer.Backward(x, y, ones, dx);
        run.Checks.Add(slopes, dx.ToArray(), run.Tolerance, "dy_dx");
    }

    /// <summary>
    /// Automatic differentiation of max(x, 0) + log(1 + exp(-|x|)) takes a one-sided slope of the maximum at 0, where softplus itself
    /// has the slope 1/2. Tables that were made so have 0 or 1 there.
    /// </summary>
    private static double[] WithoutOneSidedSlopes(Activation activation, double[] points, double[] slopes)
    {
        bool isSmooth = activation.Kind is NoptActivation.Softplus or NoptActivation.LogSigmoid;
        for (int i = 0; isSmooth && i < Math.Min(points.Length, slopes.Length); i++)
            if (points[i] == 0 && slopes[i] is 0 or 1)
                slopes[i] = 0.5;
        return slopes;
    }
}
