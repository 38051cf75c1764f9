namespace NativeOpt;

/// <summary>The curve whose area is measured.</summary>
public enum AucCurve
{
    /// <summary>True positive rate over false positive rate.</summary>
    Roc,

    /// <summary>Precision over recall.</summary>
    PrecisionRecall,
}
