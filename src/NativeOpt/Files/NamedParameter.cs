using NativeOpt.Training;

namespace NativeOpt.Files;

/// <summary>A parameter of a model under the name that a file gives it.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Range">The parameter.</param>
/// <param name="IsTransposed">Whether the file has columns as rows.</param>
internal sealed record NamedParameter(string Name, ParameterRange Range, bool IsTransposed = false)
{
    // What torch.nn calls the parameters of layers. Its Linear has the kernel as [outputs, inputs].
    private static readonly (string Keras, string PyTorch)[] PyTorchNames =
    [
        ("kernel", "weight"), ("embeddings", "weight"), ("gamma", "weight"), ("alpha", "weight"), ("beta", "bias"),
        ("moving_mean", "running_mean"), ("moving_variance", "running_var"),
    ];

    /// <summary>The sizes in the file.</summary>
    public int[] Shape => IsTransposed ? [Range.Shape[1], Range.Shape[0]] : Range.Shape;

    /// <summary>The layer that the parameter is of.</summary>
    public string Layer => Range.Name[..Range.Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>All parameters of a model.</summary>
    public static List<NamedParameter> Of(ParameterArena arena, TensorNaming naming) =>
        [.. arena.Ranges.Select(range => naming == TensorNaming.PyTorch ? ForPyTorch(range) : new NamedParameter(range.Name, range))];

    private static NamedParameter ForPyTorch(ParameterRange range)
    {
        int slash = range.Name.IndexOf('/', StringComparison.Ordinal);
        string own = range.Name[(slash + 1)..];
        string? foreign = Array.Find(PyTorchNames, names => names.Keras == own).PyTorch;
        return new NamedParameter($"{range.Name[..slash]}.{foreign ?? own}", range, own == "kernel" && range.Shape.Length == 2);
    }
}
