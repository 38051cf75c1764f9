using NativeOpt.Text;

namespace NativeOpt.Metrics;

/// <summary>A mean over all rows seen since the last <see cref="Reset"/>, put together batch by batch.</summary>
internal abstract class Metric(string key)
{
    // What the Accuracy properties show, the general names first.
    private static readonly string[] AccuracyNames =
        ["accuracy", "acc", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy"];

    private static readonly string[] KnownNames = [.. AccuracyNames, "mse", "mean_squared_error"];

    private double _sum;
    private double _weight;

    /// <summary>Name in logs and history: as it was asked for.</summary>
    public string Key { get; } = key;

    /// <summary>Whether the predictions after the last activation are read.</summary>
    public virtual bool NeedsPredictions => true;

    /// <summary>The mean; NaN before the first batch.</summary>
    public double Value => _sum / _weight;

    /// <summary>Place of the accuracy in the keys of a log, or -1: the most general name that is there, in whatever case.</summary>
    /// <param name="keys">As <see cref="Key"/> writes them.</param>
    /// <param name="prefix">"" or "val_".</param>
    public static int FindAccuracy(string[] keys, string prefix)
    {
        IEnumerable<int> places = AccuracyNames.Select(name =>
            Array.FindIndex(keys, key => key.Equals(prefix + name, StringComparison.OrdinalIgnoreCase)));
        return places.FirstOrDefault(place => place >= 0, -1);
    }

    /// <summary>Checks what can be checked before the model is built.</summary>
    /// <exception cref="ArgumentException">A name is null, unknown or given twice.</exception>
    public static void CheckNames(string[] metrics)
    {
        for (int i = 0; i < metrics.Length; i++)
        {
            if (metrics[i] is null)
                throw new ArgumentException($"metrics[{i}] is null", nameof(metrics));
            if (!KnownNames.Contains(metrics[i], StringComparer.OrdinalIgnoreCase))
                throw new ArgumentException(NearestName.Explain("metric", metrics[i], KnownNames), nameof(metrics));
            if (Array.IndexOf(metrics, metrics[i]) < i)
                throw new ArgumentException($"metric '{metrics[i]}' is there twice", nameof(metrics));
        }
    }

    /// <summary>The metric of a name that <see cref="CheckNames"/> let pass, for a loss and a number of outputs.</summary>
    /// <exception cref="ArgumentException">It does not fit the targets the loss takes.</exception>
    public static Metric Create(string name, Loss loss, int outputs)
    {
        string kind = name.ToUpperInvariant() switch
        {
            "ACCURACY" or "ACC" => AccuracyKind(loss, outputs),
            "MSE" or "MEAN_SQUARED_ERROR" => "mse",
            var other => Array.Find(KnownNames, known => known.Equals(other, StringComparison.OrdinalIgnoreCase))!,
        };
        return kind switch
        {
            "sparse_categorical_accuracy" when !loss.TakesLabels => throw Misfit(name, loss, "one class number a row"),
            "mse" or "categorical_accuracy" when loss.TakesLabels => throw Misfit(name, loss, "rows as wide as the output"),
            "mse" => new MeanSquaredErrorMetric(name),
            "binary_accuracy" when loss is BinaryCrossentropy => new CountedAccuracy(name, outputs),
            "binary_accuracy" => new BinaryAccuracy(name),
            "sparse_categorical_accuracy" => new CountedAccuracy(name, 1),
            _ when loss is CategoricalCrossentropy => new CountedAccuracy(name, 1),
            _ => new CategoricalAccuracy(name),
        };
    }

    /// <summary>Takes a batch in.</summary>
    public abstract void Add(in BatchOutcome outcome);

    /// <summary>Forgets all batches.</summary>
    public void Reset() => (_sum, _weight) = (0, 0);

    /// <summary>Adds to the sum and to what it is divided by.</summary>
    protected void Add(double sum, double weight)
    {
        _sum += sum;
        _weight += weight;
    }

    // As Keras chooses: by the number of outputs and by whether targets are labels.
    private static string AccuracyKind(Loss loss, int outputs) =>
        outputs == 1 ? "binary_accuracy" : loss.TakesLabels ? "sparse_categorical_accuracy" : "categorical_accuracy";

    private static ArgumentException Misfit(string metrics, Loss loss, string wanted) =>
        new($"metric '{metrics}' compares with {wanted}; the targets of {loss.Name} are not", nameof(metrics));
}
