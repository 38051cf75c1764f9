namespace NativeOpt.Samples;

/// <summary>A table of one's own: read, split, scaled, trained on, saved with its columns, and used again on new rows.</summary>
public static class OwnData
{
    private static readonly string[] Colours = ["red", "green", "blue"];

    /// <returns>Share of new rows whose size is named right.</returns>
    public static double Run(TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("nativeopt-sample-").FullName;
        try
        {
            WriteTable(Path.Combine(folder, "fruit.csv"), count: 600, seed: 1);
            WriteTable(Path.Combine(folder, "new.csv"), count: 200, seed: 2);
            Train(folder, output);
            return Use(folder, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Train(string folder, TextWriter output)
    {
        CsvDataset fruit = CsvDataset.Load(Path.Combine(folder, "fruit.csv"), "size");
        var scaler = new StandardScaler();
        scaler.Fit(fruit);
        using var model = new Sequential(seed: 5)
        {
            new Dense(24, "relu", inputShape: fruit.FeatureNames.Count),
            new Dense(fruit.ClassNames.Count, "softmax"),
        };
        model.Compile(new AdamW { LearningRate = 0.01 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        History history = model.Fit(scaler.Transform(fruit), epochs: 60, batchSize: 32);
        output.WriteLine($"columns {string.Join(", ", fruit.FeatureNames)}; trained to {history["accuracy"][^1]:P1}");

        // The model, what its columns mean and how they are scaled belong together.
        model.Save(Path.Combine(folder, "fruit.model"));
        File.WriteAllText(Path.Combine(folder, "columns.json"), fruit.Encoding.ToJson());
        File.WriteAllText(Path.Combine(folder, "scaler.json"), scaler.ToJson());
    }

    // In another program this is all there is.
    private static double Use(string folder, TextWriter output)
    {
        using Sequential model = Sequential.Load(Path.Combine(folder, "fruit.model"));
        CsvEncoding columns = CsvEncoding.FromJson(File.ReadAllText(Path.Combine(folder, "columns.json")));
        FeatureScaler scaler = FeatureScaler.FromJson(File.ReadAllText(Path.Combine(folder, "scaler.json")));
        CsvFile rows = CsvFile.Read(Path.Combine(folder, "new.csv"));

        int[] sizes = OneHot.Decode(model.Predict(scaler.Transform(columns.EncodeInputs(rows))));
        int right = sizes.Zip(columns.EncodeTargets(rows).ToLabels()).Count(pair => pair.First == pair.Second);
        output.WriteLine($"{right} of {sizes.Length} new rows are named right");
        return (double)right / sizes.Length;
    }

    // Red fruits count as large from 120 g on, others from 150 g.
    private static void WriteTable(string path, int count, int seed)
    {
        var random = new Random(seed);
        using var table = new StreamWriter(path);
        table.WriteLine("weight,colour,size");
        for (int i = 0; i < count; i++)
        {
            int weight = random.Next(50, 250);
            string colour = Colours[random.Next(Colours.Length)];
            string size = weight >= (colour == "red" ? 120 : 150) ? "large" : "small";
            table.WriteLine($"{weight},{colour},{size}");
        }
    }
}
