using System.Globalization;
using System.Numerics.Tensors;
using System.Numerics;
using NativeOpt.Interop;
using NativeOpt.Saving;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// A table with a row of numbers for each of a set of things, such as words: the input is their whole numbers, the output their rows side
/// by side. Only the first layer of a model can be one.
/// </summary>
/// <remarks>
/// Training is lazy: a step updates the rows that its batch looked up and leaves all others, and what the optimizer keeps for them, as
/// they are, bit for bit. So weight decay and momentum do not move rows that are not looked up, unlike under an optimizer that sees
/// gradients of 0, and a step costs what the touched rows cost, whatever the size of the table. Rules that treat a parameter as a
/// whole, such as LAMB or Muon, see the whole gradient, with zeros. Rows that a batch looks up several times get the sum of their
/// gradients, added in the order of the batch.
/// </remarks>
public sealed class Embedding : Layer
{
    private readonly int? _inputShape;
    private readonly Initializer _initializer;
    private readonly Regularizer? _regularizer;
    private readonly Constraint? _constraint;
    private ParameterRange? _table;

    /// <summary>A table.</summary>
    /// <param name="inputDim">Rows of the table: ids are 0 to inputDim - 1. At least 1, at most 2^24 (floats are exact so far).</param>
    /// <param name="outputDim">Columns of the table, at least 1.</param>
    /// <param name="inputShape">Ids in a row of input; may be left out, the first data say it.</param>
    /// <param name="embeddingsInitializer">First values; uniform between -.05 and .05 by default.</param>
    /// <param name="embeddingsRegularizer">
    /// Penalty of the table, which reaches all of its rows: training is then not lazy. None by default.
    /// </param>
    /// <param name="embeddingsConstraint">What the table is brought back to after each step, all of it; nothing by default.</param>
    /// <param name="name">Name of the layer; by default "embedding".</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public Embedding(
        int inputDim, int outputDim, int? inputShape = null, Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null, Constraint? embeddingsConstraint = null, string? name = null)
        : base(name)
    {
        InputDim = RequireSize(inputDim, nameof(inputDim), limit: 1 << 24);
        OutputDim = RequireSize(outputDim, nameof(outputDim), limit: int.MaxValue);
        _inputShape = inputShape is { } shape ? RequireSize(shape, nameof(inputShape), int.MaxValue) : null;
        _initializer = embeddingsInitializer ?? SmallUniform();
        (_regularizer, _constraint) = (embeddingsRegularizer, embeddingsConstraint);
    }

    /// <summary>Rows of the table.</summary>
    public int InputDim { get; }

    /// <summary>Columns of the table.</summary>
    public int OutputDim { get; }

    /// <summary>The settings, without those at their defaults.</summary>
    internal ScheduleSettings GetSettings() => new ScheduleSettings { ["input_dim"] = InputDim, ["output_dim"] = OutputDim }
        .With("input_shape", _inputShape)
        .With("embeddings_initializer", ModelFormat.TextOf(_initializer, SmallUniform()))
        .With("embeddings_regularizer", ModelFormat.TextOf(_regularizer))
        .With("embeddings_constraint", ModelFormat.TextOf(_constraint));

    /// <inheritdoc/>
    internal override string TypeName => "embedding";

    /// <inheritdoc/>
    internal override int? DeclaredInputColumns => _inputShape;

    /// <summary>The rows that the last backward has given a gradient.</summary>
    internal TouchedRows Touched => _table!.Touched!;

    /// <inheritdoc/>
    internal override int OutputColumnsFor(int inputColumns) => checked(inputColumns * OutputDim);

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns) =>
    [
        new("embeddings", [InputDim, OutputDim], _initializer, new Fans(InputDim, OutputDim))
        {
            Regularizer = _regularizer,
            Constraint = _constraint,
        },
    ];

    /// <inheritdoc/>
    internal override void Bind(IReadOnlyList<ParameterRange> parameters)
    {
        if (Index > 0)
            throw new InvalidOperationException($"layer '{Name}' is number {Index + 1}; an Embedding must be the first layer");
        _table = parameters[0];
        _table.Touched = new TouchedRows(InputDim, OutputDim);
    }

    /// <inheritdoc/>
    internal override void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass)
    {
        (NoptMatrix x, NoptMatrix y, NoptMatrix table) = (buffers.X, buffers.Y, plan.Parameter(_table));
        if (x.Dtype == (int)NoptDtype.F64)
            Add<double>();
        else
            Add<float>();

        void Add<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            plan.BeforeRun(_ => CheckIds(LayerCallMemory.Rows<T>(x, plan.Rows)));
            plan.AddCall(rows => LookUp(
                LayerCallMemory.Rows<T>(x, rows), LayerCallMemory.Rows<T>(table, InputDim), LayerCallMemory.Rows<T>(y, rows)));
        }
    }

    /// <inheritdoc/>
    internal override void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass)
    {
        (NoptMatrix x, NoptMatrix dy, NoptMatrix gradient) = (buffers.X, buffers.Dy, plan.Gradient(_table));
        bool accumulate = pass.Accumulate;
        if (x.Dtype == (int)NoptDtype.F64)
            Add<double>();
        else
            Add<float>();

        void Add<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            plan.BeforeRun(_ => Touch(LayerCallMemory.Rows<T>(x, plan.Rows), LayerCallMemory.Rows<T>(gradient, InputDim), accumulate));
            plan.AddCall(rows => AddGradients(
                LayerCallMemory.Rows<T>(x, rows), LayerCallMemory.Rows<T>(dy, rows), LayerCallMemory.Rows<T>(gradient, InputDim)));
        }
    }

    private void LookUp<T>(ReadOnlySpan<T> ids, ReadOnlySpan<T> table, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < ids.Length; i++)
            RowOf(table, ids[i]).CopyTo(y[(i * OutputDim)..]);
    }

    // Before the plan runs: which rows the optimizer is to update. Those of the batch before have no gradient any more.
    private void Touch<T>(ReadOnlySpan<T> ids, Span<T> gradient, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!accumulate)
        {
            foreach (int row in Touched.Rows)
                gradient.Slice(row * OutputDim, OutputDim).Clear();
            Touched.Clear();
        }
        foreach (T id in ids)
            Touched.Add(int.CreateTruncating(id));
        Touched.Finish();
    }

    private void AddGradients<T>(ReadOnlySpan<T> ids, ReadOnlySpan<T> dy, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < ids.Length; i++)
        {
            Span<T> row = gradient.Slice(int.CreateTruncating(ids[i]) * OutputDim, OutputDim);
            TensorPrimitives.Add(row, dy.Slice(i * OutputDim, OutputDim), row);
        }
    }

    private ReadOnlySpan<T> RowOf<T>(ReadOnlySpan<T> table, T id) where T : unmanaged, IFloatingPointIeee754<T> =>
        table.Slice(int.CreateTruncating(id) * OutputDim, OutputDim);

    private void CheckIds<T>(ReadOnlySpan<T> ids) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T limit = T.CreateTruncating(InputDim);
        for (int i = 0; i < ids.Length; i++)
            if (!(ids[i] >= T.Zero && ids[i] < limit && T.IsInteger(ids[i])))
                throw WrongId(i, double.CreateTruncating(ids[i]));
    }

    private ArgumentException WrongId(int position, double id) => new(string.Create(CultureInfo.InvariantCulture,
        $"layer '{Name}': row {position / InputColumns} of the batch, column {position % InputColumns} is {id}; "
        + $"it takes whole numbers from 0 to {InputDim - 1}"));

    // Uniform between -.05 and .05: the variance is a third of the limit's square.
    private VarianceScaling SmallUniform() => new(
        0.05 * 0.05 / 3 * (((double)InputDim + OutputDim) / 2), FanMode.Average, VarianceDistribution.Uniform);

    private static int RequireSize(int size, string name, int limit) => size >= 1 && size <= limit
        ? size
        : throw new ArgumentOutOfRangeException(name, size, $"{name} is {size}; it must be 1 to {limit}");
}
