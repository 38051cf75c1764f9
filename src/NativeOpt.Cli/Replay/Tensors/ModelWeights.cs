using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>Parameters of a model in the model's own precision.</summary>
internal static class ModelWeights
{
    public static double[] Read(Model model, string name)
    {
        ParameterRange range = Find(model, name);
        (int offset, int count) = ((int)range.Offset, (int)range.Count);
        return model.Arena.Dtype == NoptDtype.F64
            ? model.Arena.Parameters.AsSpan<double>().Slice(offset, count).ToArray()
            : Array.ConvertAll(model.Arena.Parameters.AsSpan<float>().Slice(offset, count).ToArray(), value => (double)value);
    }

    public static void Write(Model model, string name, double[] values)
    {
        int offset = (int)Find(model, name).Offset;
        if (model.Arena.Dtype == NoptDtype.F64)
            values.CopyTo(model.Arena.Parameters.AsSpan<double>()[offset..]);
        else
            Array.ConvertAll(values, value => (float)value).CopyTo(model.Arena.Parameters.AsSpan<float>()[offset..]);
    }

    private static ParameterRange Find(Model model, string name) => model.Arena.Ranges.Single(range => range.Name == name);
}
