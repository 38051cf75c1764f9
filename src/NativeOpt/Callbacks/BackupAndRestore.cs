using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// Lets a Fit go on where it was interrupted. While it runs, weights, optimizer, and the states of the callbacks are saved into a file;
/// the same Fit of a new model with the same layers, in another process too, finds the file and goes on behind the last step that is in it,
/// to the last bit. At the end of the Fit the file is removed.
/// </summary>
/// <remarks>
/// The file is complete or not there: it is written beside the old one and then takes its place. After a backup in the middle of an epoch,
/// the numbers of that epoch are those of the steps that were left. A <see cref="CSVLogger"/> beside it should append.
/// Its place in the list of callbacks does not matter: it is called last.
/// </remarks>
/// <example><code>model.Fit(x, y, epochs: 500,
///     callbacks: [new BackupAndRestore("backup"), new EarlyStopping { Patience = 20 }]);</code></example>
public sealed class BackupAndRestore : Callback
{
    private const string FileName = "latest.safetensors";

    private FitPosition _position;
    private bool _restores;
    private int _epoch;
    private int _steps;

    /// <summary>Backups in a folder.</summary>
    /// <param name="backupDir">A folder for this Fit alone; it is made where it is not there.</param>
    /// <param name="saveFrequency">Saves after every so many steps too, at least 1; null: after each epoch.</param>
    /// <param name="deleteCheckpoint">Whether the file is removed at the end of the Fit; true by default.</param>
    /// <exception cref="ArgumentException">backupDir is empty, or saveFrequency is below 1.</exception>
    public BackupAndRestore(string backupDir, int? saveFrequency = null, bool deleteCheckpoint = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(backupDir);
        if (saveFrequency is { } frequency)
            Require.Positive(frequency, nameof(saveFrequency));
        (BackupDir, SaveFrequency, DeleteCheckpoint) = (backupDir, saveFrequency, deleteCheckpoint);
        BackupPath = Path.Combine(backupDir, FileName);
    }

    /// <summary>The folder.</summary>
    public string BackupDir { get; }

    /// <summary>The file.</summary>
    public string BackupPath { get; }

    /// <summary>Saves after every so many steps too; null: after each epoch.</summary>
    public int? SaveFrequency { get; }

    /// <summary>Whether the file is removed at the end of the Fit.</summary>
    public bool DeleteCheckpoint { get; }

    /// <summary>The epoch, from 0, at which the last Fit went on; null where there was nothing to restore.</summary>
    public int? RestoredEpoch { get; private set; }

    // The states of all other callbacks must be those after the epoch.
    internal override bool IsCalledLast => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">There is a backup, and it is damaged or of another model.</exception>
    /// <exception cref="IOException">Files cannot be written there.</exception>
    public override void OnTrainBegin()
    {
        Directory.CreateDirectory(BackupDir);
        (RestoredEpoch, _steps) = (null, 0);
        _restores = File.Exists(BackupPath);
        if (_restores)
            Model.Restore(BackupPath);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => _epoch = epoch;

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, TrainingLogs logs)
    {
        // The end of an epoch saves anyhow, when the epoch is complete.
        if (SaveFrequency is not { } frequency || ++_steps < frequency || batch + 1 == Settings.BatchCount)
            return;
        Save(new FitPosition(_epoch, batch + 1));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs) => Save(new FitPosition(epoch + 1, 0));

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingLogs logs)
    {
        if (!DeleteCheckpoint)
            return;
        File.Delete(BackupPath);
        if (!Directory.EnumerateFileSystemEntries(BackupDir).Any())
            Directory.Delete(BackupDir);
    }

    /// <inheritdoc/>
    public override void SaveState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (state["epoch"], state["batch"], state["stopped"]) = (_position.Epoch, _position.Batch, Model.StopTraining ? 1 : 0);
    }

    /// <inheritdoc/>
    public override void LoadState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        // Of a file that the user has restored the Fit takes only what the user says.
        if (!_restores)
            return;
        RestoredEpoch = (int)state["epoch"];
        Model.StopTraining = state["stopped"] != 0;
        Model.ResumeAt(new FitPosition(RestoredEpoch.Value, (int)state["batch"]));
    }

    private void Save(FitPosition position)
    {
        (_position, _steps) = (position, 0);
        Model.SaveTraining(BackupPath);
    }
}
