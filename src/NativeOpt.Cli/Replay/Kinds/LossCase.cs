using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Which loss a case is about, with its settings. The files say it in the name: "loss.sparse_categorical_ce_sum".</summary>
internal sealed class LossCase
{
    private const string Prefix = "loss.";

    /// <summary>Losses whose row is a mean over its columns; the others' is a sum.</summary>
    private static readonly NoptLoss[] WithMeanRows =
    [
        NoptLoss.MeanSquaredError, NoptLoss.BinaryCrossEntropy, NoptLoss.MeanAbsoluteError, NoptLoss.MeanAbsolutePercentageError,
        NoptLoss.MeanSquaredLogarithmicError, NoptLoss.Huber, NoptLoss.SmoothL1, NoptLoss.LogCosh, NoptLoss.Poisson, NoptLoss.Hinge,
        NoptLoss.SquaredHinge, NoptLoss.BinaryFocalCrossEntropy,
    ];

    private readonly string _reduction;
    private readonly long? _ignoredClass;

    /// <summary>
    /// Reads a case; the hyper-parameters it takes count as understood. PyTorch's cross_entropy and bce_with_logits take logits.
    /// </summary>
    /// <exception cref="ReplayException">The loss is unknown.</exception>
    public LossCase(ReplayRun run)
    {
        string name = run.Fields.Text("loss", run.Case.Name);
        if (name.StartsWith(Prefix, StringComparison.Ordinal))
            name = name[Prefix.Length..];
        Kind = LossNames.Find(name);
        bool isCrossEntropy = name.StartsWith(LossNames.OfLogits, StringComparison.OrdinalIgnoreCase);
        if (isCrossEntropy && !run.Inputs.Has("labels"))
            Kind = NoptLoss.CategoricalCrossEntropy;
        bool isSaidSo = run.Fields.Text("convention", "").StartsWith("pytorch", StringComparison.OrdinalIgnoreCase);
        bool isComputedSo = run.Fields.FindObject("source") is { } source && IsFromPyTorch(source);
        IsPyTorch = isCrossEntropy || isSaidSo || isComputedSo;
        Fields hyper = run.Hyper;
        long? axis = hyper.OptionalWhole("axis");
        if (axis is not (null or -1 or 1))
            throw new ReplayException($"hyper.axis is {axis}; it must be -1, along rows");
        // The coefficient of Dice is the Tversky index with halves, numerator and denominator divided by 2.
        bool isDice = Kind == NoptLoss.Tversky && name.Contains("dice", StringComparison.OrdinalIgnoreCase);
        _reduction = hyper.Text("reduction", "mean");
        _ignoredClass = hyper.OptionalWhole("ignore_class") ?? hyper.OptionalWhole("ignore_index");
        FromLogits = hyper.Flag("from_logits", isCrossEntropy || name.Contains("with_logits", StringComparison.OrdinalIgnoreCase));
        bool isOfLogRates = name.StartsWith(LossNames.OfLogRates, StringComparison.OrdinalIgnoreCase);
        bool logs = hyper.Flag("log_input", isOfLogRates || (IsPyTorch && Kind == NoptLoss.KlDivergence));
        Arguments = new NoptLossArgs
        {
            Loss = (int)Kind,
            Flags = Flag(FromLogits, NoptLossFlags.FromLogits) | Flag(_ignoredClass is not null, NoptLossFlags.IgnoreClass)
                | Flag(hyper.Flag("apply_class_balancing", false), NoptLossFlags.ClassBalancing)
                | Flag(logs, NoptLossFlags.LogInput) | Flag(hyper.Flag("log_target", false), NoptLossFlags.LogTargets)
                | Flag(hyper.Flag("full", false), NoptLossFlags.Full)
                | Flag(Kind == NoptLoss.Tversky && axis is null, NoptLossFlags.WholeBatch),
            IgnoreClass = (int)(_ignoredClass ?? 0),
            LabelSmoothing = hyper.Number("label_smoothing", 0),
            Delta = Kind switch
            {
                NoptLoss.Huber => hyper.Number("delta", 1),
                NoptLoss.SmoothL1 => hyper.Number("beta", 1),
                _ => 0,
            },
            Gamma = IsFocal ? hyper.Number("gamma", 2) : 0,
            Alpha = IsFocal ? hyper.Number("alpha", 0.25) : Kind == NoptLoss.Tversky ? hyper.Number("alpha", 0.5) : 0,
            Beta = Kind == NoptLoss.Tversky ? hyper.Number("beta", 0.5) : 0,
            Epsilon = ReadEpsilon(hyper, logs, isOfLogRates ? 1e-8 : 1e-7) / (isDice ? 2 : 1),
        };
    }

    /// <summary>The loss.</summary>
    public NoptLoss Kind { get; }

    /// <summary>Whether targets are class numbers.</summary>
    public bool TakesLabels => Kind == NoptLoss.SparseCategoricalCrossEntropy;

    /// <summary>Whether predictions are before the last activation.</summary>
    public bool FromLogits { get; }

    /// <summary>Whether PyTorch has computed the case: it neither limits probabilities nor divides them by their sum.</summary>
    public bool IsPyTorch { get; }

    /// <summary>Kind and settings as the operation takes them, with probabilities as Keras takes them.</summary>
    public NoptLossArgs Arguments { get; }

    /// <summary>The same with probabilities as the case's own library takes them.</summary>
    public NoptLossArgs OwnArguments =>
        IsPyTorch && !FromLogits && (IsCategorical || Kind == NoptLoss.BinaryCrossEntropy)
            ? Arguments with { Flags = Arguments.Flags | (uint)NoptLossFlags.Unclipped }
            : Arguments;

    private bool IsCategorical => Kind is NoptLoss.CategoricalCrossEntropy or NoptLoss.SparseCategoricalCrossEntropy;

    private bool IsFocal => Kind is NoptLoss.BinaryFocalCrossEntropy or NoptLoss.CategoricalFocalCrossEntropy;

    /// <summary>What the sum of the operation is multiplied by to give the value.</summary>
    /// <param name="rows">Rows of the predictions.</param>
    /// <param name="columns">And columns.</param>
    /// <param name="labels">Class numbers, or null.</param>
    /// <param name="classWeights">Factors of the classes, or null.</param>
    /// <param name="sampleWeights">Factors of the rows, or null.</param>
    public double Scale(int rows, int columns, int[]? labels, double[]? classWeights, double[]? sampleWeights)
    {
        if ((Arguments.Flags & (uint)NoptLossFlags.WholeBatch) != 0)
            return 1;
        double perRow = WithMeanRows.Contains(Kind) ? columns : 1;
        int[]? counted = labels is null ? null : [.. labels.Where(label => label != _ignoredClass)];
        switch (_reduction)
        {
            // PyTorch's sum is over all elements, Keras' over the values of the rows.
            case "sum":
                return IsPyTorch ? perRow : 1;
            // "batchmean" is the other one.
            case "mean" when IsPyTorch && Kind == NoptLoss.KlDivergence:
                return 1.0 / ((double)rows * columns);
            case "batchmean":
                return perRow / rows;
            case "mean_with_sample_weight":
                return 1 / (sampleWeights?.Sum() ?? rows);
            // "mean over all elements" of rows that are sums.
            case var text when perRow == 1 && text.Contains("element", StringComparison.Ordinal):
                return 1.0 / ((double)rows * columns);
            case "sum_over_batch_size":
            case var other when other.StartsWith("mean", StringComparison.Ordinal):
                return IsPyTorch && classWeights is not null && counted is not null
                    ? 1 / counted.Sum(label => classWeights[label])
                    : 1.0 / (counted?.Length ?? rows);
            default:
                throw new ReplayException(
                    $"unknown reduction '{_reduction}'. Known: mean, sum, sum_over_batch_size, batchmean, mean_with_sample_weight");
        }
    }

    private double ReadEpsilon(Fields hyper, bool logs, double smallestRate) => Kind switch
    {
        NoptLoss.MeanAbsolutePercentageError or NoptLoss.MeanSquaredLogarithmicError or NoptLoss.Tversky => hyper.Number("epsilon", 1e-7),
        NoptLoss.CosineSimilarity => hyper.Number("epsilon", 1e-12),
        NoptLoss.Poisson or NoptLoss.KlDivergence => logs ? 0 : hyper.Number("epsilon", smallestRate),
        _ => 0,
    };

    private static bool IsFromPyTorch(Fields source)
    {
        source.Ignore([.. source.Names]);
        return source.Text("library", "") == "PyTorch";
    }

    private static uint Flag(bool isSet, NoptLossFlags flag) => isSet ? (uint)flag : 0;
}
