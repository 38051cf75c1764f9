namespace NativeOpt;

/// <summary>What can be wrong with a training; <see cref="TrainingDoctor"/> finds it.</summary>
public enum TrainingIllness
{
    /// <summary>A number is NaN or infinite.</summary>
    NonFinite,

    /// <summary>The gradient becomes very small on its way back through the layers: the first ones hardly learn.</summary>
    VanishingGradients,

    /// <summary>The gradient becomes very large on its way back through the layers, or in the course of the training.</summary>
    ExplodingGradients,

    /// <summary>The loss is far higher than at the beginning, and stays there.</summary>
    Diverging,

    /// <summary>The loss is no longer falling, and still high.</summary>
    Plateau,

    /// <summary>Many units of a layer with relu give 0 for every row, so that they no longer learn.</summary>
    DeadUnits,

    /// <summary>Most outputs of a layer with sigmoid or tanh are at the ends of its range, where it is flat.</summary>
    Saturated,
}
