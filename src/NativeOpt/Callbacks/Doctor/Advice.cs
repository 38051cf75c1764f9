namespace NativeOpt.Doctor;

/// <summary>What usually helps.</summary>
internal static class Advice
{
    public const string Vanishing = "Use relu (or another activation that does not flatten) with he_normal, add BatchNormalization between "
        + "the layers, or fewer layers.";

    public const string Exploding = "Initialise by he_normal or glorot_uniform, limit the gradient (GlobalClipNorm = 1), add "
        + "BatchNormalization, or lower the learning rate.";

    public const string Diverging =
        "Lower the learning rate ten times, standardize inputs and targets, or limit the gradient (GlobalClipNorm = 1).";

    public const string DeadUnits =
        "Lower the learning rate, use he_normal with biases of 0, or leaky_relu, which never has a slope of 0.";

    public const string Saturated = "Standardize the inputs, use smaller initial weights (glorot_uniform), BatchNormalization before the "
        + "activation, or relu.";

    public const string SmallUpdates = "The updates are tiny against the weights: raise the learning rate.";

    public const string NothingFlows = "Little or no gradient arrives in the layers: look at the other findings first.";

    public const string Plateau = "Lower the learning rate now (ReduceLROnPlateau), or the model or its inputs cannot tell more: use more "
        + "units or features.";

    /// <summary>By where the number was.</summary>
    public static string NonFinite(string? layer, string what) => (layer, what) switch
    {
        (null, "the loss") => "Look for targets that are not finite, and logarithms of 0 in a loss of your own.",
        (null, _) => "Look for missing values in the data; they must be replaced before training.",
        _ => "Lower the learning rate, limit the gradient (GlobalClipNorm = 1), and look whether the inputs are standardized.",
    };
}
