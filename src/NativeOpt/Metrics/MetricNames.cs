using System.Collections.Concurrent;
using NativeOpt.Losses;
using NativeOpt.Text;

namespace NativeOpt.Metrics;

/// <summary>Metrics by name; every loss is one as well. Case, '_' and '-' do not matter.</summary>
internal static class MetricNames
{
    // What the Accuracy properties show, the general names first.
    private static readonly string[] AccuracyNames =
        ["accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy"];

    private static readonly Dictionary<string, Func<Metric>> BuiltIn = new()
    {
        ["accuracy"] = () => new AutoAccuracy(),
        ["acc"] = () => new AutoAccuracy(),
        ["binary_accuracy"] = () => new BinaryAccuracy(),
        ["categorical_accuracy"] = () => new CategoricalAccuracy(),
        ["sparse_categorical_accuracy"] = () => new SparseCategoricalAccuracy(),
        ["top_k_categorical_accuracy"] = () => new TopKCategoricalAccuracy(),
        ["sparse_top_k_categorical_accuracy"] = () => new SparseTopKCategoricalAccuracy(),
        ["precision"] = () => new Precision(),
        ["recall"] = () => new Recall(),
        ["f1_score"] = () => new F1Score(),
        ["f1"] = () => new F1Score(),
        ["fbeta_score"] = () => new FBetaScore(),
        ["auc"] = () => new Auc(),
        ["confusion_matrix"] = () => new ConfusionMatrix(),
        ["matthews_correlation"] = () => new MatthewsCorrelation(),
        ["root_mean_squared_error"] = () => new RootMeanSquaredError(),
        ["rmse"] = () => new RootMeanSquaredError(),
        ["r2_score"] = () => new R2Score(),
        ["r2"] = () => new R2Score(),
        ["max_error"] = () => new MaxError(),
        ["log_loss"] = () => new LossMetric(new BinaryCrossentropy()),
        // The similarity itself, where the loss is its negative.
        ["cosine_similarity"] = () => new LossMetric(new CosineSimilarity(), sign: -1),
    };

    private static readonly ConcurrentDictionary<string, (string Name, Func<Metric> Create)> ByKey = new(
        BuiltIn.Select(pair => KeyValuePair.Create(LossNames.KeyOf(pair.Key), (pair.Key, pair.Value))));

    /// <summary>The metric of a name, which it then has in logs.</summary>
    public static Metric Create(string name, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(name, parameterName);
        if (ByKey.TryGetValue(LossNames.KeyOf(name), out (string Name, Func<Metric> Create) found))
            return (found.Create() ?? throw new InvalidOperationException($"the registered metric '{found.Name}' was created as null"))
                .Named(name);
        return LossNames.TryFind(name) is { } loss
            ? new LossMetric(loss).Named(name)
            : throw new ArgumentException(NearestName.Explain("metric", name, Known()), parameterName);
    }

    public static void Register(string name, Func<Metric> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        if (!ByKey.TryAdd(LossNames.KeyOf(name), (name, create)))
            throw new ArgumentException($"there is a metric '{ByKey[LossNames.KeyOf(name)].Name}' already", nameof(name));
    }

    /// <summary>Place of the accuracy in the keys of a log, or -1: the most general name that is there, in whatever case.</summary>
    /// <param name="keys">Names of metrics.</param>
    /// <param name="prefix">"" or "val_".</param>
    public static int FindAccuracy(string[] keys, string prefix)
    {
        IEnumerable<int> places = AccuracyNames.Select(name =>
            Array.FindIndex(keys, key => key.Equals(prefix + name, StringComparison.OrdinalIgnoreCase)));
        return places.FirstOrDefault(place => place >= 0, -1);
    }

    private static string[] Known() =>
        [.. ByKey.Values.Select(entry => entry.Name).Union(LossNames.Known()).Order(StringComparer.Ordinal)];
}
