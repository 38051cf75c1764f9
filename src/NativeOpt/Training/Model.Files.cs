using NativeOpt.Files;
using NativeOpt.Training;

namespace NativeOpt;

// Weights in files.
public abstract partial class Model
{
    /// <summary>
    /// Writes all parameters, those that are not trained too, into a file in one piece: until it is complete, an older one stays there.
    /// </summary>
    /// <param name="path">The file, ".safetensors" or ".npz"; its folder must be there.</param>
    /// <param name="naming">Names and layouts: those of this library and Keras, or torch.nn's.</param>
    /// <exception cref="ArgumentException">The extension is another one.</exception>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    /// <exception cref="IOException">The disk is full, or something else stands in the way.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public void SaveWeights(string path, TensorNaming naming = TensorNaming.Keras)
    {
        using OperationGate.Scope scope = _gate.Enter();
        _ = WeightFile.ExtensionOf(path);
        ParameterArena arena = RequireBuilt().Network.Arena;
        WeightFile.Write(path, [.. NamedParameter.Of(arena, naming).Select(parameter => ParameterBytes.CopyOut(arena, parameter))]);
    }

    /// <summary>Overwrites all parameters with those of a file. Nothing is changed unless all of them fit.</summary>
    /// <remarks>
    /// The file may have been written by <see cref="SaveWeights"/> or <see cref="Save"/>; by the safetensors package from the state_dict of
    /// a torch.nn module with the same layers (kernels are transposed; modules of other names than the layers are taken in their order,
    /// as "0.weight", "2.weight"); or by <c>numpy.savez(path, *model.get_weights())</c> in Keras, or with the paths of the variables as names.
    /// </remarks>
    /// <param name="path">The file, ".safetensors" or ".npz".</param>
    /// <exception cref="ArgumentException">The extension is another one.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or of another format, or a parameter is missing, too many or of another shape; the message says which.
    /// </exception>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public void LoadWeights(string path)
    {
        using OperationGate.Scope scope = _gate.Enter();
        ParameterArena arena = RequireBuilt().Network.Arena;
        IReadOnlyList<StoredTensor> tensors = [.. WeightFile.Read(path).Where(tensor => !Checkpoint.IsOfTraining(tensor.Name))];
        foreach ((NamedParameter parameter, StoredTensor tensor) in new WeightMatching(arena, tensors, path).Match())
            ParameterBytes.CopyIn(arena, parameter, tensor);
    }
}
