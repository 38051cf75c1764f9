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

    /// <summary>What gradients are multiplied by.</summary>
    public required double GradientScale { get; init; }

    /// <summary>What the gradient of each parameter is multiplied by besides, by its place in <see cref="StepRows.Ranges"/>.</summary>
    public required ReadOnlySpan<double> ClipFactors { get; init; }

    /// <summary>Whether the penalties of parameters are still to be added to the gradients.</summary>
    public required bool AddsPenalties { get; init; }

    /// <summary>The limit of each gradient element; 0: none.</summary>
    public required double ClipValue { get; init; }
}
