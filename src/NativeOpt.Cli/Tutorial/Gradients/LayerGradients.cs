namespace NativeOpt.Cli.Tutorial.Gradients;

/// <summary>
/// Keeps what the doctor has measured in the dense layers at the first step: the gradients that the first weights give. Behind the doctor
/// in the list of callbacks.
/// </summary>
/// <param name="doctor">Has looked before.</param>
internal sealed class LayerGradients(TrainingDoctor doctor) : Callback
{
    /// <summary>The dense layers, the first one first; their gradients are those before clipping.</summary>
    public IReadOnlyList<LayerVitals> Layers { get; private set; } = [];

    /// <inheritdoc/>
    public override bool ReadsGradients => true;

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, TrainingLogs logs)
    {
        if (Layers.Count == 0)
            Layers = [.. doctor.Layers.Where(vitals => DeepNetwork.IsDense(vitals.Layer))];
    }
}
