using System.Globalization;
using NativeOpt.Data;

namespace NativeOpt;

/// <summary>Rows of arrays in memory.</summary>
public sealed class InMemoryDataset : Dataset
{
    private readonly RowSource _inputs;
    private readonly float[]? _sampleWeight;

    /// <summary>Pairs inputs with targets, and with weights of the rows where there are any.</summary>
    /// <param name="x">Inputs, at least one row.</param>
    /// <param name="y">Targets, as many rows.</param>
    /// <param name="sampleWeight">What the loss of each row is multiplied by, as many finite numbers; null: 1.</param>
    /// <exception cref="ArgumentException">x is empty, y or sampleWeight has another number of rows, or a weight is not finite.</exception>
    public InMemoryDataset(Features x, Targets y, float[]? sampleWeight = null)
    {
        _inputs = x.Require(nameof(x));
        if (y.Rows != x.Rows)
            throw new ArgumentException($"y has {y.Rows} rows; x has {x.Rows}", nameof(y));
        if (y is { HasLabels: false, Columns: 0 })
            throw new ArgumentException("the rows of y are empty", nameof(y));
        if (sampleWeight is not null)
            SampleWeights.Check(sampleWeight, x.Rows);
        (X, Y, _sampleWeight) = (x, y, sampleWeight);
    }

    /// <summary>The inputs.</summary>
    public Features X { get; }

    /// <summary>The targets.</summary>
    public Targets Y { get; }

    /// <summary>var (x, y) = data;</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    public void Deconstruct(out Features x, out Targets y) => (x, y) = (X, Y);

    /// <inheritdoc/>
    public override int Count => _inputs.Rows;

    /// <inheritdoc/>
    public override int InputColumns => _inputs.Columns;

    /// <inheritdoc/>
    public override int TargetColumns => Y.Columns;

    /// <inheritdoc/>
    public override bool HasSampleWeights => _sampleWeight is not null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A row is not there, or the batch has other sizes than these rows.</exception>
    public override void Gather(ReadOnlySpan<int> rows, Batch batch)
    {
        foreach (int row in rows)
            RowCopies.RequireRow(row, Count, nameof(rows));
        batch.Require(rows.Length, InputColumns, TargetColumns, HasSampleWeights);
        _inputs.CopyRows(rows, batch.Inputs, batch.IsShared);
        Y.CopyRows(rows, batch);
        for (int i = 0; i < batch.SampleWeights.Length; i++)
            batch.SampleWeights[i] = _sampleWeight![rows[i]];
    }

    /// <summary>"60000 rows: 784 inputs, class numbers", or "100 rows: 4 inputs, 3 targets".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Count} rows: {InputColumns} inputs, {(Y.HasLabels ? "class numbers" : $"{TargetColumns} targets")}");

    /// <inheritdoc/>
    internal override (int Row, int Label)? FindLabelOutside(int first, int count, int classes, int? ignored) =>
        Y.FindLabelOutside(first, count, classes, ignored);

    /// <inheritdoc/>
    internal override (int Row, int Column, float Value)? FindTargetOutsideUnit(int first, int count) =>
        Y.FindTargetOutsideUnit(first, count);
}
