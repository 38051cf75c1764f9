using System.Text.Json;
using NativeOpt.Files;
using NativeOpt.Training;

namespace NativeOpt;

// A training that goes on where it was interrupted.
public abstract partial class Model
{
    private IReadOnlyList<CallbackState> _restoredCallbacks = [];

    /// <summary>Epochs that Fit has completed, over all its calls; the order of the rows of the next one follows from it.</summary>
    public long EpochsTrained => _epochsTrained + (_isFitting ? History!.Epochs.Count : 0);

    /// <summary>
    /// Texts of your own by name, such as what the classes are called: <see cref="Save"/> writes them, <see cref="Sequential.Load"/> brings
    /// them back. Empty at first; training takes no notice of them.
    /// </summary>
    public IDictionary<string, string> Notes { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The model as JSON, without its weights.</summary>
    /// <exception cref="NotSupportedException">Something has no name that it could be written under; the message says what.</exception>
    /// <exception cref="ObjectDisposedException">The model is closed.</exception>
    public abstract string ToJson();

    /// <summary>
    /// Writes the model into one file, in one piece: layers and settings (<see cref="ToJson"/>), parameters, and everything that its
    /// training has built up: the optimizer's slots and counts, the place in the schedules, in the random numbers and in the order of the
    /// rows. <see cref="Sequential.Load"/> brings all of it back to the last bit. Until the file is complete, an older one stays there.
    /// </summary>
    /// <remarks>
    /// In a callback's OnEpochEnd the states of the callbacks of the Fit are written too. A training that was saved there, loaded in another
    /// process and continued with the epochs that were left gives the same numbers as one that was never interrupted.
    /// </remarks>
    /// <param name="path">The file, a safetensors file by its format.</param>
    /// <exception cref="NotSupportedException">Something has no name that it could be written under; the message says what.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model is not built, or <see cref="Optimizer.Climb"/> has moved its weights.
    /// </exception>
    /// <exception cref="IOException">The disk is full, or something else stands in the way.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public void Save(string path)
    {
        using OperationGate.Scope scope = _gate.Enter();
        WriteCheckpoint(path, ToJson());
    }

    /// <summary>
    /// Writes what <see cref="Restore(string)"/> needs: all that <see cref="Save"/> writes but for layers and settings, which need no
    /// names then.
    /// </summary>
    /// <inheritdoc cref="Save" path="/exception"/>
    /// <param name="path">The file, a safetensors file by its format.</param>
    public void SaveTraining(string path)
    {
        using OperationGate.Scope scope = _gate.Enter();
        WriteCheckpoint(path, model: null);
    }

    /// <summary>
    /// Brings this model to where <see cref="Save"/> or <see cref="SaveTraining"/> found that one, to the last bit. It must have the same
    /// layers, and an optimizer with the same slots. Nothing is changed unless all of it fits.
    /// </summary>
    /// <remarks>The states of callbacks go to the next Fit: to its callbacks of the same classes, in order.</remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or no checkpoint, or does not fit the model; the message says what.
    /// </exception>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public void Restore(string path)
    {
        using OperationGate.Scope scope = _gate.Enter();
        Restore(Checkpoint.Read(path), path);
    }

    /// <summary>The states of callbacks that wait for a Fit.</summary>
    internal void LoadCallbackStates(IReadOnlyList<Callback> callbacks)
    {
        List<CallbackState> left = [.. _restoredCallbacks];
        foreach (Callback callback in callbacks)
        {
            int index = left.FindIndex(state => state.Type == callback.GetType().Name);
            if (index < 0)
                continue;
            callback.LoadState(left[index]);
            left.RemoveAt(index);
        }
        _restoredCallbacks = [];
    }

    /// <summary>Brings the model to where a checkpoint is.</summary>
    internal void Restore(SafetensorsFile file, string path)
    {
        Engine engine = RequireBuilt();
        ParameterArena arena = engine.Network.Arena;
        IReadOnlyList<StoredTensor> weights = [.. file.Tensors.Where(tensor => !Checkpoint.IsOfTraining(tensor.Name))];
        var pairs = new WeightMatching(arena, weights, path).Match();
        TrainingCounts counts;
        List<(string Parameter, string Slot, StoredTensor Tensor)> slots;
        try
        {
            counts = TrainingCounts.Read(file.Metadata[Checkpoint.StateKey]);
            slots = CheckSlots(file, counts);
            AddBlocks(file, counts);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
        Optimizer?.ReturnFromAscent();
        foreach ((NamedParameter parameter, StoredTensor tensor) in pairs)
            ParameterBytes.CopyIn(arena, parameter, tensor);
        // Slots that start as the weights are written after those.
        foreach ((string parameter, string slot, StoredTensor tensor) in slots)
            Optimizer!.State.RestoreSlot(parameter, slot, tensor.Bytes.Span);
        if (counts.Optimizer is { } numbers)
            Optimizer!.SetCounts(numbers);
        (_epochsTrained, engine.Network.TrainingPasses, _restoredCallbacks) = (counts.Epochs, counts.Passes, counts.Callbacks);
    }

    private void WriteCheckpoint(string path, string? model)
    {
        if (_engine is null)
            throw new InvalidOperationException("the model has no weights yet; call Build or Fit first");
        Optimizer? optimizer = _settings?.Optimizer;
        optimizer?.ThrowIfAway();
        var callbacks = new List<CallbackState>();
        foreach (Callback callback in _isFitting ? _callbacks : [])
        {
            var state = new CallbackState(callback.GetType().Name);
            callback.SaveState(state);
            callbacks.Add(state);
        }
        var counts = new TrainingCounts
        {
            Epochs = EpochsTrained,
            Passes = _engine.Network.TrainingPasses,
            Optimizer = optimizer?.GetCounts(),
            Callbacks = callbacks,
        };
        var metadata = new Dictionary<string, string> { [Checkpoint.FormatKey] = Checkpoint.Format, [Checkpoint.StateKey] = counts.Write() };
        if (model is not null)
        {
            metadata[Checkpoint.ModelKey] = model;
            foreach ((string name, string text) in Notes)
                metadata[Checkpoint.NotePrefix + name] = text;
        }
        SafetensorsFile.Write(path, Checkpoint.TensorsOf(_engine.Network.Arena, optimizer, callbacks), metadata);
    }

    /// <summary>The slots of a file, if they and the counts are those of the optimizer.</summary>
    private List<(string Parameter, string Slot, StoredTensor Tensor)> CheckSlots(SafetensorsFile file, TrainingCounts counts)
    {
        if (counts.Optimizer is null)
            return [];
        Optimizer optimizer = Optimizer ?? throw new ArgumentException("the checkpoint has an optimizer's state; call Compile first");
        optimizer.Check(counts.Optimizer);
        var slots = new List<(string Parameter, string Slot, StoredTensor Tensor)>();
        foreach (StoredTensor tensor in file.Tensors)
        {
            if (Checkpoint.ParseSlot(tensor.Name) is not { } slot)
                continue;
            if (optimizer.State.SlotBytes(slot.Parameter, slot.Slot) is not { } bytes)
                throw new ArgumentException($"the optimizer {optimizer.Rule.Name} has no slot '{slot.Slot}' of '{slot.Parameter}'");
            if (bytes != tensor.Bytes.Length)
                throw new ArgumentException(
                    $"slot '{slot.Slot}' of '{slot.Parameter}' has {tensor.Bytes.Length} bytes; the optimizer's has {bytes}");
            slots.Add((slot.Parameter, slot.Slot, tensor));
        }
        if (counts.Optimizer.Steps > 0)
            RequireAllSlots(optimizer, slots);
        return slots;
    }

    private static void RequireAllSlots(Optimizer optimizer, List<(string Parameter, string Slot, StoredTensor Tensor)> slots)
    {
        foreach (OptimizerParameter parameter in optimizer.Parameters)
            foreach (string name in parameter.SlotNames.Where(name => parameter.FindSlot(name) is not null))
                if (!slots.Exists(slot => slot.Parameter == parameter.Name && slot.Slot == name) && parameter.KeptOf(name) is null)
                    throw new ArgumentException(
                        $"the optimizer {optimizer.Rule.Name} needs the slot '{name}' of '{parameter.Name}', which is not there");
    }

    private static void AddBlocks(SafetensorsFile file, TrainingCounts counts)
    {
        for (int i = 0; i < counts.Callbacks.Count; i++)
        {
            string prefix = Checkpoint.BlockName(i, "");
            foreach (StoredTensor tensor in file.Tensors)
                if (tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
                    counts.Callbacks[i].SetBlock(tensor.Name[prefix.Length..], tensor.Bytes.ToArray());
        }
    }
}
