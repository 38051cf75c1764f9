using NativeOpt.Optimizers;
using NativeOpt.Training;

namespace NativeOpt;

// Slots to the last bit, for checkpoints.
public sealed partial class OptimizerState
{
    /// <summary>The slots that have something in them: not those that are still to become a copy of the weights.</summary>
    internal IEnumerable<(OptimizerParameter Parameter, string Slot)> FilledSlots =>
        from parameter in _optimizer.Parameters
        from slot in parameter.SlotNames
        where parameter.FindSlot(slot) is not null
        where parameter.KeptOf(slot) is { } kept
            ? kept.HasStarted(parameter.Range)
            : !parameter.Block.StartsAsWeights || !parameter.Block.Rule.SlotStartsAsWeights(slot)
        select (parameter, slot);

    /// <summary>A copy of the bytes of a slot.</summary>
    internal byte[] CopySlot(OptimizerParameter parameter, string slot) => BytesOf(parameter, slot).ToArray();

    /// <summary>The number of bytes of a slot, or null where the parameter has none of this name.</summary>
    internal long? SlotBytes(string parameter, string slot) =>
        _optimizer.Parameters.FirstOrDefault(other => other.Name == parameter) is { } found
        && found.FindSlot(slot) is { } place
            ? place.Count * ParameterArena.ElementSize(_optimizer.Dtype)
            : null;

    /// <summary>Overwrites a slot with as many bytes.</summary>
    internal void RestoreSlot(string parameter, string slot, ReadOnlySpan<byte> bytes)
    {
        OptimizerParameter found = _optimizer.FindParameter(parameter);
        _optimizer.ThrowIfStepIsOpen();
        _optimizer.PrepareToSetSlot(found, slot);
        bytes.CopyTo(BytesOf(found, slot));
        GC.KeepAlive(_optimizer);
    }

    private Span<byte> BytesOf(OptimizerParameter parameter, string slot)
    {
        SlotPlace place = Find(parameter.Name, slot);
        int size = ParameterArena.ElementSize(_optimizer.Dtype);
        return place.Buffer.AsSpan<byte>().Slice((int)(place.Offset * size), (int)(place.Count * size));
    }
}
