namespace NativeOpt.Data;

/// <summary>One class number a row, in the caller's memory.</summary>
internal abstract class LabelSource(int count)
{
    public int Count { get; } = count;

    public abstract int this[int row] { get; }
}

/// <summary>Labels as integers.</summary>
internal sealed class IntLabels(ReadOnlyMemory<int> memory) : LabelSource(memory.Length)
{
    public override int this[int row] => memory.Span[row];
}

/// <summary>Labels as bytes, the way image data sets store them.</summary>
internal sealed class ByteLabels(ReadOnlyMemory<byte> memory) : LabelSource(memory.Length)
{
    public override int this[int row] => memory.Span[row];
}

/// <summary>Some of the labels of another source, in an order of their own.</summary>
internal sealed class SelectedLabels(LabelSource inner, int[] selected) : LabelSource(selected.Length)
{
    public override int this[int row] => inner[selected[row]];
}
