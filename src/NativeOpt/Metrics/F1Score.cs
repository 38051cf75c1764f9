namespace NativeOpt;

/// <summary>2 precision recall / (precision + recall) of each class: <see cref="FBetaScore"/> with b = 1. Keras F1Score.</summary>
public sealed class F1Score : FBetaScore
{
    /// <summary>Named "f1_score".</summary>
    public F1Score() : base("f1_score", beta: 1) { }
}
