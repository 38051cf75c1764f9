using NativeOpt.Saving;

namespace NativeOpt;

// Models as text, without their weights.
public sealed partial class Sequential
{
    /// <summary>
    /// The model as JSON: layers with all their settings, the seed, the number of inputs where it is built, and what Compile was given.
    /// No weights, and nothing that training has built up: <see cref="Model.GetWeights()"/> has the former.
    /// </summary>
    /// <remarks>
    /// What is of your own is written under its registered name: <see cref="Layer.Register"/>, <see cref="OptimizerRule.Register"/>,
    /// <see cref="NativeOpt.Loss.Register"/>, <see cref="Metric.Register"/>, <see cref="Activation.Register"/>,
    /// <see cref="Initializer.Register"/>, <see cref="Regularizer.Register"/>, <see cref="Constraint.Register"/>,
    /// <see cref="Schedule.Register"/>. A metric of your own is made again as its name makes it.
    /// </remarks>
    /// <exception cref="NotSupportedException">Something has no name that it could be written under; the message says what.</exception>
    /// <exception cref="ObjectDisposedException">The model is closed.</exception>
    public override string ToJson()
    {
        ThrowIfDisposed();
        return ModelWriter.Write(this, CompileSettings);
    }

    /// <summary>A model of what <see cref="ToJson"/> has written: compiled and built where that one was, with first weights.</summary>
    /// <param name="json">The text.</param>
    /// <param name="backend">What computes; by default the native library where it can be loaded.</param>
    /// <exception cref="ArgumentException">
    /// The text is malformed (the message says at which line), a name or setting is unknown (it has the nearest and the place, such as
    /// "layers[2]"), or a value cannot be used.
    /// </exception>
    /// <exception cref="NativeOptException">The native backend was asked for and cannot be loaded.</exception>
    public static Sequential FromJson(string json, BackendKind backend = BackendKind.Auto)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ModelReader.Read(json, backend);
    }
}
