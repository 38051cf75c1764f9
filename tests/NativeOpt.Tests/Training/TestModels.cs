using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Tests.Training;

/// <summary>Small models, and parameters as exact numbers.</summary>
internal static class TestModels
{
    public const string SparseLoss = "sparse_categorical_crossentropy";

    /// <summary>64 -> 16 relu -> 10 softmax on a backend, with Adam unless told otherwise.</summary>
    public static Sequential Digits(IBackend backend, OptimizerRule? rule = null, long seed = 7)
    {
        var model = new Sequential(seed) { new Dense(16, "relu", inputShape: 64), new Dense(10, "softmax") };
        model.Compile(rule ?? new Adam { LearningRate = 0.005 }, SparseLoss, ["accuracy"], backend);
        return model;
    }

    /// <summary>The same on the managed backend.</summary>
    public static Sequential Digits(OptimizerRule? rule = null, long seed = 7) => Digits(TestBackends.Open("managed"), rule, seed);

    /// <summary>All parameters in the precision of the model.</summary>
    public static double[] Parameters(Model model) => [.. model.Arena.Ranges.SelectMany(range => Read(model, range, gradients: false))];

    /// <summary>A parameter in the precision of the model.</summary>
    public static double[] Parameter(Model model, string name) => Read(model, Find(model, name), gradients: false);

    /// <summary>A gradient in the precision of the model.</summary>
    public static double[] Gradient(Model model, string name) => Read(model, Find(model, name), gradients: true);

    /// <summary>Overwrites a parameter without loss of digits.</summary>
    public static void SetParameter(Model model, string name, IReadOnlyList<double> values)
    {
        ParameterRange range = Find(model, name);
        for (int i = 0; i < range.Count; i++)
        {
            if (model.Arena.Dtype == NoptDtype.F64)
                model.Arena.Parameters.AsSpan<double>()[(int)range.Offset + i] = values[i];
            else
                model.Arena.Parameters.AsSpan<float>()[(int)range.Offset + i] = (float)values[i];
        }
    }

    /// <summary>Central difference of the loss over data with respect to an element of a parameter.</summary>
    public static double Slope(Model model, Dataset data, string name, int index, double step)
    {
        double[] values = Parameter(model, name);
        double above = LossAt(step), below = LossAt(-step);
        SetParameter(model, name, values);
        return (above - below) / (2 * step);

        double LossAt(double shift)
        {
            var shifted = (double[])values.Clone();
            shifted[index] += shift;
            SetParameter(model, name, shifted);
            return model.Evaluate(data).Loss;
        }
    }

    /// <summary>Numbers between -1 and 1 that differ from element to element.</summary>
    public static float[,] Waves(int rows, int columns, double phase = 0)
    {
        var values = new float[rows, columns];
        for (int i = 0; i < values.Length; i++)
            values[i / columns, i % columns] = (float)Math.Sin(1.7 * i + 0.3 + phase);
        return values;
    }

    private static ParameterRange Find(Model model, string name) => model.Arena.Ranges.Single(range => range.Name == name);

    private static double[] Read(Model model, ParameterRange range, bool gradients)
    {
        AlignedBuffer block = gradients ? model.Arena.Gradients : model.Arena.Parameters;
        return model.Arena.Dtype == NoptDtype.F64
            ? block.AsSpan<double>().Slice((int)range.Offset, (int)range.Count).ToArray()
            : [.. block.AsSpan<float>().Slice((int)range.Offset, (int)range.Count).ToArray().Select(value => (double)value)];
    }
}
