using System.Buffers.Binary;
using System.IO.Compression;
using NativeOpt.Tests.Cli;
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
        (string images, string labels) = WriteIdx(33);
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

    [Fact]
    public void Open_OfBadFiles_NamesPathAndPosition()
    {
        WriteMoons(10);
        byte[] whole = File.ReadAllBytes(_folder["a.rows"]);
        string Open(byte[] bytes)
        {
            File.WriteAllBytes(_folder["bad.rows"], bytes);
            return Assert.Throws<InvalidDataException>(() => FileDataset.Open(_folder["bad.rows"])).Message;
        }

        Assert.Contains("it is empty", Open([]), StringComparison.Ordinal);
        Assert.Contains("at byte 30: the file ends; 34 more bytes were expected for the header", Open(whole[..30]),
            StringComparison.Ordinal);
        Assert.Contains("at byte 0: expected the letters NOPTROWS", Open([1, .. whole[1..]]), StringComparison.Ordinal);
        Assert.Contains("at byte 8: the version is 2; this library reads version 1", Open(With(8, 2)), StringComparison.Ordinal);
        Assert.Contains("at byte 12: there are 0 inputs", Open(With(12, 0)), StringComparison.Ordinal);
        Assert.Contains("at byte 12: there are 2 inputs and -1 targets", Open(With(16, -1)), StringComparison.Ordinal);
        Assert.Contains("at byte 24: there are 0 rows", Open(With(24, 0)), StringComparison.Ordinal);
        Assert.Contains("at byte 24: the header announces 2147483647 rows of 12 bytes", Open(With(24, int.MaxValue)),
            StringComparison.Ordinal);
        Assert.Contains("at byte 12: there are 2147483647 inputs", Open(With(12, int.MaxValue)), StringComparison.Ordinal);
        Assert.Contains("at byte 183: the file ends; 1 more bytes", Open(whole[..^1]), StringComparison.Ordinal);
        Assert.Contains("at byte 184: the end of the file was expected", Open([.. whole, 0]), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => FileDataset.Open(_folder["none"]));

        byte[] With(int position, int value)
        {
            byte[] changed = [.. whole];
            BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(position), value);
            return changed;
        }
    }

    [Fact]
    public void OpenIdxAndRaw_OfBadFiles_SayWhatIsWrong()
    {
        (string images, string labels) = WriteIdx(4);
        byte[] whole = File.ReadAllBytes(images);
        Assert.Contains("expected 4 labels, found shape [5]", Refusal(() => FileDataset.OpenIdx(images, WriteIdx(5, "other").Labels)),
            StringComparison.Ordinal);
        File.WriteAllBytes(images, whole[..^1]);
        Assert.Contains("at byte 39: the file ends; 1 more bytes were expected", Refusal(() => FileDataset.OpenIdx(images, labels)),
            StringComparison.Ordinal);
        File.WriteAllBytes(images, [.. whole, 0]);
        Assert.Contains("at byte 40: the end of the file was expected", Refusal(() => FileDataset.OpenIdx(images, labels)),
            StringComparison.Ordinal);
        using (var gzip = new GZipStream(File.Create(images), CompressionLevel.Fastest))
            gzip.Write(whole);
        Assert.Contains("is compressed; a file that is mapped must not be: `gunzip -k`",
            Refusal(() => FileDataset.OpenIdx(images, labels)), StringComparison.Ordinal);

        File.WriteAllBytes(_folder["raw"], new byte[25]);
        Assert.Contains("has 25 bytes; it must be 0 and then whole rows of 12", Refusal(() => FileDataset.OpenRaw(_folder["raw"], 2, 0)),
            StringComparison.Ordinal);
        Assert.Contains("it must be 25 and then whole rows of 12", Refusal(() => FileDataset.OpenRaw(_folder["raw"], 2, 1, 25)),
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => FileDataset.OpenRaw(_folder["raw"], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileDataset.OpenRaw(_folder["raw"], 1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileDatasetSettings { BlockBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileDatasetSettings { MixedBlocks = 5000 });

        static string Refusal(Func<object> open) => Assert.Throws<InvalidDataException>(open).Message;
    }

    [Fact]
    public void Writer_ThatIsNotCompleted_LeavesTheOldFile()
    {
        WriteMoons(10);
        byte[] old = File.ReadAllBytes(_folder["a.rows"]);
        using (var writer = new RowFileWriter(_folder["a.rows"], 2))
        {
            writer.Append([1, 2], 0);
            Assert.Contains("inputs has 1 numbers; the file has 2 input columns",
                Assert.Throws<ArgumentException>(() => writer.Append([1], 0)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append([1, 2], -1));
            Assert.Throws<ArgumentException>(() => writer.Append([1, 2], [1f]));
        }
        using (var writer = new RowFileWriter(_folder["a.rows"], 1, 1))
        {
            Assert.Throws<ArgumentException>(() => writer.Append([1], 0));
            Assert.Throws<InvalidOperationException>(writer.Complete);
        }

        Assert.Equal(old, File.ReadAllBytes(_folder["a.rows"]));
        Assert.Equal(["a.rows"], _folder.Entries());
        Assert.Throws<DirectoryNotFoundException>(() => new RowFileWriter(_folder["none/a.rows"], 1));
        var weighted = new InMemoryDataset(new float[2, 1], new[] { 0, 1 }, [1, 2]);
        Assert.Throws<ArgumentException>(() => RowFileWriter.Write(_folder["b.rows"], weighted));
    }

    private void WriteMoons(int rows) => RowFileWriter.Write(_folder["a.rows"], Datasets.MakeMoons(rows, 0.1));

    private (string Images, string Labels) WriteIdx(int count, string name = "idx")
    {
        string images = _folder[name + "-images"], labels = _folder[name + "-labels"];
        File.WriteAllBytes(images,
            [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, 6 * count).Select(i => (byte)(7 * i))]);
        File.WriteAllBytes(labels, [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
        return (images, labels);
    }

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
