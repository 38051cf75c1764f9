using NativeOpt.Metrics;

namespace NativeOpt;

/// <summary>
/// A number that tells how good predictions are, put together batch by batch. A string converts to the metric of that name
/// ("accuracy", "precision", "auc", "mae" ...), a <see cref="Loss"/> to its mean. Metrics of your own derive from this class or
/// from <see cref="MeanMetric"/>.
/// </summary>
/// <remarks>
/// A model calls <see cref="Reset"/>, <see cref="Update(MetricBatch)"/> for every batch and then reads <see cref="Result"/>. The
/// object given to Compile holds the numbers of the last evaluation or validation; those of training are gathered in a
/// <see cref="Copy"/>. It serves one model at a time.
/// </remarks>
public abstract class Metric
{
    private bool _weighted;

    /// <summary>A metric of that name.</summary>
    /// <param name="name">Name in logs and history, such as "precision".</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected Metric(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Name in logs and history.</summary>
    public string Name { get; private set; }

    /// <summary>
    /// Whether the sample weights (and class weights) of training and evaluation count. False by default, as in Keras: then every
    /// row counts as 1.
    /// </summary>
    public bool Weighted
    {
        get => _weighted;
        init => _weighted = value;
    }

    /// <summary>The number for all rows since the last <see cref="Reset"/>; NaN where there were none.</summary>
    public abstract double Result { get; }

    /// <summary>Whether the predictions after the last activation are read.</summary>
    internal virtual bool NeedsPredictions => true;

    /// <summary>The metric of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static implicit operator Metric(string name) => MetricNames.Create(name, nameof(name));

    /// <summary>The mean of a loss over the rows.</summary>
    public static implicit operator Metric(Loss loss) => new LossMetric(loss);

    /// <summary>The metric of that name, which is also its name in logs.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static Metric FromName(string name) => MetricNames.Create(name, nameof(name));

    /// <summary>Lets a metric be found by name.</summary>
    /// <param name="name">Not yet taken; case and '_' do not matter.</param>
    /// <param name="create">Makes a new one.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public static void Register(string name, Func<Metric> create) => MetricNames.Register(name, create);

    /// <summary>Forgets all rows.</summary>
    public abstract void Reset();

    /// <summary>Takes rows in. It should not allocate after its first call.</summary>
    public abstract void Update(MetricBatch batch);

    /// <summary>Takes predictions and targets in, as Predict gives them and Fit takes them.</summary>
    /// <param name="predictions">[rows, columns].</param>
    /// <param name="targets">As many class numbers or rows.</param>
    /// <param name="sampleWeight">A weight for each row, taken whatever <see cref="Weighted"/> says; null: each 1.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public void Update(float[,] predictions, Targets targets, float[]? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        int columns = predictions.GetLength(1);
        double[] rows = [.. predictions.Cast<float>().Select(value => (double)value)];
        double[] weights = [.. (sampleWeight ?? []).Select(value => (double)value)];
        if (targets.HasLabels)
            Update(new MetricBatch(rows, targets.ToLabels(), columns, weights));
        else
            Update(new MetricBatch(rows, targets.ToArray().Cast<float>().Select(value => (double)value).ToArray(), columns, weights));
    }

    /// <summary>
    /// A metric with the same settings and rows of its own, for training. By default a copy of all fields that is then
    /// <see cref="Reset"/>: right where these are numbers. Override it where a field is an array that Reset does not replace.
    /// </summary>
    protected internal virtual Metric Copy() => (Metric)MemberwiseClone();

    /// <summary>Gives it the name it was asked for by.</summary>
    internal Metric Named(string name)
    {
        Name = name;
        return this;
    }

    /// <summary>Gives it the name and the weights that it was written down with.</summary>
    internal Metric Named(string name, bool isWeighted)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, _weighted) = (name, isWeighted);
        return this;
    }

    /// <summary>What it really is for a loss and a number of outputs.</summary>
    /// <exception cref="ArgumentException">It does not fit the targets the loss takes.</exception>
    internal virtual Metric Resolve(Loss loss, int outputs) => this;

    /// <summary>It compares with something else than the targets of a loss.</summary>
    private protected ArgumentException Misfit(Loss loss, string wanted, string parameterName = "metrics") =>
        new($"metric '{Name}' compares with {wanted}; the targets of {loss.Name} are not", parameterName);
}
