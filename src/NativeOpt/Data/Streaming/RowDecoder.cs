using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NativeOpt.Data.Streaming;

/// <summary>What the bytes of a row mean.</summary>
internal abstract class RowDecoder(int rowBytes, int inputColumns, int targetColumns)
{
    public int RowBytes { get; } = rowBytes;

    public int InputColumns { get; } = inputColumns;

    /// <summary>0 where the target is a class number.</summary>
    public int TargetColumns { get; } = targetColumns;

    public abstract void ReadInputs(ReadOnlySpan<byte> row, Span<float> inputs);

    /// <summary>Where there are target columns.</summary>
    public virtual void ReadTargets(ReadOnlySpan<byte> row, Span<float> targets) { }

    /// <summary>Where there are none.</summary>
    public virtual int ReadLabel(ReadOnlySpan<byte> row, int number) => 0;

    // Memory of the file is not aligned for floats, so bytes are copied.
    protected static void CopyFloats(ReadOnlySpan<byte> source, Span<float> destination)
    {
        source.CopyTo(MemoryMarshal.AsBytes(destination));
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(destination), MemoryMarshal.Cast<float, int>(destination));
    }
}

/// <summary>Bytes whose labels are in another file.</summary>
internal sealed class PixelRows(int columns, float scale, LabelSource labels) : RowDecoder(columns, columns, 0)
{
    public override void ReadInputs(ReadOnlySpan<byte> row, Span<float> inputs) => ByteScaling.Scale(row, scale, inputs);

    public override int ReadLabel(ReadOnlySpan<byte> row, int number) => labels[number];
}

/// <summary>Records of CIFAR-10: a label, then pixels.</summary>
internal sealed class CifarRows() : RowDecoder(CifarFile.RecordSize, CifarFile.PixelsPerPicture, 0)
{
    public override void ReadInputs(ReadOnlySpan<byte> row, Span<float> inputs) => ByteScaling.Scale(row[1..], 1 / 255f, inputs);

    public override int ReadLabel(ReadOnlySpan<byte> row, int number) => row[0];
}

/// <summary>Little-endian floats: inputs, then targets or a 32-bit class number.</summary>
internal sealed class FloatRows(int inputColumns, int targetColumns)
    : RowDecoder(SizeOf(inputColumns, targetColumns), inputColumns, targetColumns)
{
    /// <summary>Bytes of a row.</summary>
    public static int SizeOf(int inputColumns, int targetColumns) =>
        checked(sizeof(float) * (inputColumns + Math.Max(1, targetColumns)));

    public override void ReadInputs(ReadOnlySpan<byte> row, Span<float> inputs) =>
        CopyFloats(row[..(sizeof(float) * InputColumns)], inputs);

    public override void ReadTargets(ReadOnlySpan<byte> row, Span<float> targets) =>
        CopyFloats(row[(sizeof(float) * InputColumns)..], targets);

    public override int ReadLabel(ReadOnlySpan<byte> row, int number) =>
        BinaryPrimitives.ReadInt32LittleEndian(row[(sizeof(float) * InputColumns)..]);
}
