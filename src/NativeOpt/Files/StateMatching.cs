using NativeOpt.Optimizers;
using NativeOpt.Training;

namespace NativeOpt.Files;

/// <summary>Finds out which array of another library's state is which slot of a model's optimizer.</summary>
internal sealed class StateMatching(Optimizer optimizer, ParameterArena arena, ForeignState state, string path)
{
    /// <summary>The slots, as bytes in the layout they have here, and the numbers that rules keep.</summary>
    /// <exception cref="InvalidDataException">Something is missing, too many or of another shape, or the rule is another one.</exception>
    public (List<(string Parameter, string Slot, byte[] Bytes)> Slots, List<(RuleUse Use, double[] Kept)> Numbers) Match()
    {
        TensorNaming naming = state.Source == Convention.PyTorch ? TensorNaming.PyTorch : TensorNaming.Keras;
        NamedParameter[] trained = [.. NamedParameter.Of(arena, naming).Where(parameter => parameter.Range.IsTrained)];
        var slots = new List<(string Parameter, string Slot, byte[] Bytes)>();
        var left = new HashSet<(int Parameter, string Slot)>(state.Slots.Keys);
        for (int i = 0; i < trained.Length; i++)
        {
            OptimizerParameter parameter = optimizer.FindParameter(trained[i].Range.Name);
            IReadOnlyList<(string Theirs, string Ours)> names = NamesOf(parameter.Block.Rule);
            foreach (string slot in parameter.SlotNames.Where(slot => parameter.FindSlot(slot) is not null))
            {
                string theirs = names.FirstOrDefault(name => name.Ours == slot).Theirs
                    ?? throw Failure($"the slot '{slot}' of {parameter.Block.Rule.Name} has no counterpart in {state.Source}");
                if (!state.Slots.TryGetValue((i, theirs), out StoredTensor? tensor))
                    throw Failure($"there is no '{theirs}' of parameter {i}, '{parameter.Name}', which {parameter.Block.Rule.Name} needs");
                ParameterBytes.Check(trained[i], tensor, path);
                slots.Add((parameter.Name, slot, ParameterBytes.ToBytes(trained[i], tensor, arena.Dtype)));
                left.Remove((i, theirs));
            }
        }
        if (left.Count > 0)
            throw Failure($"the optimizer has nothing for '{string.Join("', '", left.Select(key => state.Slots[key].Name))}'");
        return (slots, [.. optimizer.Uses.Select(use => (use, NumbersOf(use.Rule)))]);
    }

    private IReadOnlyList<(string Theirs, string Ours)> NamesOf(OptimizerRule rule)
    {
        if (rule.Convention != state.Source)
            throw Failure($"the state is that of {state.Source}, and the rule {rule.Name} has Convention.{rule.Convention}; "
                + $"give it Convention.{state.Source}, whose arithmetic goes on from there");
        return ForeignSlots.Find(state.Source, rule.Name) ?? throw Failure($"the state of {rule.Name} cannot be read from {state.Source}");
    }

    // Numbers that the file does not have, such as that of Nadam in Keras, follow from the steps.
    private double[] NumbersOf(OptimizerRule rule)
    {
        double[] kept = [.. rule.KeptNumbers.Select(number => number.Value)];
        for (long step = 1; kept.Length > 0 && step <= (state.Steps ?? 0); step++)
            rule.AdvanceKeptNumbers(step, optimizer.LearningRate, kept);
        for (int i = 0; i < kept.Length; i++)
            kept[i] = state.Numbers.GetValueOrDefault(rule.KeptNumbers[i].Key, kept[i]);
        return kept;
    }

    private InvalidDataException Failure(string problem) => new($"{path}: {problem}");
}
