using NativeOpt.Backends.Managed;
using NativeOpt.Checking;
using NativeOpt.Initializers;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// Compares the gradients of layers, activations, losses and whole models with central differences, in double on the managed backend.
/// It is for tests of code of your own: right gradients are within about 1e-8, wrong ones are not near.
/// </summary>
/// <remarks>
/// Everything is computed as in training, every time with the random numbers of the same step. At a kink, such as that of relu at 0,
/// there is no slope to compare with.
/// </remarks>
public static class GradientCheck
{
    private const double DefaultStep = 1e-5;
    private const int DefaultLimit = 200;

    /// <summary>Gradients of input and parameters of a layer, for a sum of its outputs with fixed random factors.</summary>
    /// <param name="layer">A layer; it is copied, and may belong to a model.</param>
    /// <param name="inputColumns">Columns of x, at least 1.</param>
    /// <param name="rows">Rows of x, at least 1.</param>
    /// <param name="seed">Decides x, the first values of the parameters, and the factors.</param>
    /// <param name="step">Half the distance of the two points of a difference.</param>
    /// <param name="limit">Elements of one array that are compared at most, evenly spread.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static GradientCheckResult Layer(
        Layer layer, int inputColumns, int rows = 6, long seed = 0, double step = DefaultStep, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputColumns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        using var backend = new ManagedBackend();
        using var probe = new LayerProbe(layer.Copy(), inputColumns, rows, NoptDtype.F64, backend, (ulong)seed);
        double[] x = Normals(rows * inputColumns, seed, stream: 1);
        double[] factors = Normals(rows * probe.OutputColumns, seed, stream: 2);
        Disturb(probe, seed);

        probe.Forward(x, isTraining: true);
        double[] dx = probe.Backward(factors);
        double[] gradients = probe.Read(probe.Arena.Gradients);
        SlopeComparison comparison = Compare(step, limit);
        comparison.Compare("x", inputColumns, x, dx, (i, value) => With(x, i, value, () => LossOf(probe, x, factors)));
        double[] parameters = probe.Read(probe.Arena.Parameters);
        foreach (ParameterRange range in probe.Arena.Ranges.Where(range => range.IsTrained))
        {
            int offset = (int)range.Offset;
            comparison.Compare(range.Name, range.Columns(), Slice(parameters, range), Slice(gradients, range), (i, value) =>
            {
                probe.Write(probe.Arena.Parameters, [value], offset + i);
                double loss = LossOf(probe, x, factors);
                probe.Write(probe.Arena.Parameters, [parameters[offset + i]], offset + i);
                return loss;
            });
        }
        return comparison.Result;
    }

    /// <summary>The derivative of an activation, in a dense layer that ends in it.</summary>
    /// <param name="activation">An activation or its name.</param>
    /// <param name="columns">Columns of its input, at least 1.</param>
    /// <param name="seed">Decides the input.</param>
    /// <exception cref="ArgumentOutOfRangeException">columns is below 1.</exception>
    public static GradientCheckResult Activation(Activation activation, int columns = 5, long seed = 0) =>
        Layer(new Dense(columns, activation), columns, seed: seed);

    /// <summary>
    /// The gradient of the mean loss by each prediction. (That of categorical cross-entropy on probabilities takes the sum of a row as
    /// given, as PyTorch's does, though the loss divides by it, as Keras' does: its slopes differ.)
    /// </summary>
    /// <param name="loss">A loss or its name.</param>
    /// <param name="predictions">[rows, columns], as the loss takes them.</param>
    /// <param name="targets">As many rows.</param>
    /// <param name="step">Half the distance of the two points of a difference.</param>
    /// <exception cref="ArgumentException">Predictions and targets do not fit the loss.</exception>
    public static GradientCheckResult Loss(Loss loss, float[,] predictions, Targets targets, double step = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(predictions);
        (int rows, int columns) = (predictions.GetLength(0), predictions.GetLength(1));
        using var model = new Sequential(NoptDtype.F64) { new FreePredictions(rows, columns) };
        model.Compile(new Sgd(), loss, backend: BackendKind.Managed);
        model.Build(1);
        model.SetWeights("predictions/values", predictions);
        return Model(model, new float[rows, 1], targets, step, limit: int.MaxValue);
    }

    /// <summary>Gradients of all parameters of a model, for the mean loss of a batch.</summary>
    /// <param name="model">A compiled model; its weights stay as they are.</param>
    /// <param name="x">Inputs of the batch.</param>
    /// <param name="y">As many targets.</param>
    /// <param name="step">Half the distance of the two points of a difference.</param>
    /// <param name="limit">Elements of one parameter that are compared at most, evenly spread.</param>
    /// <exception cref="ArgumentException">The batch does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public static GradientCheckResult Model(
        Model model, Features x, Targets y, double step = DefaultStep, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(model);
        SlopeComparison comparison = Compare(step, limit);
        using var probe = new ModelProbe(model, x, y);
        double[] gradients = probe.Gradients();
        double[] parameters = probe.Parameters();
        foreach (ParameterRange range in probe.Trained)
        {
            int offset = (int)range.Offset;
            comparison.Compare(range.Name, range.Columns(), Slice(parameters, range), Slice(gradients, range), (i, value) =>
                probe.LossWith(offset + i, value));
        }
        return comparison.Result;
    }

    private static SlopeComparison Compare(double step, int limit)
    {
        Require.Positive(step, nameof(step));
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new SlopeComparison(step, limit);
    }

    private static double LossOf(LayerProbe probe, double[] x, double[] factors)
    {
        double[] y = probe.Forward(x, isTraining: true);
        return y.Zip(factors, (value, factor) => value * factor).Sum();
    }

    private static double With(double[] values, int index, double value, Func<double> compute)
    {
        double before = values[index];
        values[index] = value;
        double result = compute();
        values[index] = before;
        return result;
    }

    // Away from first values at which a gradient could be right by chance, such as a bias of 0.
    private static void Disturb(LayerProbe probe, long seed)
    {
        double[] parameters = probe.Read(probe.Arena.Parameters);
        double[] changes = Normals(parameters.Length, seed, stream: 3);
        foreach (ParameterRange range in probe.Arena.Ranges.Where(range => range.IsTrained))
            for (int i = (int)range.Offset; i < range.Offset + range.Count; i++)
                parameters[i] += 0.1 * changes[i];
        probe.Write(probe.Arena.Parameters, parameters);
    }

    private static double[] Normals(int count, long seed, ulong stream)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            uint word = Philox.Block((ulong)seed, stream, (ulong)i / 4)[i % 4];
            values[i] = NormalQuantile.At((word + 0.5) / (1UL << 32));
        }
        return values;
    }

    private static double[] Slice(double[] block, ParameterRange range) =>
        block[(int)range.Offset..(int)(range.Offset + range.Count)];
}
