using Xunit;

namespace NativeOpt.Tests.Training;

public class SequentialTests
{
    [Fact]
    public void Layers_GetUniqueNamesAndParametersAfterThem()
    {
        using var model = new Sequential { new Dense(3, inputShape: 2), new Dense(2, name: "middle"), new Dense(2), new Dense(1) };
        model.Build(2);

        Assert.Equal(["dense", "middle", "dense_1", "dense_2"], model.Layers.Select(layer => layer.Name));
        Assert.Equal("dense/kernel", model.ParameterNames[0]);
        Assert.Equal("middle/bias", model.ParameterNames[3]);
        Assert.Equal(9 + 8 + 6 + 3, model.ParameterCount);
    }

    [Fact]
    public void Constructors_TakeLayersAsListAndAsArguments()
    {
        using var listed = new Sequential([new Dense(3, inputShape: 2), new Dense(1)]);
        using var spread = new Sequential(new Dense(3, inputShape: 2), new Dense(1));
        using var seeded = new Sequential(5, new Dense(3, inputShape: 2), new Dense(1));

        Assert.Equal([2, 2, 2], new[] { listed, spread, seeded }.Select(model => model.Layers.Count));
        Assert.Equal(5, seeded.Seed);
    }

    [Fact]
    public void Seeds_DrawnAtRandom_DifferAndCanBeUsedAgain()
    {
        using var first = new Sequential { new Dense(4, inputShape: 4) };
        using var second = new Sequential { new Dense(4, inputShape: 4) };
        using var again = new Sequential(first.Seed) { new Dense(4, inputShape: 4) };

        Assert.NotEqual(first.Seed, second.Seed);
        Assert.Equal(first.GetWeights(), again.GetWeights());
    }

    [Fact]
    public void Add_OfALayerOrNameThatIsThere_IsRefused()
    {
        var layer = new Dense(1, inputShape: 1, name: "a");
        using var model = new Sequential { layer };
        using var other = new Sequential();

        Assert.Contains("in a model already", Assert.Throws<ArgumentException>(() => other.Add(layer)).Message, StringComparison.Ordinal);
        Assert.Contains("'a' is taken", Assert.Throws<ArgumentException>(() => model.Add(new Dense(1, name: "a"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Add_AfterBuild_IsRefused()
    {
        using var model = new Sequential { new Dense(1, inputShape: 1) };
        model.Build(1);

        Assert.Throws<InvalidOperationException>(() => model.Add(new Dense(1)));
    }

    [Fact]
    public void Sizes_OfAFirstLayerWithoutInputShape_ComeFromTheFirstData()
    {
        using var model = new Sequential(seed: 2) { new Dense(2), new Dense(1) };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);
        Assert.False(model.IsBuilt);
        Assert.Throws<InvalidOperationException>(() => model.GetWeights());

        model.Fit(TestModels.Waves(4, 7), new float[4]);

        Assert.Equal(7, model.Layers[0].InputColumns);
        Assert.Equal(7 * 2 + 2 + 2 + 1, model.ParameterCount);
    }

    [Fact]
    public void Predict_OfAModelThatIsNotCompiled_Works()
    {
        using var model = new Sequential(seed: 2) { new Dense(3, "softmax", inputShape: 2) };

        float[,] y = model.Predict(TestModels.Waves(5, 2));

        for (int row = 0; row < 5; row++)
            Assert.Equal(1, y[row, 0] + y[row, 1] + y[row, 2], 1e-6);
    }

    [Fact]
    public void Compile_Again_KeepsTheWeightsAndStartsTheOptimizerAnew()
    {
        using Sequential model = TestModels.Digits();
        InMemoryDataset data = DigitsData.Rows(0, 64);
        model.Fit(data);
        double[] trained = TestModels.Parameters(model);

        model.Compile("sgd", TestModels.SparseLoss, ["accuracy"], BackendKind.Managed);

        Assert.Equal(trained, TestModels.Parameters(model));
        Assert.Equal(0, model.Optimizer!.StepCount);
        model.Fit(data);
        Assert.NotEqual(trained, TestModels.Parameters(model));
    }

    [Fact]
    public void Compile_ThatFails_LeavesTheModelUncompiled()
    {
        using var model = new Sequential { new Dense(3, "softmax", inputShape: 2) };

        Assert.Throws<ArgumentException>(() => model.Compile("sgd", new CategoricalCrossentropy { FromLogits = true }));

        Assert.Null(model.Optimizer);
        Assert.False(model.IsBuilt);
        model.Compile("sgd", "categorical_crossentropy");
        Assert.True(model.IsBuilt);
    }

    [Fact]
    public void Compile_WithAnOptimizerOfTheCaller_LeavesItOpen()
    {
        using var optimizer = new Optimizer(new Adam());
        using (var model = new Sequential { new Dense(1, inputShape: 1) })
        {
            model.Compile(optimizer, "mse", backend: BackendKind.Managed);
            model.Fit(new float[4, 1], new float[4]);
        }

        optimizer.LearningRate = 0.5;
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void Weights_SetAndGot_AreTheSame()
    {
        using Sequential model = TestModels.Digits();
        float[][,] weights = [.. model.GetWeights().Select(array => TestModels.Waves(array.GetLength(0), array.GetLength(1)))];

        model.SetWeights(weights);

        Assert.Equal(weights, model.GetWeights());
        Assert.Equal(weights[2], model.GetWeights("dense_1/kernel"));
        Assert.Equal((1, 10), (weights[3].GetLength(0), weights[3].GetLength(1)));
    }

    [Fact]
    public void SetWeights_WithAWrongShape_NamesTheParameterAndChangesNothing()
    {
        using Sequential model = TestModels.Digits();
        double[] before = TestModels.Parameters(model);
        float[][,] weights = [.. model.GetWeights()];
        weights[0] = TestModels.Waves(64, 16);
        weights[2] = new float[10, 16];

        var failure = Assert.Throws<ArgumentException>(() => model.SetWeights(weights));

        Assert.Contains("'dense_1/kernel' has shape [16, 10]; the array has [10, 16]", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, TestModels.Parameters(model));
        Assert.Contains("1 arrays; the model has 4", Assert.Throws<ArgumentException>(() => model.SetWeights([weights[0]])).Message,
            StringComparison.Ordinal);
        Assert.Contains("did you mean 'dense/kernel'?",
            Assert.Throws<ArgumentException>(() => model.GetWeights("dense/kernal")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_ListsLayersShapesAndParameters()
    {
        using var model = new Sequential { new Dense(128, "relu", inputShape: 784), new Dense(10, "softmax") };
        Assert.Contains("unknown until the model is built", model.Summary(), StringComparison.Ordinal);
        model.Build(784);

        string expected = string.Join('\n',
            "Layer (type)     Output Shape  Param #",
            "--------------------------------------",
            "dense (Dense)    (batch, 128)  100,480",
            "dense_1 (Dense)  (batch, 10)     1,290",
            "Total params: 101,770",
            "");
        Assert.Equal(expected, model.Summary());
    }
}
