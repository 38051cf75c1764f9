using NativeOpt.Files;
using NativeOpt.Optimizers;
using NativeOpt.Training;

namespace NativeOpt;

// The state of optimizers of other libraries.
public abstract partial class Model
{
    /// <summary>
    /// Takes over what an optimizer of PyTorch or Keras has built up, so that its training goes on here: the arrays it keeps and its number
    /// of steps, which schedules count. Load the weights too; nothing is changed unless all of it fits.
    /// </summary>
    /// <remarks>
    /// PyTorch: the entries of <c>optimizer.state_dict()["state"]</c> as "state.0.exp_avg", where 0 counts the parameters. Keras: the
    /// variables of the optimizer under their paths, such as "adam/dense_kernel_momentum". Parameters are taken in their order, without those
    /// that are not trained. The rule must be the same with the convention of that library; its settings and learning rate are those of
    /// Compile. A file that does not say the number of steps (SGD of PyTorch) counts as one step; <see cref="OptimizerState.StepCount"/>
    /// can be set.
    /// </remarks>
    /// <param name="path">The file, ".safetensors" or ".npz".</param>
    /// <exception cref="ArgumentException">The extension is another one.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or something else, the rule or its convention is another one, or an array is missing, too many or of another
    /// shape; the message says what.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model is not built or not compiled.</exception>
    public void LoadOptimizerState(string path)
    {
        using OperationGate.Scope scope = _gate.Enter();
        ParameterArena arena = RequireBuilt().Network.Arena;
        Optimizer optimizer = Optimizer ?? throw new InvalidOperationException("the model has no optimizer; call Compile first");
        ForeignState state = ForeignState.Read(WeightFile.Read(path), path);
        var (slots, numbers) = new StateMatching(optimizer, arena, state, path).Match();
        optimizer.ReturnFromAscent();
        foreach ((string parameter, string slot, byte[] bytes) in slots)
            optimizer.State.RestoreSlot(parameter, slot, bytes);
        optimizer.State.StepCount = state.Steps ?? 1;
        foreach ((RuleUse use, double[] kept) in numbers)
            use.Restore(kept);
    }
}
