using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Data/README.md, word for word.</summary>
public sealed class DataGuideExamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Examples_OfArrays_Run()
    {
        string scalerPath = _folder["scaler.json"];
        var (x, y) = Datasets.MakeClassification(
            samples: 1000, features: 20, informative: 6, redundant: 4, classes: 3, classSep: 2, seed: 42);
        InMemoryDataset moons = Datasets.MakeMoons(500, noise: 0.1, seed: 42);
        InMemoryDataset blobs = Datasets.MakeBlobs(500, centers: 4, seed: 42);
        InMemoryDataset line = Datasets.MakeRegression(out float[,] coefficients, 500, features: 10, noise: 2, seed: 42);

        var (xTrain, xTest, yTrain, yTest) = TrainTestSplit.Of(x, y, testSize: 0.2, stratify: true, seed: 42);
        var scaler = new StandardScaler();
        xTrain = scaler.FitTransform(xTrain);
        xTest = scaler.Transform(xTest);
        File.WriteAllText(scalerPath, scaler.ToJson());

        float[,] rows = OneHot.Encode(yTest, classes: 3);
        int[] labels = OneHot.Decode(rows);

        Assert.Equal((800, 200, 800, 200), (xTrain.Rows, xTest.Rows, yTrain.Rows, yTest.Rows));
        Assert.Equal(yTest.ToLabels(), labels);
        Assert.Equal((500, 500, 500, 10), (moons.Count, blobs.Count, line.Count, coefficients.Length));
        Assert.Equal(scaler.Mean, ((StandardScaler)FeatureScaler.FromJson(File.ReadAllText(scalerPath))).Mean);
    }

    [Fact]
    public void Example_OfATable_Predicts()
    {
        string csvPath = _folder["flowers.csv"], otherPath = _folder["others.csv"];
        File.WriteAllText(otherPath, "petal_width,petal_length,sepal_width,sepal_length\n0.2,1.4,3.5,5.1\n");
        using (Stream resource = typeof(Datasets).Assembly.GetManifestResourceStream("NativeOpt.Data.Resources.iris.csv")!)
        using (FileStream file = File.Create(csvPath))
            resource.CopyTo(file);

        CsvDataset flowers = CsvDataset.Load(csvPath, "species");
        using var model = new Sequential(seed: 1)
        {
            new Dense(16, "relu", inputShape: flowers.FeatureNames.Count),
            new Dense(flowers.ClassNames.Count, "softmax"),
        };
        model.Compile(new Adam { LearningRate = 0.01 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        model.Fit(flowers, epochs: 20, batchSize: 16);

        Features others = flowers.Encoding.EncodeInputs(CsvFile.Read(otherPath));
        int[] species = OneHot.Decode(model.Predict(others));
        string name = flowers.ClassNames[species[0]];

        Assert.Equal("setosa", name);
    }

    [Fact]
    public void Example_OfAStream_Trains()
    {
        string rowPath = _folder["moons.rows"];
        InMemoryDataset moons = Datasets.MakeMoons(500, noise: 0.1, seed: 42);
        using var classifier = new Sequential(seed: 1) { new Dense(16, "relu", inputShape: 2), new Dense(2, "softmax") };
        classifier.Compile(new Adam { LearningRate = 0.03 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);

        using (var writer = new RowFileWriter(rowPath, inputColumns: 2))
        {
            for (int row = 0; row < moons.Count; row++)
                writer.Append(moons.X.GetRow(row), moons.Y.GetLabel(row));
            writer.Complete();
        }
        using FileDataset stream = FileDataset.Open(rowPath, new FileDatasetSettings { BlockBytes = 1 << 20, MixedBlocks = 64 });
        classifier.Fit(stream, epochs: 2, batchSize: 32);

        Assert.True(classifier.Evaluate(moons).Accuracy > 0.8);
    }

    [Fact]
    public void Example_OfADataSetOfOnesOwn_Trains()
    {
        using var model = new Sequential(seed: 1) { new Dense(8, "relu", inputShape: 1), new Dense(1) };
        model.Compile(new Adam { LearningRate = 0.02 }, "mse");

        History history = model.Fit(new Squares(), epochs: 5);

        Assert.True(history["loss"][^1] < 0.1 * history["loss"][0]);
    }

    sealed class Squares : Dataset
    {
        public override int Count => 1000;

        public override int InputColumns => 1;

        public override int TargetColumns => 1;

        public override void Gather(ReadOnlySpan<int> rows, Batch batch)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                batch.Inputs[i] = rows[i] / 1000f;
                batch.Targets[i] = batch.Inputs[i] * batch.Inputs[i];
            }
        }
    }
}
