using System.Text.Json;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Files;

/// <summary>Weights of ours, of PyTorch and of Keras.</summary>
public class WeightFileTests
{
    private static readonly float[,] X = TestModels.Waves(12, 4);
    private static readonly float[,] Y = TestModels.Waves(12, 2, phase: 1);

    public static TheoryData<string, TensorNaming> Forms => new()
    {
        { "w.safetensors", TensorNaming.Keras }, { "w.safetensors", TensorNaming.PyTorch },
        { "w.npz", TensorNaming.Keras }, { "w.npz", TensorNaming.PyTorch },
    };

    [Fact]
    public void LoadWeights_OfATorchModule_PredictsWhatItDoes()
    {
        using Sequential model = TorchModel();
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Fixtures.PathOf("torch.json")));

        model.LoadWeights(Fixtures.PathOf("torch.safetensors"));
        float[,] y = model.Predict(Matrix(expected.RootElement.GetProperty("x")));

        float[,] wanted = Matrix(expected.RootElement.GetProperty("y"));
        for (int row = 0; row < wanted.GetLength(0); row++)
            for (int column = 0; column < wanted.GetLength(1); column++)
                Assert.Equal(wanted[row, column], y[row, column], 1e-6f);
    }

    [Fact]
    public void SaveWeights_WithTorchNames_WritesTheStateDict()
    {
        using var folder = new TemporaryFolder();
        using Sequential model = TorchModel();
        model.LoadWeights(Fixtures.PathOf("torch.safetensors"));

        model.SaveWeights(folder["w.safetensors"], TensorNaming.PyTorch);

        StoredTensor[] theirs =
            [.. SafetensorsFile.Read(Fixtures.PathOf("torch.safetensors")).Tensors.Where(tensor => tensor.Type == TensorType.F32)];
        IReadOnlyList<StoredTensor> ours = SafetensorsFile.Read(folder["w.safetensors"]).Tensors;
        string[] layers = ["dense", "batch_normalization", "dense_1", "layer_normalization", "dense_2"];
        string[] modules = ["0", "1", "3", "4", "5"];
        Assert.Equal(theirs.Length, ours.Count);
        foreach (StoredTensor tensor in ours)
        {
            string[] parts = tensor.Name.Split('.');
            StoredTensor same = theirs.Single(other => other.Name == $"{modules[Array.IndexOf(layers, parts[0])]}.{parts[1]}");
            Assert.Equal(same.Shape, tensor.Shape);
            Assert.Equal(same.ToSingles(), tensor.ToSingles());
        }
    }

    [Fact]
    public void LoadWeights_OfGetWeightsOfKeras_TakesThemInOrder()
    {
        using var torch = new Sequential { new Dense(3, inputShape: 4), new Dense(5) };

        torch.LoadWeights(Fixtures.PathOf("keras.npz"));

        IReadOnlyList<StoredTensor> arrays = NpzFile.Read(Fixtures.PathOf("keras.npz"));
        Assert.Equal(arrays.Select(array => array.ToSingles()), torch.GetWeights().Select(weights => weights.Cast<float>().ToArray()));
    }

    [Fact]
    public void LoadWeights_OfPathsOfKeras_LeavesOutTheNameOfTheModel()
    {
        using var folder = new TemporaryFolder();
        using Sequential model = Small();
        NpzFile.Write(folder["w.npz"],
        [
            StoredTensor.FromSingles("sequential_4/dense/kernel", [1, 2, 3, 4, 5, 6, 7, 8], 4, 2),
            StoredTensor.FromSingles("sequential_4/dense/bias", [9, 10]),
        ]);

        model.LoadWeights(folder["w.npz"]);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], model.GetWeights("dense/kernel").Cast<float>());
        Assert.Equal([9, 10], model.GetWeights("dense/bias").Cast<float>());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void SaveWeights_ThenLoad_GivesTheSameBits(string name, TensorNaming naming)
    {
        using var folder = new TemporaryFolder();
        using Sequential model = TorchModel(), other = TorchModel(seed: 9);
        model.Compile("adam", "mse");
        model.Fit(X, Y, epochs: 2, batchSize: 4);

        model.SaveWeights(folder[name], naming);
        other.LoadWeights(folder[name]);

        Assert.Equal(TestModels.Parameters(model), TestModels.Parameters(other));
    }

    [Fact]
    public void LoadWeights_ThatDoNotFit_ChangesNothingAndSaysWhat()
    {
        using var folder = new TemporaryFolder();
        using Sequential model = Small();
        double[] before = TestModels.Parameters(model);
        StoredTensor bias = StoredTensor.FromSingles("dense/bias", [1, 2]);

        Refuses("there is no 'dense/kernel'", bias);
        Refuses("the model has no 'other'", bias, StoredTensor.FromSingles("dense/kernel", new float[8], 4, 2), StoredTensor.FromSingles("other", [1]));
        Refuses("shape [2, 4]; 'dense/kernel' of the model takes [4, 2]", bias, StoredTensor.FromSingles("dense/kernel", new float[8], 2, 4));
        Refuses("1 arrays; the model has 2", StoredTensor.FromSingles("arr_0", [1]));
        Refuses("2 modules (a, b)", StoredTensor.FromSingles("a.weight", [1]), StoredTensor.FromSingles("b.weight", [1]));
        Assert.Equal(before, TestModels.Parameters(model));

        void Refuses(string problem, params StoredTensor[] tensors)
        {
            SafetensorsFile.Write(folder["w.safetensors"], tensors);
            var failure = Assert.Throws<InvalidDataException>(() => model.LoadWeights(folder["w.safetensors"]));
            Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Paths_OfOtherExtensions_AreRefused()
    {
        using Sequential model = Small();

        Assert.Contains("'.h5'", Assert.Throws<ArgumentException>(() => model.SaveWeights("w.h5")).Message, StringComparison.Ordinal);
        Assert.Contains(".safetensors", Assert.Throws<ArgumentException>(() => model.LoadWeights("w.pt")).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => model.LoadWeights("absent.npz"));
    }

    private static Sequential Small() => new(3) { new Dense(2, inputShape: 4) };

    // As in make_fixtures.py.
    private static Sequential TorchModel(long seed = 3) => new(seed)
    {
        new Dense(3, inputShape: 4), new BatchNormalization(convention: Convention.PyTorch), new ReLU(), new Dense(5),
        new LayerNormalization(convention: Convention.PyTorch), new Dense(2),
    };

    private static float[,] Matrix(JsonElement rows)
    {
        var matrix = new float[rows.GetArrayLength(), rows[0].GetArrayLength()];
        for (int row = 0; row < matrix.GetLength(0); row++)
            for (int column = 0; column < matrix.GetLength(1); column++)
                matrix[row, column] = rows[row][column].GetSingle();
        return matrix;
    }
}
