using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>How the gradients of a step reach the operations of its rules; the same for all steps of an optimizer.</summary>
/// <param name="OfModel">Whether the parameters are a model's, whose biases are not decayed by default.</param>
/// <param name="ScalesEach">Whether each parameter has a clip factor of its own.</param>
/// <param name="Flags">Flags of the operations besides those of the rule.</param>
internal readonly record struct RowOptions(bool OfModel, bool ScalesEach, NoptStepFlags Flags)
{
    /// <summary>Whether the penalties of parameters are added to their gradients.</summary>
    public bool AddsPenalties { get; init; } = true;

    /// <summary>Whether gradients are centralized before the operations.</summary>
    public bool Centralizes { get; init; }
}

/// <summary>
/// The parameters that a rule updates in one piece of memory, as an operation sees them: segments and, for each kind of parameter,
/// a row with its prologue. Parameters that are treated alike share a row; neighbours of the same row are one segment.
/// </summary>
/// <remarks>
/// Positions count from the first element of the first parameter (<see cref="First"/>), so that arrays beside the parameters need
/// no more than <see cref="Length"/> elements.
/// </remarks>
internal sealed unsafe class StepRows : IDisposable
{
    private readonly OptimizerRule _rule;
    private readonly bool _eachHasARow, _accumulates, _addsPenalties;
    private readonly bool[] _decays, _centralizes;
    private readonly List<int> _rowParameters = [];
    private readonly int[] _rowOfParameter;

    /// <summary>Decides which parameters share a row.</summary>
    /// <param name="rule">The rule that updates them.</param>
    /// <param name="ranges">The parameters, ascending, at least one; gaps between them are never touched.</param>
    /// <param name="dtype">F32 or F64.</param>
    /// <param name="options">How gradients are treated.</param>
    public StepRows(OptimizerRule rule, IReadOnlyList<ParameterRange> ranges, NoptDtype dtype, RowOptions options)
    {
        _rule = rule;
        _eachHasARow = options.ScalesEach || rule.NeedsRowPerParameter;
        _accumulates = (options.Flags & NoptStepFlags.ZeroGradients) != 0;
        _addsPenalties = options.AddsPenalties;
        _decays = [.. ranges.Select(range => rule.DecaysParameter(range.Name, options.OfModel))];
        _centralizes = [.. ranges.Select(range => options.Centralizes && range is { Shape.Length: >= 2, Touched: null })];
        Ranges = ranges;
        Dtype = dtype;
        Flags = rule.Maximize ? options.Flags | NoptStepFlags.Maximize : options.Flags;
        First = ranges[0].Offset;
        Length = ranges[^1].Offset + ranges[^1].Count - First;
        _rowOfParameter = [.. Enumerable.Range(0, ranges.Count).Select(FindOrAddRow)];
        RowCount = _rowParameters.Count;
        Control = AlignedBuffer.Allocate(ranges.Count * sizeof(NoptSegment) + RowCount * sizeof(NoptPrologue));
        Segments = (NoptSegment*)Control.Pointer;
        Prologues = (NoptPrologue*)(Segments + ranges.Count);
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<ParameterRange> Ranges { get; }

    /// <summary>Element type of parameters, gradients and slots.</summary>
    public NoptDtype Dtype { get; }

    /// <summary>Flags of the operation that updates the parameters.</summary>
    public NoptStepFlags Flags { get; }

    /// <summary>Offset of the first parameter.</summary>
    public long First { get; }

    /// <summary>Elements from the first parameter to the end of the last, gaps included.</summary>
    public long Length { get; }

    /// <summary>The memory of segments and prologues, which plans keep alive.</summary>
    public AlignedBuffer Control { get; }

    /// <summary>What <see cref="SelectSegments"/> has written.</summary>
    public NoptSegment* Segments { get; }

    /// <summary>One prologue a row.</summary>
    public NoptPrologue* Prologues { get; }

    public int RowCount { get; }

    /// <summary>The row of a parameter, by its place in <see cref="Ranges"/>.</summary>
    public int RowOf(int parameter) => _rowOfParameter[parameter];

    /// <summary>The row of a parameter.</summary>
    public int RowOf(ParameterRange parameter)
    {
        for (int i = 0; i < Ranges.Count; i++)
            if (Ranges[i].Offset == parameter.Offset)
                return RowOf(i);
        throw new ArgumentException($"'{parameter.Name}' is not one of the parameters.", nameof(parameter));
    }

    /// <summary>
    /// The rows of the table that a step touches; null: a step touches all the parameters. A table is alone. Where gradients
    /// accumulate, an update has the rows of several batches, and takes the whole table.
    /// </summary>
    public TouchedRows? Touched =>
        !_accumulates && Ranges[0] is { IsTrained: true, Regularizer: null } only ? only.Touched : null;

    /// <summary>Whether the weights of a row are decayed.</summary>
    public bool Decays(int row) => _decays[_rowParameters[row]];

    /// <summary>Whether the gradient of a parameter is centralized. Its scale and its penalty are then a part of it.</summary>
    public bool Centralizes(int parameter) => _centralizes[parameter];

    /// <summary>What the gradient of a parameter is still to be multiplied by.</summary>
    public double ScaleOf(int parameter, double scale) => _centralizes[parameter] ? 1 : scale;

    /// <summary>What a prologue still has to add for the penalty of a parameter, times a factor.</summary>
    public (double L1, double L2) PenaltyOf(int parameter, double factor = 1) =>
        _centralizes[parameter] ? (0, 0) : WholePenaltyOf(parameter, factor);

    /// <summary>
    /// What a prologue adds for the penalty of a parameter, times a factor. l2 of a prologue is a factor of w: the derivative of
    /// l2 * w^2 has a 2.
    /// </summary>
    public (double L1, double L2) WholePenaltyOf(int parameter, double factor = 1) =>
        _addsPenalties && Ranges[parameter].Regularizer?.Factors is { } factors ? (factor * factors.L1, factor * 2 * factors.L2) : (0, 0);

    /// <summary>Writes the segments of the parameters that are trained at the time.</summary>
    /// <returns>How many they are.</returns>
    public int SelectSegments()
    {
        List<NoptSegment> segments = MergeNeighbours();
        for (int i = 0; i < segments.Count; i++)
            Segments[i] = segments[i];
        return segments.Count;
    }

    /// <summary>Writes the prologues of a step. Allocates nothing.</summary>
    public void Write(in StepNumbers numbers)
    {
        for (int row = 0; row < RowCount; row++)
        {
            NoptPrologue prologue = _rule.CreatePrologue(numbers.LearningRate, Decays(row));
            double clip = numbers.ClipFactors[_rowParameters[row]];
            prologue.GradientScale = ScaleOf(_rowParameters[row], numbers.GradientScale) * clip;
            prologue.ClipValue = numbers.ClipValue;
            if (numbers.AddsPenalties)
                // Where the factor is NaN so are the gradients, whatever is added to them.
                (prologue.L1, prologue.L2) = PenaltyOf(_rowParameters[row], double.IsNaN(clip) ? 0 : clip);
            Prologues[row] = prologue;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Control.Dispose();

    private int FindOrAddRow(int parameter)
    {
        int row = _eachHasARow ? -1 : _rowParameters.FindIndex(other =>
            _decays[other] == _decays[parameter] && _centralizes[other] == _centralizes[parameter]
            && PenaltyOf(other) == PenaltyOf(parameter));
        if (row >= 0)
            return row;
        _rowParameters.Add(parameter);
        return _rowParameters.Count - 1;
    }

    /// <summary>Neighbours of the same row without a gap become one segment: fewer, longer loops.</summary>
    private List<NoptSegment> MergeNeighbours()
    {
        var segments = new List<NoptSegment>();
        for (int i = 0; i < Ranges.Count; i++)
        {
            if (!Ranges[i].IsTrained)
                continue;
            long offset = Ranges[i].Offset - First;
            int row = _rowOfParameter[i];
            if (segments.Count > 0 && segments[^1].Offset + segments[^1].Count == offset && segments[^1].ScalarsIndex == row)
                segments[^1] = segments[^1] with { Count = segments[^1].Count + Ranges[i].Count };
            else
                segments.Add(new NoptSegment { Offset = offset, Count = Ranges[i].Count, ScalarsIndex = row });
        }
        return segments;
    }
}
