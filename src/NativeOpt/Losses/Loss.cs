using NativeOpt.Interop;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>
/// What training makes small: the mean over the rows of a batch. A string converts: "mse" or "mean_squared_error",
/// "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy".
/// </summary>
public abstract record Loss
{
    private static readonly Dictionary<string, Loss> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mse"] = new MeanSquaredError(),
        ["mean_squared_error"] = new MeanSquaredError(),
        ["binary_crossentropy"] = new BinaryCrossentropy(),
        ["categorical_crossentropy"] = new CategoricalCrossentropy(),
        ["sparse_categorical_crossentropy"] = new SparseCategoricalCrossentropy(),
    };

    /// <summary>Only this library adds losses for now.</summary>
    private protected Loss() { }

    /// <summary>As Keras writes it, such as "mean_squared_error".</summary>
    public abstract string Name { get; }

    /// <summary>What the kernels call it.</summary>
    internal abstract NoptLoss Kind { get; }

    /// <summary>Whether the model's outputs are taken as they are before softmax or sigmoid.</summary>
    internal virtual bool TakesLogits => false;

    /// <summary>The activation that is computed together with this loss where a model ends in it; null: none.</summary>
    internal virtual Activation? FusedActivation => null;

    /// <summary>Whether targets are class numbers rather than rows as wide as the output.</summary>
    internal virtual bool TakesLabels => false;

    /// <summary>The loss of that name, with default settings.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static implicit operator Loss(string loss) => Find(loss, nameof(loss));

    /// <summary>The loss of that name, with default settings.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static Loss FromName(string name) => Find(name, nameof(name));

    private static Loss Find(string name, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(name, parameterName);
        return ByName.TryGetValue(name, out Loss? found)
            ? found
            : throw new ArgumentException(NearestName.Explain("loss", name, ByName.Keys), parameterName);
    }
}
