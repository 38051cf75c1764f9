namespace NativeOpt.Optimizers;

/// <summary>The numbers of one step that its rows are written from.</summary>
internal readonly ref struct StepNumbers
{
    /// <summary>Number of the step, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>The learning rate in force.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The numbers the rule keeps, after the step before and after what this step has measured.</summary>
    public required ReadOnlySpan<double> Kept { get; init; }
}
