using Xunit;

namespace NativeOpt.Tests.Data;

public sealed class FileDatasetTests : IDisposable
{
    private static readonly FileDatasetSettings Small = new() { BlockBytes = 40, MixedBlocks = 2 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Open_OfWhatWasWritten_GivesTheRows(int targets)
    {
        InMemoryDataset data = targets == 0
            ? Datasets.MakeBlobs(57, 4, seed: 2)
            : Datasets.MakeRegression(57, 4, 2, targets, seed: 2);
        RowFileWriter.Write(_folder["a.rows"], data);

        using FileDataset file = FileDataset.Open(_folder["a.rows"], Small);

        Assert.Equal((57, 4, targets, 2), (file.Count, file.InputColumns, file.TargetColumns, file.MixedBlocks));
        RequireSameRows(data, file);
        Assert.InRange(file.MappedBlocks, 1, 3);
        Assert.Equal(["a.rows"], _folder.Entries());
        using FileDataset raw = FileDataset.OpenRaw(_folder["a.rows"], 4, targets, headerBytes: 64);
        RequireSameRows(data, raw);
        Assert.EndsWith($"in blocks of {(1 << 20) / (4 * (4 + Math.Max(1, targets)))}", raw.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenIdx_GivesScaledBytesAndLabels()
    {
        (string images, string labels) = IdxPair.Write(_folder, 33);
        IdxFile pixels = IdxFile.Read(images);
        var data = new InMemoryDataset(new Features(pixels.Data, 1 / 255f, 33, 6), new Targets(IdxFile.Read(labels).Data));

        using FileDataset file = FileDataset.OpenIdx(images, labels, settings: Small);

        RequireSameRows(data, file);
        Assert.Equal(6, file.BlockRows);
    }

    [Fact]
    public void OpenCifar_GivesTheRecords()
    {
        var bytes = new byte[5 * 3073];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i % 3073 == 0 ? i / 3073 : i);
        File.WriteAllBytes(_folder["batch.bin"], bytes);

        using FileDataset file = FileDataset.OpenCifar(_folder["batch.bin"], Small);

        RequireSameRows(CifarFile.Read(_folder["batch.bin"]).ToDataset(), file);
        Assert.Equal(1, file.BlockRows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_OnAFile_LearnsTheSameAsOnMemory(bool shuffle)
    {
        InMemoryDataset data = Datasets.MakeBlobs(403, 5, 3, seed: 1);
        RowFileWriter.Write(_folder["a.rows"], data);
        using FileDataset file = FileDataset.Open(_folder["a.rows"], new FileDatasetSettings { BlockBytes = 500, MixedBlocks = 3 });

        float[] fromFile = Train(file, shuffle), fromMemory = Train(new InBlocks(data, file.BlockRows, 3), shuffle);

        Assert.Equal(fromMemory, fromFile);
        Assert.InRange(file.MappedBlocks, 1, 4);
        if (shuffle)
            Assert.NotEqual(Train(data, shuffle), fromFile);
    }

    [Fact]
    public void Fit_OnAFileMuchLargerThanItsWorkingSet_KeepsTheBlocksOfTheSettings()
    {
        WriteMoons(200_000);
        // 2.4 MB of rows, of which 12 KB are mapped at a time.
        using FileDataset file = FileDataset.Open(_folder["a.rows"], new FileDatasetSettings { BlockBytes = 1 << 10, MixedBlocks = 12 });
        using var model = new Sequential(seed: 1) { new Dense(16, "relu", inputShape: 2), new Dense(2, "softmax") };
        model.Compile(new Adam { LearningRate = 0.01 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        int most = 0;
        var progress = new Watch(() => most = Math.Max(most, file.MappedBlocks));

        History history = model.Fit(file, epochs: 1, batchSize: 64, validationSplit: 0.1, progress: progress);

        Assert.InRange(history["val_accuracy"][^1], 0.95, 1);
        Assert.Equal(13, most);
        Assert.Equal(2352, file.Count / file.BlockRows);
    }

    [Fact]
    public void Scaler_OfAFile_IsFittedAndAppliedInBlocks()
    {
        InMemoryDataset data = Datasets.MakeBlobs(300, 3, seed: 2);
        RowFileWriter.Write(_folder["a.rows"], data);
        using FileDataset file = FileDataset.Open(_folder["a.rows"], Small);
        var scaler = new StandardScaler();
        scaler.Fit(file);

        Dataset scaled = scaler.Transform(file);

        Assert.Equal((file.BlockRows, file.MixedBlocks), (scaled.BlockRows, scaled.MixedBlocks));
        RequireSameRows(new InMemoryDataset(new StandardScaler().FitTransform(data.X), data.Y), scaled);
        Assert.InRange(file.MappedBlocks, 1, 3);
    }

    [Fact]
    public void Gather_AfterAllBlocksWereSeen_AllocatesOnlyWhatMappingABlockTakes()
    {
        WriteMoons(1000);
        using FileDataset file = FileDataset.Open(_folder["a.rows"]);
        var inputs = new float[8];
        var labels = new int[4];
        file.Gather([5, 999, 0, 7], new Batch(4, inputs, [], labels));
        long before = GC.GetAllocatedBytesForCurrentThread();

        file.Gather([1, 2, 998, 500], new Batch(4, inputs, [], labels));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Gather_FromManyThreads_GivesEachItsRows()
    {
        InMemoryDataset data = Datasets.MakeBlobs(500, 4, seed: 2);
        RowFileWriter.Write(_folder["a.rows"], data);
        using FileDataset file = FileDataset.Open(_folder["a.rows"], Small);

        Parallel.For(0, 16, _ => RequireSameRows(data, file));
    }

    [Fact]
    public void Gather_OfWhatIsNotThere_IsRefused()
    {
        WriteMoons(10);
        FileDataset file = FileDataset.Open(_folder["a.rows"], Small);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Gather([10], new Batch(1, new float[2], [], new int[1])));
        Assert.Throws<ArgumentException>(() => file.Gather([0], new Batch(1, new float[3], [], new int[1])));

        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Gather([0], new Batch(1, new float[2], [], new int[1])));
    }

    [SkippableFact]
    public void Gather_OfAFileThatWasCutOff_IsAnErrorAndNotTheEndOfTheProcess()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let an open file be cut off");
        WriteMoons(1000);
        using FileDataset file = FileDataset.Open(_folder["a.rows"], Small);
        file.Gather([0], new Batch(1, new float[2], [], new int[1]));
        using (var cut = new FileStream(_folder["a.rows"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            cut.SetLength(200);

        Assert.Contains("has become shorter while it is open", Assert.Throws<IOException>(
            () => file.Gather([999], new Batch(1, new float[2], [], new int[1]))).Message, StringComparison.Ordinal);
    }

    private void WriteMoons(int rows) => RowFileWriter.Write(_folder["a.rows"], Datasets.MakeMoons(rows, 0.1));

    private static float[] Train(Dataset data, bool shuffle)
    {
        using var model = new Sequential(seed: 1) { new Dense(4, "relu", inputShape: 5), new Dense(3, "softmax") };
        model.Compile(new Adam(), "sparse_categorical_crossentropy");
        model.Fit(data, epochs: 2, batchSize: 16, shuffle: shuffle);
        return model.Predict(new float[,] { { 1, 2, 3, 4, 5 } }).Cast<float>().ToArray();
    }

    // In an order that goes back and forth between blocks.
    private static void RequireSameRows(Dataset expected, Dataset actual)
    {
        for (int i = 0; i < expected.Count; i++)
        {
            int[] rows = [i, expected.Count - 1 - i];
            Assert.Equal(Gathered(expected, rows), Gathered(actual, rows));
        }
    }

    private static float[] Gathered(Dataset data, int[] rows)
    {
        var inputs = new float[rows.Length * data.InputColumns];
        var targets = new float[rows.Length * data.TargetColumns];
        var labels = new int[data.TargetColumns == 0 ? rows.Length : 0];
        data.Gather(rows, new Batch(rows.Length, inputs, targets, labels));
        return [.. inputs, .. targets, .. labels.Select(label => (float)label)];
    }

    private sealed class InBlocks(Dataset data, int blockRows, int mixedBlocks) : Dataset
    {
        public override int Count => data.Count;

        public override int InputColumns => data.InputColumns;

        public override int TargetColumns => data.TargetColumns;

        public override int BlockRows => blockRows;

        public override int MixedBlocks => mixedBlocks;

        public override void Gather(ReadOnlySpan<int> rows, Batch batch) => data.Gather(rows, batch);
    }

    private sealed class Watch(Action look) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => look();
    }
}
