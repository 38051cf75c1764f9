using Xunit;

namespace NativeOpt.Tests.Training;

public class ManualLoopTests
{
    private const int Rows = 200;
    private const int BatchSize = 48; // the last batch has 8 rows

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void ManualLoop_GivesTheBitsOfFit(string backend)
    {
        var rule = new Adam { LearningRate = 0.01, ClipValue = 0.05 };
        InMemoryDataset data = DigitsData.Rows(0, Rows);
        using Sequential fitted = TestModels.Digits(TestBackends.Open(backend), rule);
        using Sequential stepped = TestModels.Digits(TestBackends.Open(backend), rule);
        using var optimizer = new Optimizer(rule);

        History history = fitted.Fit(data, epochs: 2, batchSize: BatchSize, shuffle: false);
        double[] epochLosses = [StepThrough(stepped, optimizer), StepThrough(stepped, optimizer)];

        Assert.Equal(TestModels.Parameters(fitted), TestModels.Parameters(stepped));
        Assert.Equal(history["loss"], epochLosses);
        Assert.Equal(fitted.Optimizer!.StepCount, optimizer.StepCount);
    }

    [Fact]
    public void ManualLoop_WithTheOptimizerOfCompile_StepsItsState()
    {
        using Sequential model = TestModels.Digits();
        InMemoryDataset data = DigitsData.Rows(0, 32);

        model.Forward(data.X);
        model.Backward(data.Y);
        model.Optimizer!.Step(model);

        Assert.Equal(1, model.Optimizer.StepCount);
    }

    [Fact]
    public void TrainOnBatch_GivesTheBitsOfFit()
    {
        InMemoryDataset data = DigitsData.Rows(0, 64);
        using Sequential fitted = TestModels.Digits();
        using Sequential stepped = TestModels.Digits();

        History history = fitted.Fit(data, epochs: 1, batchSize: 64, shuffle: false);
        double loss = stepped.TrainOnBatch(data.X, data.Y);

        Assert.Equal(history["loss"][0], loss);
        Assert.Equal(TestModels.Parameters(fitted), TestModels.Parameters(stepped));
    }

    [Fact]
    public void Backward_WithoutForward_IsRefused()
    {
        using Sequential model = TestModels.Digits();
        InMemoryDataset data = DigitsData.Rows(0, 8);

        Assert.Throws<InvalidOperationException>(() => model.Backward(data.Y));
        model.Forward(data.X);
        model.Evaluate(data);
        var failure = Assert.Throws<InvalidOperationException>(() => model.Backward(data.Y));
        Assert.Contains("Forward", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_WithAnotherNumberOfRows_NamesBoth()
    {
        using Sequential model = TestModels.Digits();
        int[] labels = [1, 2, 3];
        model.Forward(DigitsData.Rows(0, 8).X);

        var failure = Assert.Throws<ArgumentException>(() => model.Backward(labels));

        Assert.Contains("y has 3 rows; Forward had 8", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_OfAnOptimizerThatServesAnotherModel_IsRefused()
    {
        using Sequential first = TestModels.Digits();
        using Sequential second = TestModels.Digits();

        Assert.Throws<InvalidOperationException>(() => first.Optimizer!.Step(second));
    }

    private static double StepThrough(Sequential model, Optimizer optimizer)
    {
        double sum = 0;
        for (int first = 0; first < Rows; first += BatchSize)
        {
            InMemoryDataset batch = DigitsData.Rows(first, Math.Min(first + BatchSize, Rows));
            model.ZeroGradients();
            model.Forward(batch.X);
            sum += model.Backward(batch.Y) * batch.Count;
            optimizer.Step(model);
        }
        return sum / Rows;
    }
}
