using System.Globalization;
using NativeOpt.Data;
using NativeOpt.Data.Streaming;

namespace NativeOpt;

/// <summary>
/// Rows of a file that may be larger than memory. The file is mapped block by block; an epoch shuffles the blocks, and the rows of some
/// of them at a time. The file must not be changed while it is open. Gather may be called from several threads, which take turns.
/// </summary>
/// <example>
/// <code>
/// using FileDataset data = FileDataset.OpenIdx("train-images-idx3-ubyte", "train-labels-idx1-ubyte");
/// model.Fit(data, epochs: 5);
/// </code>
/// </example>
public sealed class FileDataset : Dataset, IDisposable
{
    private readonly Lock _lock = new();
    private readonly MappedRows _rows;
    private readonly RowDecoder _decoder;

    private FileDataset(string path, RowDecoder decoder, RowPlaces places, FileDatasetSettings settings)
    {
        (_decoder, Count, BlockRows, MixedBlocks) = (decoder, places.Rows, places.BlockRows, settings.MixedBlocks);
        // A batch may lie across the end of what is mixed.
        _rows = new MappedRows(path, places, settings.MixedBlocks + 1);
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int InputColumns => _decoder.InputColumns;

    /// <inheritdoc/>
    public override int TargetColumns => _decoder.TargetColumns;

    /// <inheritdoc/>
    public override int BlockRows { get; }

    /// <inheritdoc/>
    public override int MixedBlocks { get; }

    /// <summary>Blocks that are mapped now.</summary>
    internal int MappedBlocks => _rows.MappedBlocks;

    /// <summary>Opens a pair of IDX files; the labels are read at once.</summary>
    /// <param name="inputPath">Unsigned bytes, rows first, not compressed.</param>
    /// <param name="labelPath">As many class numbers, compressed or not.</param>
    /// <param name="scale">Factor of each byte: 1/255, the default, maps pixels to [0, 1].</param>
    /// <param name="settings">How much is in memory at a time; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or another one; the message has path and position.</exception>
    public static FileDataset OpenIdx(string inputPath, string labelPath, float scale = 1 / 255f, FileDatasetSettings? settings = null)
    {
        Require.Finite(scale, nameof(scale));
        settings ??= new FileDatasetSettings();
        (long offset, int rows, int columns) = RowFiles.IdxPlaces(inputPath);
        IdxFile labels = IdxFile.Read(labelPath);
        if (labels.Shape.Count != 1 || labels.Shape[0] != rows)
            throw new InvalidDataException($"{labelPath}: expected {rows} labels, found shape [{string.Join(", ", labels.Shape)}]");
        var decoder = new PixelRows(columns, scale, new ByteLabels(labels.Data));
        return new FileDataset(inputPath, decoder, RowPlaces.Create(offset, columns, rows, settings), settings);
    }

    /// <summary>Opens a file of CIFAR-10 records, of any number of them.</summary>
    /// <param name="path">Not compressed.</param>
    /// <param name="settings">How much is in memory at a time; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not whole records.</exception>
    public static FileDataset OpenCifar(string path, FileDatasetSettings? settings = null)
    {
        settings ??= new FileDatasetSettings();
        int rows = RowFiles.RequireCount(path, CifarFile.CountRecords(path));
        return new FileDataset(path, new CifarRows(), RowPlaces.Create(0, CifarFile.RecordSize, rows, settings), settings);
    }

    /// <summary>Opens what a <see cref="RowFileWriter"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">How much is in memory at a time; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is another one, of another version, or cut off; the message has path and position.
    /// </exception>
    public static FileDataset Open(string path, FileDatasetSettings? settings = null)
    {
        settings ??= new FileDatasetSettings();
        RowFileHeader header = RowFiles.ReadHeader(path);
        var decoder = new FloatRows(header.InputColumns, header.TargetColumns);
        int rows = RowFiles.RequireCount(path, header.Rows);
        return new FileDataset(path, decoder, RowPlaces.Create(RowFileHeader.Size, decoder.RowBytes, rows, settings), settings);
    }

    /// <summary>
    /// Opens rows of little-endian 32-bit floats as any program may write them: the inputs of a row, then its targets, or a 32-bit whole
    /// number that is its class.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="inputColumns">Numbers in an input row.</param>
    /// <param name="targetColumns">Numbers in a target row; 0: a class number.</param>
    /// <param name="headerBytes">Bytes before the first row.</param>
    /// <param name="settings">How much is in memory at a time; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not whole rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of columns or bytes is negative, or there are no inputs.</exception>
    public static FileDataset OpenRaw(
        string path, int inputColumns, int targetColumns, long headerBytes = 0, FileDatasetSettings? settings = null)
    {
        settings ??= new FileDatasetSettings();
        Require.AtLeast(inputColumns, 1, nameof(inputColumns));
        Require.AtLeast(targetColumns, 0, nameof(targetColumns));
        ArgumentOutOfRangeException.ThrowIfNegative(headerBytes);
        var decoder = new FloatRows(inputColumns, targetColumns);
        int rows = RowFiles.RequireCount(path, RowFiles.CountRows(path, headerBytes, decoder.RowBytes));
        return new FileDataset(path, decoder, RowPlaces.Create(headerBytes, decoder.RowBytes, rows, settings), settings);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A row is not there, or the batch has other sizes than these rows.</exception>
    /// <exception cref="IOException">The file has become shorter.</exception>
    /// <exception cref="ObjectDisposedException">The data set is closed.</exception>
    public override void Gather(ReadOnlySpan<int> rows, Batch batch)
    {
        foreach (int row in rows)
            RowCopies.RequireRow(row, Count, nameof(rows));
        batch.Require(rows.Length, InputColumns, TargetColumns, HasSampleWeights);
        lock (_lock)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                ReadOnlySpan<byte> row = _rows[rows[i]];
                _decoder.ReadInputs(row, batch.Inputs.Slice(i * InputColumns, InputColumns));
                if (TargetColumns == 0)
                    batch.Labels[i] = _decoder.ReadLabel(row, rows[i]);
                else
                    _decoder.ReadTargets(row, batch.Targets.Slice(i * TargetColumns, TargetColumns));
            }
        }
    }

    /// <summary>Closes the file. Later calls of Gather throw.</summary>
    public void Dispose()
    {
        lock (_lock)
            _rows.Dispose();
    }

    /// <summary>"2000000 rows: 784 inputs, class numbers, in blocks of 1337".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Count} rows: {InputColumns} inputs, {(TargetColumns == 0 ? "class numbers" : $"{TargetColumns} targets")}, "
        + $"in blocks of {BlockRows}");
}
