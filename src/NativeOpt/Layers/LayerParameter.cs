namespace NativeOpt;

/// <summary>A parameter of a layer written in C#.</summary>
/// <param name="Name">Unique in the layer, such as "kernel"; not empty, without a slash.</param>
/// <param name="Shape">Row-major sizes, one or two, each at least 1: [columns], or [rows, columns].</param>
/// <param name="Initializer">First values; "zeros" by default.</param>
/// <param name="IsState">
/// Whether it is kept with the weights but never trained, such as a moving mean: the layer changes it itself, in
/// <see cref="LayerForward{T}.State"/>.
/// </param>
/// <param name="Regularizer">Its penalty; none by default.</param>
/// <param name="Constraint">What it is brought back to after each step; nothing by default.</param>
public sealed record LayerParameter(
    string Name, IReadOnlyList<int> Shape, Initializer? Initializer = null, bool IsState = false, Regularizer? Regularizer = null,
    Constraint? Constraint = null);
