using NativeOpt.Interop;
using NativeOpt.Text;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Losses by the names that Keras, PyTorch and the files have for them.</summary>
internal static class LossNames
{
    /// <summary>PyTorch's cross-entropy, which takes logits, and labels or probabilities as targets.</summary>
    public const string OfLogits = "cross_entropy";

    /// <summary>PyTorch's Poisson loss, which takes the logarithms of rates unless log_input is false.</summary>
    public const string OfLogRates = "poisson_nll";

    private static readonly Dictionary<string, NoptLoss> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mse"] = NoptLoss.MeanSquaredError,
        ["mean_squared_error"] = NoptLoss.MeanSquaredError,
        ["bce"] = NoptLoss.BinaryCrossEntropy,
        ["binary_ce"] = NoptLoss.BinaryCrossEntropy,
        ["binary_crossentropy"] = NoptLoss.BinaryCrossEntropy,
        ["categorical_ce"] = NoptLoss.CategoricalCrossEntropy,
        ["categorical_crossentropy"] = NoptLoss.CategoricalCrossEntropy,
        [OfLogits] = NoptLoss.SparseCategoricalCrossEntropy,
        ["sparse_categorical_ce"] = NoptLoss.SparseCategoricalCrossEntropy,
        ["sparse_categorical_crossentropy"] = NoptLoss.SparseCategoricalCrossEntropy,
        ["mae"] = NoptLoss.MeanAbsoluteError,
        ["l1"] = NoptLoss.MeanAbsoluteError,
        ["mean_absolute_error"] = NoptLoss.MeanAbsoluteError,
        ["mape"] = NoptLoss.MeanAbsolutePercentageError,
        ["mean_absolute_percentage_error"] = NoptLoss.MeanAbsolutePercentageError,
        ["msle"] = NoptLoss.MeanSquaredLogarithmicError,
        ["mean_squared_logarithmic_error"] = NoptLoss.MeanSquaredLogarithmicError,
        ["huber"] = NoptLoss.Huber,
        ["smooth_l1"] = NoptLoss.SmoothL1,
        ["log_cosh"] = NoptLoss.LogCosh,
        ["logcosh"] = NoptLoss.LogCosh,
        ["cosine_similarity"] = NoptLoss.CosineSimilarity,
        ["poisson"] = NoptLoss.Poisson,
        ["kl_divergence"] = NoptLoss.KlDivergence,
        ["kl_div"] = NoptLoss.KlDivergence,
        ["hinge"] = NoptLoss.Hinge,
        ["squared_hinge"] = NoptLoss.SquaredHinge,
        ["categorical_hinge"] = NoptLoss.CategoricalHinge,
        ["binary_focal"] = NoptLoss.BinaryFocalCrossEntropy,
        ["categorical_focal"] = NoptLoss.CategoricalFocalCrossEntropy,
        ["tversky"] = NoptLoss.Tversky,
        ["dice"] = NoptLoss.Tversky,
    };

    // A loss of PyTorch's that is another than the name it begins with.
    private const string HingeEmbedding = "hinge_embedding";

    /// <summary>
    /// The loss that a name begins with; what follows after '_' or '.' is a remark: "sparse_categorical_ce_sum" is the sparse
    /// cross-entropy.
    /// </summary>
    /// <exception cref="ReplayException">It begins with none; the message has the nearest. Or it is a loss that there is not.</exception>
    public static NoptLoss Find(string name)
    {
        if (IsVariantOf(name, HingeEmbedding))
            throw new ReplayException($"the loss '{HingeEmbedding}' is not implemented; it is another one than 'hinge'");
        string? found = Known.Keys.Where(known => IsVariantOf(name, known)).MaxBy(known => known.Length);
        return found is not null ? Known[found] : throw new ReplayException(NearestName.Explain("loss", name, Known.Keys));
    }

    private static bool IsVariantOf(string name, string known) =>
        name.StartsWith(known, StringComparison.OrdinalIgnoreCase)
        && (name.Length == known.Length || name[known.Length] is '_' or '.');
}
