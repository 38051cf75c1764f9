using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Output;
using NativeOpt.Text;

namespace NativeOpt.Cli.Models;

/// <summary>One training: a model of the settings, learning from the data, with a checkpoint after every epoch.</summary>
internal sealed class TrainingRun : IDisposable
{
    /// <summary>Rows that are evaluated together on the test rows.</summary>
    private const int TestBatchSize = 256;

    private readonly TrainSettings _settings;
    private readonly LoadedData _data;
    private readonly NetworkBuilder _builder;
    private readonly TrainingCheckpoint _checkpoint;
    private readonly Preprocessing _preprocessing;
    private readonly InMemoryDataset _rows;

    /// <summary>Makes the model.</summary>
    /// <exception cref="InputException">Settings and data do not fit together.</exception>
    public TrainingRun(TrainSettings settings, LoadedData data, TrainingCheckpoint checkpoint)
    {
        (_settings, _data, _checkpoint) = (settings, data, checkpoint);
        _builder = new NetworkBuilder(settings.Model, data);
        RequireRowsAndMonitor();
        _preprocessing = Preprocessing.Fit(
            data, settings.Scale, settings.ValidationSplit, settings.Data.CsvSettings.MissingMarkers) with { OneHot = _builder.IsOneHot };
        _rows = _preprocessing.Apply(data.Train);
        Model = _builder.Build(_rows);
        _preprocessing.WriteTo(Model);
        Description = ModelText.Describe(Model, _builder.LossName, _builder.MetricNames);
    }

    /// <summary>The model.</summary>
    public Sequential Model { get; }

    /// <summary>What it is.</summary>
    public TrainedModel Description { get; }

    /// <summary>What it learns from.</summary>
    public DatasetInfo Dataset => _data.Describe(_settings.ValidationSplit);

    /// <summary>Trains, or goes on, to the end or until it is interrupted: the model is then that of the last complete epoch.</summary>
    /// <exception cref="InputException">Settings and data do not fit together, or the checkpoint cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Interrupted before an epoch was complete.</exception>
    public TrainingResults Run(MachineInfo machine, ITrainingDisplay display, CancellationToken cancellation)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        var log = new EpochLog(display.EpochEnded);
        EarlyStopping? early = CreateEarlyStopping();
        bool finished = Fit(log, early, display, cancellation);
        return new TrainingResults
        {
            Version = ProductVersion.Text,
            Started = started,
            Finished = finished,
            StoppedBecause = finished && log.Rows.Count < _settings.Epochs ? Reason(log.Rows[^1]) : null,
            ModelEpoch = finished && early is not null ? early.BestEpoch + 1 : log.Rows.Count,
            Machine = machine,
            Dataset = Dataset,
            Model = Description,
            Recipe = RecipeJson.Write(_settings),
            Epochs = log.Rows,
            Test = Evaluate(),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    /// <summary>Whether it came to its end.</summary>
    private bool Fit(EpochLog log, EarlyStopping? early, ITrainingDisplay display, CancellationToken cancellation)
    {
        _checkpoint.Begin(RecipeJson.TextOf(RecipeJson.Write(_settings)), keepsState: _settings.Resume);
        var backup = new BackupAndRestore(_checkpoint.Folder, _settings.CheckpointSteps, deleteCheckpoint: false);
        Callback?[] callbacks = [CreateReduction(), early, new TerminateOnNaN(), log, backup];
        try
        {
            Model.Fit(_rows, _settings.Epochs, _settings.BatchSize, validationSplit: _settings.ValidationSplit,
                callbacks: callbacks.OfType<Callback>(), progress: display, cancellationToken: cancellation);
            return true;
        }
        catch (OperationCanceledException) when (log.Rows.Count > 0)
        {
            // The numbers are those of whole epochs, and so the model is.
            Model.Restore(_checkpoint.StatePath);
            return false;
        }
        catch (InvalidDataException e) when (_settings.Resume)
        {
            throw new InputException($"--resume: {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new InputException(ArgumentFailure.Sentence(e), e);
        }
        finally
        {
            _checkpoint.RemoveIfEmpty();
        }
    }

    private Dictionary<string, double>? Evaluate() => _data.Test is null
        ? null
        : Model.Evaluate(_preprocessing.Apply(_data.Test), TestBatchSize).Logs.ToDictionary(entry => entry.Key, entry => entry.Value);

    private EarlyStopping? CreateEarlyStopping() => _settings.EarlyStopping is { } patience
        ? new EarlyStopping { Patience = patience, Monitor = _settings.Watched, RestoreBestWeights = true }
        : null;

    private ReduceLROnPlateau? CreateReduction() => _settings.ReduceRate is { } patience
        ? new ReduceLROnPlateau { Patience = patience, Factor = _settings.ReduceFactor, Monitor = _settings.Watched }
        : null;

    private string Reason(EpochRow last) => !double.IsFinite(last.Of("loss"))
        ? "the loss is no longer a finite number"
        : $"{_settings.Watched} has not improved for {_settings.EarlyStopping} epochs";

    private void RequireRowsAndMonitor()
    {
        int trainRows = _data.TrainRows(_settings.ValidationSplit);
        if (trainRows < 1 || (_settings.ValidationSplit > 0 && trainRows == _data.Train.Count))
            throw new InputException($"--validation-split is {NumberText.Number(_settings.ValidationSplit)}; of {_data.Train.Count} rows "
                + $"that leaves {trainRows} to train on and {_data.Train.Count - trainRows} to validate");
        string[] numbers = ["loss", .. _builder.MetricNames];
        string[] known = _settings.ValidationSplit > 0 ? [.. numbers, .. numbers.Select(number => "val_" + number)] : numbers;
        if (!known.Contains(_settings.Watched))
            throw new InputException($"--monitor: {NearestName.Explain("number", _settings.Watched, known)}");
    }
}
