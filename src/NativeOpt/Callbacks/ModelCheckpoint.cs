using NativeOpt.Files;
using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Saves the model after epochs, or after every so many steps: all of it (<see cref="NativeOpt.Model.Save"/>, with the state of the
/// training), or its weights; always, or only when a watched number is better than ever. The rules are those of Keras.
/// </summary>
/// <remarks>
/// The path may have places for the epoch, from 1, and for numbers of the logs: "model-{epoch:00}-{val_loss:0.000}.safetensors". Without
/// any, each file takes the place of the one before. Files are complete or not there. Put it behind the callbacks whose states belong into
/// the file, and behind those that change the weights.
/// </remarks>
/// <example><code>model.Fit(x, y, epochs: 50, validationSplit: 0.1,
///     callbacks: [new ModelCheckpoint("best.safetensors") { SaveBestOnly = true }]);</code></example>
public sealed class ModelCheckpoint : MonitoringCallback
{
    private readonly PathTemplate _template;
    private Improvement _improvement;
    private double _best;
    private int _steps;
    private int _epoch;

    /// <summary>Saves into files of these names.</summary>
    /// <param name="path">
    /// Path with places for numbers; for weights alone it ends in ".safetensors" or ".npz". The folder is made where it is not there.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty, or a place in it is not complete.</exception>
    public ModelCheckpoint(string path)
    {
        _template = new PathTemplate(path, nameof(path));
        Path = path;
    }

    /// <summary>The path with its places for numbers.</summary>
    public string Path { get; }

    /// <summary>Whether only an improvement of <see cref="MonitoringCallback.Monitor"/> is saved; false by default.</summary>
    public bool SaveBestOnly { get; init; }

    /// <summary>Whether the weights alone are saved; false by default.</summary>
    public bool SaveWeightsOnly { get; init; }

    /// <summary>
    /// Saves after so many steps, counted over the epochs, instead of after each epoch; at least 1, null by default. Numbers are then those
    /// of the epoch so far, without validation, and "batch", from 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? SaveFrequency
    {
        get;
        init => field = value is { } steps ? Require.Positive(steps, nameof(SaveFrequency)) : null;
    }

    /// <summary>What the watched number must be better than to be saved the first time; null (default): anything.</summary>
    public double? InitialValueThreshold { get; init; }

    /// <summary>The file saved last; null before the first.</summary>
    public string? LastPath { get; private set; }

    /// <summary>The best watched number so far; null before the first.</summary>
    public double? Best => double.IsInfinity(_best) ? null : _best;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Weights alone cannot be saved in a file of such a name.</exception>
    /// <exception cref="NotSupportedException">Something in the model has no name that it could be written under.</exception>
    public override void OnTrainBegin()
    {
        // What cannot be saved is refused now, not after the first epoch.
        _ = SaveWeightsOnly ? WeightFile.ExtensionOf(Path) : Model.ToJson();
        _improvement = new Improvement(Direction, Threshold: 0, Relative: false);
        (_best, _steps) = (InitialValueThreshold ?? _improvement.Worst, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => _epoch = epoch;

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, TrainingLogs logs)
    {
        if (SaveFrequency is not { } frequency || ++_steps < frequency)
            return;
        _steps = 0;
        SaveIfBetter(logs, batch);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        if (SaveFrequency is null)
            SaveIfBetter(logs, batch: null);
    }

    /// <inheritdoc/>
    public override void SaveState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (state["best"], state["steps"]) = (_best, _steps);
    }

    /// <inheritdoc/>
    public override void LoadState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_best, _steps) = (state["best"], (int)state["steps"]);
    }

    private void SaveIfBetter(TrainingLogs logs, int? batch)
    {
        if (SaveBestOnly)
        {
            if (Watched(logs) is not { } watched || !_improvement.IsBetter(watched, _best))
                return;
            _best = watched;
        }
        var numbers = logs.ToDictionary(StringComparer.Ordinal);
        numbers["epoch"] = _epoch + 1;
        if (batch is { } last)
            numbers["batch"] = last + 1;
        Save(_template.Fill(numbers));
    }

    private void Save(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        if (SaveWeightsOnly)
            Model.SaveWeights(path);
        else
            Model.Save(path);
        LastPath = path;
    }
}
