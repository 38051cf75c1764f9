using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>A model whose sizes follow from its first data: data that do not fit it must not decide them.</summary>
public class UnbuiltModelTests
{
    private static readonly float[,] X = TestModels.Waves(5, 2);

    public static TheoryData<string, Action<Sequential>> Refusals => new()
    {
        { "target columns", model => model.Fit(X, new float[5, 4]) },
        { "class numbers", model => model.Fit(X, new int[5]) },
        { "validation columns", model => model.Fit(X, new float[5, 3], validationData: (new float[5, 7], new float[5, 3])) },
        { "validation targets", model => model.Fit(X, new float[5, 3], validationData: (X, new float[5, 1])) },
        { "one batch", model => model.TrainOnBatch(X, new float[5, 4]) },
        { "evaluation", model => model.Evaluate(X, new float[5, 4]) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void DataThatDoNotFit_LeaveTheModelUnbuilt(string mistake, Action<Sequential> act)
    {
        using var model = new Sequential(seed: 1) { new Dense(3) };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);

        Assert.Throws<ArgumentException>(() => act(model));

        Assert.False(model.IsBuilt, mistake);
        Assert.Equal(0, model.Layers[0].InputColumns);
        Assert.Single(model.Fit(TestModels.Waves(5, 9), new float[5, 3]).Epochs);
    }

    [Theory]
    [InlineData(0, 0, "data: InputColumns is 0; it must be at least 1")]
    [InlineData(2, -1, "data: TargetColumns is -1; it must be at least 0")]
    public void DatasetWhoseSizesCannotBe_IsRefused(int inputColumns, int targetColumns, string sentence)
    {
        using var model = new Sequential(seed: 1) { new Dense(3) };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);

        var failure = Assert.Throws<ArgumentException>(() => model.Fit(new Sizes(inputColumns, targetColumns)));

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        Assert.False(model.IsBuilt);
    }

    [Theory]
    [InlineData(int.MaxValue, 1, "layer 'dense' of 1 inputs and 2147483647 outputs needs room for 4294967296 parameters")]
    [InlineData(40_000, 40_000, "layer 'dense' of 40000 inputs and 40000 outputs needs room for 1600040000 parameters")]
    public void LayerTooLargeToAllocate_IsNamedWithTheLimit(int units, int inputColumns, string sentence)
    {
        using var model = new Sequential(seed: 1) { new Dense(units), new Dense(1) };

        var failure = Assert.Throws<InvalidOperationException>(() => model.Build(inputColumns));

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("a model has room for 536870911", failure.Message, StringComparison.Ordinal);
        Assert.False(model.IsBuilt);
    }

    [Fact]
    public void BatchTooLargeToAllocate_IsNamedWithTheLimit()
    {
        using var model = new Sequential(seed: 1) { new Dense(1_000_000, useBias: false, kernelInitializer: "zeros"), new Dense(3) };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);

        var failure = Assert.Throws<InvalidOperationException>(
            () => model.Fit(new float[1000, 1], new float[1000, 3], batchSize: 1000));

        Assert.Contains("a batch of 1000 rows has 1000000000 numbers in layer 'dense' (1000000 columns); at most 536870911",
            failure.Message, StringComparison.Ordinal);
    }

    private sealed class Sizes(int inputColumns, int targetColumns) : Dataset
    {
        public override int Count => 4;

        public override int InputColumns => inputColumns;

        public override int TargetColumns => targetColumns;

        public override void Gather(ReadOnlySpan<int> rows, Batch batch) { }
    }
}
