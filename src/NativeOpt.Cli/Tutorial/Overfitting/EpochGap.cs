namespace NativeOpt.Cli.Tutorial.Overfitting;

/// <summary>How a network does on rows it has seen, and on others.</summary>
/// <param name="Loss">Cross-entropy on the training rows.</param>
/// <param name="Accuracy">Share of them that it gets right.</param>
/// <param name="ValidationLoss">Cross-entropy on the validation rows.</param>
/// <param name="ValidationAccuracy">Share of them that it gets right.</param>
internal sealed record EpochGap(double Loss, double Accuracy, double ValidationLoss, double ValidationAccuracy)
{
    /// <summary>What the loss is higher by on rows it has not seen.</summary>
    public double LossGap => ValidationLoss - Loss;

    /// <summary>What the accuracy is lower by on them.</summary>
    public double AccuracyGap => Accuracy - ValidationAccuracy;
}
