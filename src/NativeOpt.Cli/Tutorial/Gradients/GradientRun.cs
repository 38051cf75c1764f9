namespace NativeOpt.Cli.Tutorial.Gradients;

/// <summary>What a cure did.</summary>
internal enum CureOutcome
{
    /// <summary>The illness is gone, and the network learns.</summary>
    Cured,

    /// <summary>The gradients are still ill, but the network learns in spite of it.</summary>
    LearnsNevertheless,

    /// <summary>The gradients are well, but the network does not learn in the epochs it has.</summary>
    DoesNotLearn,

    /// <summary>Neither.</summary>
    Ill,
}

/// <summary>A network that was trained under the eyes of the doctor.</summary>
/// <param name="Network">What it was.</param>
/// <param name="Layers">What the doctor measured in its dense layers at the first step, from the inputs on; before clipping.</param>
/// <param name="Losses">Training loss of each epoch.</param>
/// <param name="Accuracy">Accuracy on the training data, afterwards.</param>
/// <param name="TestAccuracy">Accuracy on the test data, afterwards.</param>
/// <param name="Findings">What the doctor found, in its words.</param>
/// <param name="IsIll">Whether it has the illness that was to be cured, or its training came to numbers that are not finite.</param>
internal sealed record GradientRun(
    DeepNetwork Network, IReadOnlyList<LayerVitals> Layers, IReadOnlyList<double> Losses, double Accuracy, double TestAccuracy,
    IReadOnlyList<TrainingFinding> Findings, bool IsIll)
{
    /// <summary>A network that gets so many training rows right has learnt.</summary>
    public const double LearntAccuracy = 0.8;

    /// <summary>Gradient of what the first layer gives, divided by that of the last: what the doctor goes by.</summary>
    public double OutputRatio => Layers[0].OutputGradient!.Value / Layers[^1].OutputGradient!.Value;

    /// <summary>Length of the gradient of the parameters of the first layer, divided by that of the last.</summary>
    public double Ratio => Layers[0].GradientNorm / Layers[^1].GradientNorm;

    /// <summary>What became of it.</summary>
    public CureOutcome Outcome => (IsIll, Accuracy >= LearntAccuracy) switch
    {
        (false, true) => CureOutcome.Cured,
        (true, true) => CureOutcome.LearnsNevertheless,
        (false, false) => CureOutcome.DoesNotLearn,
        _ => CureOutcome.Ill,
    };
}
