namespace NativeOpt;

/// <summary>How a number of each class becomes one, as in Keras and scikit-learn.</summary>
public enum MetricAverage
{
    /// <summary>Not at all: the numbers are in PerClass, and the result is their mean.</summary>
    None,

    /// <summary>From the counts of all classes together.</summary>
    Micro,

    /// <summary>The mean over the classes.</summary>
    Macro,

    /// <summary>The mean over the classes, each weighed by its share of the rows.</summary>
    Weighted,
}
