using NativeOpt.Training;

namespace NativeOpt.Doctor;

/// <summary>The measures of one look at a model after a training step.</summary>
internal sealed class Examination
{
    private readonly Patient _patient;
    private readonly ReluUnits?[] _units;
    private readonly LayerVitals[] _layers;

    /// <summary>An examination of a model, done again and again.</summary>
    public Examination(Patient patient)
    {
        _patient = patient;
        _layers = new LayerVitals[patient.Layers.Count];
        _units = [.. patient.Layers.Select(layer => UnitKind.IsRelu(layer) ? new ReluUnits(layer.OutputColumns) : null)];
    }

    /// <summary>What was measured in each layer.</summary>
    public IReadOnlyList<LayerVitals> Layers => _layers;

    /// <summary>Length of the whole gradient.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>The largest ratio of update and parameters of all layers that are trained.</summary>
    public double LargestUpdateRatio { get; private set; }

    /// <summary>Share of the units of a layer that have given 0 for so many rows in a row; null where it has no relu.</summary>
    public double? DeadShare(int layer, int rows) => _units[layer]?.ShareDeadFor(rows);

    /// <summary>Measures everything.</summary>
    public void Run()
    {
        for (int layer = 0; layer < _layers.Length; layer++)
            _layers[layer] = Measure(layer);
        GradientNorm = Math.Sqrt(_layers.Sum(vitals => vitals.GradientNorm * vitals.GradientNorm));
        LargestUpdateRatio = _layers.Max(vitals => vitals.UpdateRatio);
    }

    private LayerVitals Measure(int layer)
    {
        double gradients = 0, weights = 0, updates = 0;
        for (int i = 0; i < _patient.Ranges.Count; i++)
        {
            ParameterRange range = _patient.Ranges[i];
            if (_patient.LayerOf(i) != layer || range.IsState)
                continue;
            double gradient = Patient.Norm(_patient.Gradient(range)), weight = Patient.Norm(_patient.Values(range));
            double update = range.IsTrained ? _patient.UpdateOf(range) : 0;
            (gradients, weights, updates) = (gradients + gradient * gradient, weights + weight * weight, updates + update * update);
        }
        double ratio = updates == 0 ? 0 : Math.Sqrt(updates / Math.Max(weights, updates));
        (double? outputGradient, double? dead, double? saturated) = MeasureOutputs(layer);
        return new LayerVitals(
            _patient.Layers[layer].Name, Math.Sqrt(gradients), Math.Sqrt(weights), ratio, outputGradient, dead, saturated);
    }

    private (double? Gradient, double? Dead, double? Saturated) MeasureOutputs(int index)
    {
        if (_patient.Step is not { Rows: > 0 } step)
            return default;
        ReadOnlySpan<float> gradient = step.OutputGradient(index);
        double? rms = gradient.IsEmpty ? null : Patient.Norm(gradient) / Math.Sqrt(gradient.Length);
        ReadOnlySpan<float> output = step.Output(index);
        if (output.IsEmpty || step.IsBeforeActivation(index))
            return (rms, null, null);
        return (rms, _units[index]?.Look(output), UnitKind.SaturatedShare(_patient.Layers[index], output));
    }
}
