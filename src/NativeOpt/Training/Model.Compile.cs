using NativeOpt.Text;
using NativeOpt.Training;

namespace NativeOpt;

// Compile with metrics that are objects.
public abstract partial class Model
{
    /// <summary>Says how to train, with metrics that have settings or are of your own.</summary>
    /// <param name="optimizer">Name with or without settings: "adam", "sgd(momentum=0.9, nesterov=true)".</param>
    /// <param name="loss">Object or name, such as "mse" or "sparse_categorical_crossentropy".</param>
    /// <param name="metrics">
    /// Objects, names or losses: ["accuracy", new TopKCategoricalAccuracy(3), new MeanAbsoluteError()]. An object holds the numbers of
    /// the last evaluation or validation.
    /// </param>
    /// <param name="backend">What computes; by default the native library where it can be loaded.</param>
    /// <exception cref="ArgumentException">A name is unknown (the message has the nearest), or things do not fit together.</exception>
    /// <exception cref="NativeOptException">The native backend was asked for and cannot be loaded.</exception>
    public void Compile(string optimizer, Loss loss, Metric[] metrics, BackendKind backend = BackendKind.Auto)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Compile(ArgumentFailure.Rename(() => OptimizerRule.Parse(optimizer), nameof(optimizer)), loss, metrics, backend);
    }

    /// <inheritdoc cref="Compile(string, Loss, Metric[], BackendKind)"/>
    /// <param name="optimizer">The settings; the model makes an optimizer of them.</param>
    /// <param name="loss">Object or name, such as "mse" or "sparse_categorical_crossentropy".</param>
    /// <param name="metrics">Objects, names or losses.</param>
    /// <param name="backend">What computes; by default the native library where it can be loaded.</param>
    public void Compile(OptimizerRule optimizer, Loss loss, Metric[] metrics, BackendKind backend = BackendKind.Auto) =>
        Compile(optimizer, loss, CompileSettings.Require(metrics), () => OpenBackend(backend));

    /// <inheritdoc cref="Compile(string, Loss, Metric[], BackendKind)"/>
    /// <param name="optimizer">Stays the caller's: the model does not dispose it.</param>
    /// <param name="loss">Object or name, such as "mse" or "sparse_categorical_crossentropy".</param>
    /// <param name="metrics">Objects, names or losses.</param>
    /// <param name="backend">What computes; by default the native library where it can be loaded.</param>
    public void Compile(Optimizer optimizer, Loss loss, Metric[] metrics, BackendKind backend = BackendKind.Auto) => Compile(
        new CompileSettings(optimizer, ownsOptimizer: false, loss, CompileSettings.Require(metrics)), () => OpenBackend(backend));
}
