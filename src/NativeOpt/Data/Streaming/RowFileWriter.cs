using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NativeOpt.Data.Streaming;
using NativeOpt.Files;

namespace NativeOpt;

/// <summary>
/// Writes rows of numbers to a file that <see cref="FileDataset.Open"/> streams from. Rows go to a temporary file beside it, which gets
/// its name when it is complete.
/// </summary>
/// <example>
/// <code>
/// using var writer = new RowFileWriter("train.rows", inputColumns: 20);
/// foreach ((float[] inputs, int label) in rows)
///     writer.Append(inputs, label);
/// writer.Complete();
/// </code>
/// </example>
public sealed class RowFileWriter : IDisposable
{
    private readonly string _path, _temporary;
    private readonly FileStream _file;
    private readonly byte[] _row;
    private readonly int _inputColumns, _targetColumns;
    private long _rows;
    private bool _closed;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it goes when it is complete; one that is there is replaced then.</param>
    /// <param name="inputColumns">Numbers in an input row, at least 1.</param>
    /// <param name="targetColumns">Numbers in a target row; 0: the target is a class number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of columns is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written there.</exception>
    public RowFileWriter(string path, int inputColumns, int targetColumns = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _inputColumns = Require.AtLeast(inputColumns, 1, nameof(inputColumns));
        _targetColumns = Require.AtLeast(targetColumns, 0, nameof(targetColumns));
        _row = new byte[FloatRows.SizeOf(inputColumns, targetColumns)];
        _path = OutputFile.Resolve(path);
        _temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        _file = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        _file.Write(new byte[RowFileHeader.Size]);
    }

    /// <summary>Writes all rows of a data set.</summary>
    /// <param name="path">Where the file goes; one that is there is replaced when this is done.</param>
    /// <param name="data">The rows; weights are not written.</param>
    /// <exception cref="ArgumentException">The data set is empty or has sample weights.</exception>
    /// <exception cref="IOException">The file cannot be written there.</exception>
    public static void Write(string path, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count < 1)
            throw new ArgumentException("data has no rows", nameof(data));
        if (data.HasSampleWeights)
            throw new ArgumentException("data has sample weights; a row file has no place for them", nameof(data));
        using var writer = new RowFileWriter(path, data.InputColumns, data.TargetColumns);
        var inputs = new float[data.InputColumns];
        var targets = new float[data.TargetColumns];
        var labels = new int[data.TargetColumns == 0 ? 1 : 0];
        for (int row = 0; row < data.Count; row++)
        {
            data.Gather([row], new Batch(1, inputs, targets, labels));
            if (data.TargetColumns == 0)
                writer.Append(inputs, labels[0]);
            else
                writer.Append(inputs, targets);
        }
        writer.Complete();
    }

    /// <summary>Adds a row whose target is a class number.</summary>
    /// <param name="inputs">As many as there are input columns.</param>
    /// <param name="label">At least 0.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers, or the file has target columns.</exception>
    public void Append(ReadOnlySpan<float> inputs, int label)
    {
        RequireOpen();
        if (_targetColumns != 0)
            throw new ArgumentException($"label is {label}; this file has {_targetColumns} target columns", nameof(label));
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        CopyInputs(inputs);
        BinaryPrimitives.WriteInt32LittleEndian(_row.AsSpan(sizeof(float) * _inputColumns), label);
        WriteRow();
    }

    /// <summary>Adds a row.</summary>
    /// <param name="inputs">As many as there are input columns.</param>
    /// <param name="targets">As many as there are target columns.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers.</exception>
    public void Append(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        RequireOpen();
        if (targets.Length != _targetColumns || _targetColumns == 0)
            throw new ArgumentException(
                $"targets has {targets.Length} numbers; the file has {_targetColumns} target columns", nameof(targets));
        CopyInputs(inputs);
        Copy(targets, _row.AsSpan(sizeof(float) * _inputColumns));
        WriteRow();
    }

    /// <summary>Writes what is left, and gives the file its name. Nothing can be added any more.</summary>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    /// <exception cref="IOException">The disk is full, or the file cannot be given its name.</exception>
    public void Complete()
    {
        RequireOpen();
        if (_rows == 0)
            throw new InvalidOperationException("there is no row");
        _file.Position = 0;
        _file.Write(new RowFileHeader(_inputColumns, _targetColumns, _rows).Write());
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        _closed = true;
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Takes away a file that was not completed.</summary>
    public void Dispose()
    {
        _closed = true;
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What could not be written any more, as on a full disk, is not wanted any more either.
        }
        File.Delete(_temporary);
    }

    private void RequireOpen() => ObjectDisposedException.ThrowIf(_closed, this);

    private void CopyInputs(ReadOnlySpan<float> inputs)
    {
        if (inputs.Length != _inputColumns)
            throw new ArgumentException($"inputs has {inputs.Length} numbers; the file has {_inputColumns} input columns", nameof(inputs));
        Copy(inputs, _row);
    }

    private static void Copy(ReadOnlySpan<float> source, Span<byte> destination)
    {
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.AsBytes(source).CopyTo(destination);
        else
            for (int i = 0; i < source.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(destination[(sizeof(float) * i)..], source[i]);
    }

    private void WriteRow()
    {
        _file.Write(_row);
        _rows++;
    }
}
