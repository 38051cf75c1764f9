using NativeOpt.Backends;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

/// <summary>Layers that users write in C#.</summary>
public class CustomLayerTests
{
    private static readonly float[,] X = TestModels.Waves(12, 3);
    private static readonly float[,] Y = TestModels.Waves(12, 2, phase: 1);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CustomDense_TrainsAsTheBuiltInOne(string backend)
    {
        using Sequential own = Model(backend, new OwnDense(4), new Dense(2));
        using Sequential builtIn = Model(backend, new Dense(4), new Dense(2));
        Assert.Equal(["own_dense/kernel", "own_dense/bias", "dense/kernel", "dense/bias"], own.ParameterNames);
        builtIn.SetWeights(own.GetWeights());

        History ownHistory = own.Fit(X, Y, epochs: 3, batchSize: 5);
        History history = builtIn.Fit(X, Y, epochs: 3, batchSize: 5);

        AssertClose(history["loss"], ownHistory["loss"]);
        AssertClose(Flat(builtIn.Predict(X)), Flat(own.Predict(X)));
        Assert.Equal(builtIn.Evaluate(X, Y).Loss, own.Evaluate(X, Y).Loss, 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingOnlyLayer_IsLeftOutOfPrediction_AndKnowsTheStep(string backend)
    {
        var layer = new AddStep();
        using Sequential model = Model(backend, new Rescaling(1), layer);

        Assert.Equal(X, model.Predict(X));
        Assert.Equal(X, model.Forward(X));
        Assert.Equal(X[0, 0] + 1, model.Forward(X)[0, 0]);
        Assert.Equal(X[0, 0] + 2, model.Forward(X)[0, 0]);
        Assert.Equal(new float[,] { { 3 } }, model.GetWeights("add_step/count"));
        Assert.Equal(0, model.TrainableParameterCount);
    }

    [Fact]
    public void GradientsOfACustomLayer_AddUpUnlessCleared()
    {
        using Sequential model = Model("managed", new OwnDense(2));

        model.Forward(X);
        model.Backward(Y);
        float[] once = Flat(model.GetGradients("own_dense/kernel"));
        model.Forward(X);
        model.Backward(Y);

        AssertClose(once.Select(gradient => 2 * gradient), Flat(model.GetGradients("own_dense/kernel")));
        model.TrainOnBatch(X, Y);
        AssertClose(once, Flat(model.GetGradients("own_dense/kernel")));
    }

    [Fact]
    public void ExceptionOfACustomLayer_LeavesFit_AndTheWeightsAsTheyWere()
    {
        using Sequential model = Model("managed", new Dense(2), new Failing());
        float[,] kernel = model.GetWeights("dense/kernel");

        var failure = Assert.Throws<NotSupportedException>(() => model.Fit(X, Y));

        Assert.Equal("not today", failure.Message);
        Assert.Equal(kernel, model.GetWeights("dense/kernel"));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_WithACustomLayer_AllocatesNothing(string backend)
    {
        using Sequential model = Model(backend, new Dense(4), new OwnDense(4), new Dense(2));

        AllocationMarks.AssertZeros(5, () =>
        {
            var marks = new AllocationMarks(12);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(X, Y, batchSize: 2, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    [Fact]
    public void WrongDescriptions_AreRefusedByName()
    {
        Assert.Contains("AddShape: parameter 'p' has shape [2, 0]", Refusal(new AddShape([2, 0])), StringComparison.Ordinal);
        Assert.Contains("has shape [1, 2, 3]; it must be one or two sizes", Refusal(new AddShape([1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("GetOutputColumns(3) is 0", Refusal(new OwnDense(0)), StringComparison.Ordinal);

        static string Refusal(Layer layer) =>
            Assert.Throws<InvalidOperationException>(() => new Sequential(seed: 1) { layer }.Build(3)).Message;
    }

    [Fact]
    public void TrainedParameter_CannotBeChangedByTheLayer()
    {
        using Sequential model = Model("managed", new AddShape([3]));

        var failure = Assert.Throws<InvalidOperationException>(() => model.Predict(X));

        Assert.Contains("parameter 0 is trained", failure.Message, StringComparison.Ordinal);
    }

    private static Sequential Model(string backend, params Layer[] layers)
    {
        var model = new Sequential(seed: 4, layers);
        model.Compile(new Sgd { LearningRate = 0.05 }, "mse", null, TestBackends.Open(backend));
        model.Build(3);
        return model;
    }

    private static float[] Flat(float[,] values) => [.. values.Cast<float>()];

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

    private static void AssertClose(IEnumerable<float> expected, IEnumerable<float> actual) =>
        AssertClose(expected.Select(value => (double)value), actual.Select(value => (double)value));
}
