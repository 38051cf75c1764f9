using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

public sealed class BackupAndRestoreTests : IDisposable
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 128);

    private readonly TemporaryFolder _folder = new();

    private string Backup => _folder["backup"];

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int?, long?> Interruptions
    {
        get
        {
            var data = new TheoryData<string, int?, long?>();
            foreach (string backend in TestBackends.Names)
                foreach ((int? frequency, long? seed) in new (int?, long?)[] { (null, null), (3, null), (null, 5), (5, 5) })
                    data.Add(backend, frequency, seed);
            return data;
        }
    }

    // Dropout, an average of the rate, early stopping and a plateau: everything that has a state takes part.
    [SkippableTheory]
    [MemberData(nameof(Interruptions))]
    public void AnInterruptedFit_EndsAsIfItHadNotBeen(string backend, int? frequency, long? seed)
    {
        using Sequential whole = NewModel(backend), first = NewModel(backend), second = NewModel(backend);

        Fit(whole, frequency, seed, interruptAt: null, _folder["other"]);
        Assert.Throws<IOException>(() => Fit(first, frequency, seed, interruptAt: 29, Backup));
        Assert.True(File.Exists(Path.Combine(Backup, "latest.safetensors")));
        (BackupAndRestore restored, EarlyStopping stopping) = Fit(second, frequency, seed, interruptAt: null, Backup);

        Assert.Equal(3, restored.RestoredEpoch);
        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(second));
        Assert.Equal(whole.Optimizer!.StepCount, second.Optimizer!.StepCount);
        Assert.Equal(whole.EpochsTrained, second.EpochsTrained);
        Assert.Equal(whole.Optimizer.LearningRate, second.Optimizer.LearningRate);
        Assert.Equal(whole.History!.Epochs.Count - 1, stopping.StoppedEpoch ?? 7);
        Assert.False(Directory.Exists(Backup));
    }

    [Fact]
    public void AveragesAndScheduledRates_GoOnToo()
    {
        using Sequential whole = TestModels.Digits(), first = TestModels.Digits(), second = TestModels.Digits();

        FitAveraged(whole, interruptAt: null, _folder["other"]);
        Assert.Throws<IOException>(() => FitAveraged(first, interruptAt: 26, Backup));
        FitAveraged(second, interruptAt: null, Backup);

        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(second));
    }

    [Fact]
    public void AFitAtItsEnd_RemovesTheBackup_OrKeepsIt()
    {
        using Sequential model = TestModels.Digits();
        model.Fit(Data, callbacks: [new BackupAndRestore(Backup)]);
        Assert.False(Directory.Exists(Backup));

        model.Fit(Data, callbacks: [new BackupAndRestore(Backup, deleteCheckpoint: false)]);
        Assert.True(File.Exists(Path.Combine(Backup, "latest.safetensors")));
    }

    [Fact]
    public void OtherFilesInTheFolder_Stay()
    {
        Directory.CreateDirectory(Backup);
        File.WriteAllText(Path.Combine(Backup, "notes.txt"), "mine");
        using Sequential model = TestModels.Digits();

        model.Fit(Data, callbacks: [new BackupAndRestore(Backup)]);

        Assert.Equal(["notes.txt"], Directory.GetFiles(Backup).Select(Path.GetFileName));
    }

    [Fact]
    public void ACancelledFit_LeavesTheBackupOfItsLastEpoch()
    {
        using Sequential model = TestModels.Digits(), next = TestModels.Digits(), whole = TestModels.Digits();
        using var cancellation = new CancellationTokenSource();
        var canceller = new LambdaCallback(onBatchEnd: (batch, _) =>
        {
            if (model.Optimizer!.StepCount == 6)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => model.Fit(
            Data, epochs: 4, callbacks: [canceller, new BackupAndRestore(Backup)], cancellationToken: cancellation.Token));

        var backup = new BackupAndRestore(Backup);
        next.Fit(Data, epochs: 4, callbacks: [backup]);
        whole.Fit(Data, epochs: 4);

        Assert.Equal(1, backup.RestoredEpoch);
        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(next));
    }

    [Fact]
    public void ADamagedBackup_IsRefused_AndSoIsOneOfAnotherModel()
    {
        using Sequential model = TestModels.Digits();
        Directory.CreateDirectory(Backup);
        string path = Path.Combine(Backup, "latest.safetensors");
        File.WriteAllText(path, "nonsense");
        Assert.Throws<InvalidDataException>(() => model.Fit(Data, callbacks: [new BackupAndRestore(Backup)]));

        using var other = new Sequential(seed: 1) { new Dense(3, inputShape: 64), new Dense(10, "softmax") };
        other.Compile("adam", TestModels.SparseLoss, backend: BackendKind.Managed);
        other.Fit(Data);
        other.SaveTraining(path);
        Assert.Throws<InvalidDataException>(() => model.Fit(Data, callbacks: [new BackupAndRestore(Backup)]));

        Assert.Equal(0, model.Optimizer!.StepCount);
    }

    [Fact]
    public void Settings_OutsideTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new BackupAndRestore(" "));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackupAndRestore(Backup, saveFrequency: 0));
    }

    private static Sequential NewModel(string backend)
    {
        var model = new Sequential(seed: 9) { new Dense(16, "relu", inputShape: 64), new Dropout(0.3), new Dense(10, "softmax") };
        model.Compile(new Adam { LearningRate = 0.01 }, TestModels.SparseLoss, ["accuracy"], TestBackends.Open(backend));
        return model;
    }

    private static void FitAveraged(Model model, int? interruptAt, string folder)
    {
        var average = new StochasticWeightAveraging(startEpoch: 3, learningRate: 0.02, annealEpochs: 3);
        model.Fit(Data, epochs: 8, callbacks:
        [
            new LearningRateScheduler((epoch, rate) => epoch < 3 ? rate * 0.9 : rate), average, new BackupAndRestore(folder),
            Interruption(model, interruptAt),
        ]);
    }

    private static LambdaCallback Interruption(Model model, int? step) => new(onBatchBegin: _ =>
    {
        if (model.Optimizer!.StepCount == step)
            throw new IOException("the power is gone");
    });

    private static (BackupAndRestore Backup, EarlyStopping Stopping) Fit(
        Model model, int? frequency, long? seed, int? interruptAt, string folder)
    {
        var backup = new BackupAndRestore(folder, frequency);
        var stopping = new EarlyStopping { Monitor = "val_loss", MinDelta = 0.05, Patience = 2, RestoreBestWeights = true };
        var plateau = new ReduceLROnPlateau { Monitor = "loss", MinDelta = 0.3, Patience = 1, Factor = 0.5 };
        LambdaCallback interruption = Interruption(model, interruptAt);
        // 9 steps an epoch: step 29 is the third of epoch 3.
        model.Fit(Data, epochs: 8, batchSize: 12, validationSplit: 0.2, seed: seed, callbacks: [backup, plateau, stopping, interruption]);
        return (backup, stopping);
    }
}
