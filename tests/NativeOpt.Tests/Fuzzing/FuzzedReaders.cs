using System.IO.Compression;
using NativeOpt.Cli.Replay;

namespace NativeOpt.Tests.Fuzzing;

/// <summary>Every reader of the library and its command.</summary>
internal static class FuzzedReaders
{
    /// <summary>Numbers of a file that nothing is trained with: two columns of inputs, three classes.</summary>
    private static readonly InMemoryDataset Rows = Datasets.MakeBlobs(24, centers: 3, seed: 1);

    public static IReadOnlyDictionary<string, FuzzedReader> All { get; } = new Dictionary<string, FuzzedReader>
    {
        ["model"] = new("a.model", WriteModel, path => Sequential.Load(path).Dispose()) { Repair = Checksums.RepairSafetensors },
        ["training"] = new("a.model", WriteModel, Restore) { Repair = Checksums.RepairSafetensors },
        ["safetensors"] = new("a.safetensors", WriteWeights, LoadWeights) { Repair = Checksums.RepairSafetensors },
        ["npz"] = new("a.npz", WriteWeights, LoadWeights),
        ["npy in npz"] = new("a.npy", WriteArray, ReadRezipped),
        ["npy"] = new("a.npy", WriteArray, path => NpyFile.Read(path)),
        ["idx"] = new("a.idx", WriteIdx, path => IdxFile.Read(path)),
        ["idx.gz"] = new("a.idx", WriteIdx, ReadCompressed),
        ["rows"] = new("a.rows", path => RowFileWriter.Write(path, Rows), path => FileDataset.Open(path).Dispose()),
        ["cifar"] = new("a.bin", path => File.WriteAllBytes(path, new byte[2 * 3073]), path => CifarFile.Read(path)),
        ["csv"] = new("a.csv", WriteTable, path => CsvDataset.Load(path, "kind")),
        ["csv encoding"] = new("a.json", WriteEncoding, path => CsvEncoding.FromJson(File.ReadAllText(path))),
        ["scaler"] = new("a.json", WriteScaler, path => StandardScaler.FromJson(File.ReadAllText(path))),
        ["model json"] = new("a.json", WriteModelText, path => Sequential.FromJson(File.ReadAllText(path)).Dispose()),
        ["schedule"] = Text("cosine_decay(initial_learning_rate=0.1, decay_steps=150, alpha=0.01)", text => Schedule.Parse(text)),
        ["optimizer"] = Text("lookahead(inner=adam(learning_rate=step_lr(initial_learning_rate=0.1, step_size=3), beta_1=0.8), sync_period=6)",
            text => OptimizerRule.Parse(text)),
        ["replay"] = new("a.json", WriteCase, path => GoldenFile.Load(path)),
    };

    private static Sequential CreateModel()
    {
        var model = new Sequential(seed: 3)
        {
            new Dense(3, "relu", inputShape: 2), new BatchNormalization(), new Dropout(0.2), new Dense(3, "softmax"),
        };
        model.Compile(new Adam { LearningRate = new CosineDecay(0.01, 100), UseEma = true }, "sparse_categorical_crossentropy",
            backend: BackendKind.Managed);
        return model;
    }

    private static void WriteModel(string path)
    {
        using Sequential model = CreateModel();
        model.Fit(Rows, epochs: 1, batchSize: 8);
        model.Save(path);
    }

    /// <summary>A refused file changes nothing.</summary>
    private static void Restore(string path)
    {
        using Sequential model = CreateModel();
        float[] before = Weights(model);
        try
        {
            model.Restore(path);
        }
        catch (InvalidDataException)
        {
            if (!before.AsSpan().SequenceEqual(Weights(model)))
                throw new InvalidOperationException("the file was refused, and the weights are others");
            throw;
        }
    }

    private static float[] Weights(Sequential model) => [.. model.GetWeights().SelectMany(array => array.Cast<float>())];

    private static void WriteWeights(string path)
    {
        using Sequential model = CreateModel();
        model.SaveWeights(path);
    }

    private static void LoadWeights(string path)
    {
        using Sequential model = CreateModel();
        model.LoadWeights(path);
    }

    private static void WriteArray(string path) => NpyFile.Write(path, StoredTensor.FromSingles("a", [1, 2, 3, 4, 5, 6]));

    private static void ReadRezipped(string path)
    {
        string archive = path + ".npz";
        File.Delete(archive);
        using (ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Create))
            zip.CreateEntryFromFile(path, "a.npy");
        _ = NpzFile.Read(archive);
    }

    private static void WriteIdx(string path) =>
        File.WriteAllBytes(path, [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 3, .. Enumerable.Range(0, 18).Select(i => (byte)i)]);

    private static void ReadCompressed(string path)
    {
        string compressed = path + ".gz";
        using (var gzip = new GZipStream(File.Create(compressed), CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(path));
        IdxFile.Read(compressed);
    }

    private static void WriteTable(string path) => File.WriteAllText(path,
        "a,b,kind\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i * 0.5},\"{(i % 3 == 0 ? "x" : "y,z")}\",k{i % 3}\n")));

    private static void WriteEncoding(string path)
    {
        WriteTable(path);
        File.WriteAllText(path, CsvDataset.Load(path, "kind").Encoding.ToJson());
    }

    private static void WriteScaler(string path)
    {
        var scaler = new StandardScaler();
        scaler.FitTransform(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 7 } });
        File.WriteAllText(path, scaler.ToJson());
    }

    private static void WriteModelText(string path)
    {
        using Sequential model = CreateModel();
        File.WriteAllText(path, model.ToJson());
    }

    private static void WriteCase(string path) => File.WriteAllText(path, """
        {"schema": "nativeopt-golden/1", "problems": {"p": {"type": "fixed_gradients", "w0": [1.0, 2.0], "gradients": [[1.0, 0.0]]}},
         "cases": [{"name": "a", "kind": "optimizer", "convention": "pytorch", "optimizer": "SGD", "hyper": {"lr": 0.5}, "problem": "p",
          "expected": {"weights": {"float64": {"1": [0.5, 2.0]}}}}]}
        """);

    private static FuzzedReader Text(string valid, Action<string> parse) =>
        new("a.txt", path => File.WriteAllText(path, valid), path => parse(File.ReadAllText(path)));
}
