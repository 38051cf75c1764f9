using NativeOpt.Training;

namespace NativeOpt.Doctor;

/// <summary>
/// Where the first number that is not finite was, in the order in which a step computes: inputs, what layers give from the first to the
/// last, loss, gradients from the last layer to the first, parameters after the update.
/// </summary>
internal static class NonFiniteSearch
{
    /// <summary>The place, or null: everything is finite.</summary>
    /// <returns>The layer, if it is one, and what in it.</returns>
    public static (string? Layer, string What)? Find(Patient patient)
    {
        if (patient.Step is { Rows: > 0 } step && FindForward(patient, step) is { } forward)
            return forward;
        if (!double.IsFinite(patient.Loss))
            return (null, "the loss");
        for (int i = patient.Ranges.Count - 1; i >= 0; i--)
        {
            if (!Patient.AllFinite(patient.Gradient(patient.Ranges[i])))
                return (patient.Layers[patient.LayerOf(i)].Name, $"the gradient of '{patient.Ranges[i].Name}'");
        }
        for (int i = 0; i < patient.Ranges.Count; i++)
        {
            if (!Patient.AllFinite(patient.Values(patient.Ranges[i])))
                return (patient.Layers[patient.LayerOf(i)].Name, $"the parameter '{patient.Ranges[i].Name}' after the update");
        }
        return null;
    }

    private static (string? Layer, string What)? FindForward(Patient patient, StepReading step)
    {
        if (!Patient.AllFinite(step.Inputs))
            return (null, "an input of the batch");
        for (int i = 0; i < patient.Layers.Count; i++)
        {
            if (!Patient.AllFinite(step.Output(i)))
                return (patient.Layers[i].Name, "an output of the layer");
        }
        return null;
    }
}
