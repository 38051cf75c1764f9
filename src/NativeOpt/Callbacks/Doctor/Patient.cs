using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Doctor;

/// <summary>A model that is looked at between its steps: its parameters before a step, and measures of what it has left.</summary>
internal sealed class Patient(Model model)
{
    private readonly ParameterArena _arena = model.Arena;
    private readonly int[] _layerOf = LayersOf(model);
    private byte[]? _before;
    private float[] _rounded = [];

    /// <summary>The layers.</summary>
    public IReadOnlyList<Layer> Layers => model.Layers;

    /// <summary>The tensors of the model.</summary>
    public IReadOnlyList<ParameterRange> Ranges => _arena.Ranges;

    /// <summary>The last training step; its rows are 0 where something else has run since.</summary>
    public StepReading? Step => model.LastStep;

    /// <summary>The loss of the last training step.</summary>
    public double Loss => model.LastLoss;

    /// <summary>The layer of a tensor.</summary>
    public int LayerOf(int range) => _layerOf[range];

    /// <summary>Keeps the parameters, for <see cref="UpdateOf"/>.</summary>
    public void KeepParameters() => _before = model.CopyParameters(_before);

    /// <summary>Values of a tensor; valid until the next one is read.</summary>
    public ReadOnlySpan<float> Values(ParameterRange range) =>
        StepReading.ReadNumbers(_arena.Parameters, range.Offset, range.Count, _arena.Dtype, ref _rounded);

    /// <summary>Its gradient.</summary>
    public ReadOnlySpan<float> Gradient(ParameterRange range) =>
        StepReading.ReadNumbers(_arena.Gradients, range.Offset, range.Count, _arena.Dtype, ref _rounded);

    /// <summary>Length of what was added to a tensor since its values were kept.</summary>
    public double UpdateOf(ParameterRange range)
    {
        (int first, int count) = (checked((int)range.Offset), (int)range.Count);
        if (_arena.Dtype == NoptDtype.F64)
            return TensorPrimitives.Distance(
                _arena.Parameters.AsSpan<double>().Slice(first, count), MemoryMarshal.Cast<byte, double>(_before).Slice(first, count));
        ReadOnlySpan<float> now = _arena.Parameters.AsSpan<float>().Slice(first, count);
        return TensorPrimitives.Distance(now, MemoryMarshal.Cast<byte, float>(_before).Slice(first, count));
    }

    /// <summary>Whether all parameters and gradients are finite, in one pass over each.</summary>
    public bool IsFinite() => IsFinite(_arena.Parameters) && IsFinite(_arena.Gradients);

    /// <summary>Length of a vector; NaN and infinities stay what they are.</summary>
    public static double Norm(ReadOnlySpan<float> values)
    {
        double norm = TensorPrimitives.Norm(values);
        return double.IsFinite(norm) || !AllFinite(values) ? norm : double.MaxValue;
    }

    /// <summary>Whether no number is NaN or infinite.</summary>
    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        // The sum of magnitudes of finite numbers may itself be infinite.
        if (values.IsEmpty || float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
            return true;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }

    private bool IsFinite(AlignedBuffer block) =>
        AllFinite(StepReading.ReadNumbers(block, 0, _arena.Length, _arena.Dtype, ref _rounded));

    // Tensors lie in the order of the layers, as many as each describes.
    private static int[] LayersOf(Model model) =>
        [.. model.Layers.SelectMany((layer, index) => Enumerable.Repeat(index, layer.DescribeParameters().Count))];
}
