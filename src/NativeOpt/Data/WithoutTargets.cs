namespace NativeOpt.Data;

/// <summary>A data set whose targets and weights are gathered and left aside, for predictions.</summary>
internal sealed class WithoutTargets(Dataset data) : Dataset
{
    private float[] _targets = [];
    private float[] _weights = [];

    public override int Count => data.Count;

    public override int InputColumns => data.InputColumns;

    public override int TargetColumns => 0;

    public override void Gather(ReadOnlySpan<int> rows, Batch batch)
    {
        Span<float> targets = Room(ref _targets, checked(rows.Length * data.TargetColumns));
        Span<float> weights = Room(ref _weights, data.HasSampleWeights ? rows.Length : 0);
        Span<int> labels = data.TargetColumns == 0 ? batch.Labels : [];
        data.Gather(rows, new Batch(rows.Length, batch.Inputs, targets, labels, weights));
    }

    private static Span<float> Room(ref float[] memory, int count)
    {
        if (memory.Length < count)
            memory = new float[count];
        return memory.AsSpan(0, count);
    }
}
