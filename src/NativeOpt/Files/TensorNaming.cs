namespace NativeOpt;

/// <summary>How weights are named and laid out in a file.</summary>
public enum TensorNaming
{
    /// <summary>As <see cref="Model.ParameterNames"/> has them: "dense/kernel" [inputs, units], "dense/bias" [units].</summary>
    Keras,

    /// <summary>
    /// As the state_dict of a torch.nn module of the same layers: "dense.weight" [units, inputs], "dense.bias"; "weight", "bias",
    /// "running_mean" and "running_var" of batch normalization.
    /// </summary>
    PyTorch,
}
