using NativeOpt.Training;

namespace NativeOpt.Files;

/// <summary>
/// A model in the middle of its training, as a safetensors file: parameters under their names, slots as "optimizer:dense/kernel:m",
/// blocks of callbacks as "callback:0:best_weights", and the texts "format", "model" (<see cref="Sequential.ToJson"/>), "state" and
/// "note:classes".
/// </summary>
internal static class Checkpoint
{
    /// <summary>Which form the file has.</summary>
    public const string Format = "nativeopt-checkpoint/1";

    /// <summary>Names of the texts.</summary>
    public const string FormatKey = "format", ModelKey = "model", StateKey = "state";

    /// <summary>What stands before the name of a note of the user's.</summary>
    public const string NotePrefix = "note:";

    private const string OptimizerPrefix = "optimizer:", CallbackPrefix = "callback:";

    /// <summary>Whether an array is part of the training rather than of the model.</summary>
    public static bool IsOfTraining(string tensor) =>
        tensor.StartsWith(OptimizerPrefix, StringComparison.Ordinal) || tensor.StartsWith(CallbackPrefix, StringComparison.Ordinal);

    /// <summary>The name of a slot. Names of parameters have no colon in a model.</summary>
    public static string SlotName(string parameter, string slot) => $"{OptimizerPrefix}{parameter}:{slot}";

    /// <summary>The parameter and slot of a name, or null.</summary>
    public static (string Parameter, string Slot)? ParseSlot(string tensor)
    {
        int colon = tensor.LastIndexOf(':');
        return tensor.StartsWith(OptimizerPrefix, StringComparison.Ordinal) && colon > OptimizerPrefix.Length
            ? (tensor[OptimizerPrefix.Length..colon], tensor[(colon + 1)..])
            : null;
    }

    /// <summary>The name of a block of bytes of a callback.</summary>
    public static string BlockName(int callback, string block) => $"{CallbackPrefix}{callback}:{block}";

    /// <summary>Reads a file and sees that it is a checkpoint, whole and undamaged.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static SafetensorsFile Read(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        string? format = file.Metadata.GetValueOrDefault(FormatKey);
        if (format != Format)
            throw new InvalidDataException(format is null
                ? $"{path}: the file has weights only; LoadWeights reads it"
                : $"{path}: format is '{format}'; this version reads '{Format}'");
        if (!file.Metadata.ContainsKey(SafetensorsHeader.Checksum) || !file.Metadata.ContainsKey(StateKey))
            throw new InvalidDataException($"{path}: the checkpoint has no {SafetensorsHeader.Checksum} or no {StateKey}");
        return file;
    }

    /// <summary>The arrays of a checkpoint.</summary>
    public static IEnumerable<StoredTensor> TensorsOf(ParameterArena arena, Optimizer? optimizer, IReadOnlyList<CallbackState> callbacks)
    {
        foreach (NamedParameter parameter in NamedParameter.Of(arena, TensorNaming.Keras))
            yield return ParameterBytes.CopyOut(arena, parameter);
        TensorType type = ParameterBytes.TypeOf(arena.Dtype);
        if (optimizer is not null)
            foreach ((OptimizerParameter parameter, string slot) in optimizer.State.FilledSlots)
            {
                byte[] bytes = optimizer.State.CopySlot(parameter, slot);
                int count = bytes.Length / TensorTypes.SizeOf(type);
                // Some rules keep less than an array of the parameter's shape.
                yield return new StoredTensor(
                    SlotName(parameter.Name, slot), type, count == parameter.Length ? parameter.Shape : [count], bytes);
            }
        for (int i = 0; i < callbacks.Count; i++)
            foreach ((string name, byte[] block) in callbacks[i].Blocks)
                yield return new StoredTensor(BlockName(i, name), TensorType.U8, [block.Length], block);
    }
}
