using System.Collections.Concurrent;
using NativeOpt.Text;

namespace NativeOpt.Losses;

/// <summary>Losses by name. Case, '_' and '-' do not matter, so that the names of Keras' classes are there as well.</summary>
internal static class LossNames
{
    private static readonly Dictionary<string, Loss> KerasNames = new()
    {
        ["mean_squared_error"] = new MeanSquaredError(),
        ["mse"] = new MeanSquaredError(),
        ["mean_absolute_error"] = new MeanAbsoluteError(),
        ["mae"] = new MeanAbsoluteError(),
        ["mean_absolute_percentage_error"] = new MeanAbsolutePercentageError(),
        ["mape"] = new MeanAbsolutePercentageError(),
        ["mean_squared_logarithmic_error"] = new MeanSquaredLogarithmicError(),
        ["msle"] = new MeanSquaredLogarithmicError(),
        ["huber"] = new Huber(),
        ["log_cosh"] = new LogCosh(),
        ["cosine_similarity"] = new CosineSimilarity(),
        ["poisson"] = new Poisson(),
        ["kl_divergence"] = new KLDivergence(),
        ["kld"] = new KLDivergence(),
        ["binary_crossentropy"] = new BinaryCrossentropy(),
        ["bce"] = new BinaryCrossentropy(),
        ["categorical_crossentropy"] = new CategoricalCrossentropy(),
        ["sparse_categorical_crossentropy"] = new SparseCategoricalCrossentropy(),
        ["binary_focal_crossentropy"] = new BinaryFocalCrossentropy(),
        ["categorical_focal_crossentropy"] = new CategoricalFocalCrossentropy(),
        ["hinge"] = new Hinge(),
        ["squared_hinge"] = new SquaredHinge(),
        ["categorical_hinge"] = new CategoricalHinge(),
        ["tversky"] = new Tversky(),
        ["dice"] = new Dice(),
    };

    // The functions of torch.nn.functional, with their own defaults.
    private static readonly Dictionary<string, Loss> TorchNames = new()
    {
        ["mse_loss"] = new MeanSquaredError(),
        ["l1_loss"] = new MeanAbsoluteError(),
        ["smooth_l1"] = new SmoothL1(),
        ["smooth_l1_loss"] = new SmoothL1(),
        ["huber_loss"] = new Huber(),
        ["binary_cross_entropy"] = new BinaryCrossentropy { Convention = Convention.PyTorch },
        ["binary_cross_entropy_with_logits"] = new BinaryCrossentropy { FromLogits = true },
        ["cross_entropy"] = new SparseCategoricalCrossentropy
        {
            FromLogits = true,
            Reduction = Reduction.MeanWithSampleWeight,
            IgnoreClass = -100,
        },
        ["poisson_nll_loss"] = new Poisson { LogInput = true, Epsilon = 1e-8 },
        ["kl_div"] = new KLDivergence { LogInput = true, Reduction = Reduction.MeanOverElements },
    };

    private static readonly ConcurrentDictionary<string, (string Name, Func<Loss> Create)> ByKey = new(
        KerasNames.Concat(TorchNames).DistinctBy(pair => KeyOf(pair.Key)).Select(pair =>
            KeyValuePair.Create(KeyOf(pair.Key), (pair.Key, (Func<Loss>)(() => pair.Value)))));

    public static Loss Find(string name, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(name, parameterName);
        return TryFind(name) ?? throw new ArgumentException(NearestName.Explain("loss", name, Known()), parameterName);
    }

    /// <summary>The loss of that name, or null.</summary>
    public static Loss? TryFind(string name)
    {
        if (!ByKey.TryGetValue(KeyOf(name), out (string Name, Func<Loss> Create) found))
            return null;
        return found.Create() ?? throw new InvalidOperationException($"the registered loss '{found.Name}' was created as null");
    }

    public static void Register(string name, Func<Loss> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        if (!ByKey.TryAdd(KeyOf(name), (name, create)))
            throw new ArgumentException($"there is a loss '{ByKey[KeyOf(name)].Name}' already", nameof(name));
    }

    /// <summary>All names.</summary>
    public static string[] Known() => [.. ByKey.Values.Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    /// <summary>What names are compared by.</summary>
    public static string KeyOf(string name) => name
        .Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
