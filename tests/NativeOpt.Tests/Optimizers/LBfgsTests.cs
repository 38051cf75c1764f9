using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>What the golden cases do not show: convergence, ends of a step, bad input. They check each number of PyTorch.</summary>
public sealed class LBfgsTests
{
    [Theory]
    [InlineData(LineSearch.None)]
    [InlineData(LineSearch.StrongWolfe)]
    public void Step_OnAQuadratic_FindsTheMinimum(LineSearch search)
    {
        double[] w = [3, -2, 5, 1, -4];
        var optimizer = new LBfgs { LineSearch = search, MaxIterations = 60, ToleranceChange = 1e-20 };

        optimizer.Step(w, Quadratic);

        Assert.All(w, (value, i) => Assert.Equal(i, value, 1e-7));
    }

    [Fact]
    public void Step_OnRosenbrock_ConvergesWithALineSearch()
    {
        double[] w = [-1.5, 2];
        var optimizer = new LBfgs { LineSearch = LineSearch.StrongWolfe, ToleranceChange = 1e-20 };
        for (int step = 0; step < 5; step++)
            optimizer.Step(w, Rosenbrock);

        Assert.Equal(1, w[0], 1e-6);
        Assert.Equal(1, w[1], 1e-6);
    }

    [Fact]
    public void Step_InFloat_ComesAsNearAsFloatsAllow()
    {
        float[] w = [3, -2, 5, 1, -4];
        new LBfgs { LineSearch = LineSearch.StrongWolfe, MaxIterations = 60 }.Step(w, (point, gradient) =>
        {
            double loss = 0;
            for (int i = 0; i < point.Length; i++)
            {
                gradient[i] = (i + 1) * (point[i] - i);
                loss += 0.5 * (i + 1) * Math.Pow(point[i] - i, 2);
            }
            return loss;
        });

        Assert.All(w, (value, i) => Assert.Equal(i, value, 1e-5f));
    }

    [Fact]
    public void Step_ReturnsTheLossBeforeIt()
    {
        double[] w = [3, -2, 5, 1, -4];
        double before = Quadratic(w, new double[5]);

        Assert.Equal(before, new LBfgs { MaxIterations = 1 }.Step(w, Quadratic));
        Assert.True(Quadratic(w, new double[5]) < before);
    }

    [Fact]
    public void Step_AtTheMinimum_EvaluatesOnceAndChangesNothing()
    {
        double[] w = [0, 1, 2, 3, 4];
        var optimizer = new LBfgs();
        optimizer.Step(w, Quadratic);

        Assert.Equal([0, 1, 2, 3, 4], w);
        Assert.Equal((0, 1), (optimizer.IterationCount, optimizer.EvaluationCount));
    }

    [Fact]
    public void Step_WithALimitOfEvaluations_EndsThere()
    {
        var optimizer = new LBfgs { MaxIterations = 50, MaxEvaluations = 4 };
        optimizer.Step(new double[] { 3, -2, 5, 1, -4 }, Quadratic);

        Assert.Equal(4, optimizer.EvaluationCount);
    }

    [Fact]
    public void Step_WhoseFunctionThrows_LeavesTheLastPointAndCanGoOn()
    {
        double[] w = [-1.5, 2];
        var optimizer = new LBfgs { LineSearch = LineSearch.StrongWolfe, ToleranceChange = 1e-20 };
        int calls = 0;

        Assert.Throws<TimeoutException>(() => optimizer.Step(w, (point, gradient) =>
            ++calls == 3 ? throw new TimeoutException() : Rosenbrock(point, gradient)));
        Assert.All(w, value => Assert.True(double.IsFinite(value)));
        for (int step = 0; step < 8; step++)
            optimizer.Step(w, Rosenbrock);
        Assert.Equal(1, w[0], 1e-6);
    }

    [Fact]
    public void Step_ThatIsNotTheFirst_AllocatesNothingOnceTheHistoryIsFull()
    {
        double[] w = [-1.5, 2];
        var optimizer = new LBfgs { LineSearch = LineSearch.StrongWolfe, HistorySize = 2, MaxIterations = 3 };
        LossAndGradient<double> function = Rosenbrock;
        for (int step = 0; step < 3; step++)
            optimizer.Step(w, function);

        Assert.Equal(0, AllocationProbe.BytesOf(() => optimizer.Step(w, function)));
    }

    [Fact]
    public void Reset_MakesTheNextStepAFirstOne()
    {
        var optimizer = new LBfgs { LineSearch = LineSearch.StrongWolfe };
        double[] first = [-1.5, 2];
        optimizer.Step(first, Rosenbrock);
        optimizer.Reset();
        double[] again = [-1.5, 2];
        optimizer.Step(again, Rosenbrock);

        Assert.Equal(first, again);
    }

    [Fact]
    public void Step_OnOtherWeights_IsRefused()
    {
        var optimizer = new LBfgs();
        optimizer.Step(new double[] { 3, -2, 5, 1, -4 }, Quadratic);

        Assert.Contains("weights has 2 elements; earlier steps had 5",
            Assert.Throws<ArgumentException>(() => optimizer.Step(new double[2], Rosenbrock)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => optimizer.Step([], Quadratic));
        Assert.Contains("another precision",
            Assert.Throws<InvalidOperationException>(() => optimizer.Step(new float[5], (_, _) => 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_OutsideTheirRange_AreRefused()
    {
        Assert.Contains("LearningRate is -1", Refusal(() => new LBfgs { LearningRate = -1 }), StringComparison.Ordinal);
        Assert.Contains("MaxIterations is 0; it must be at least 1", Refusal(() => new LBfgs { MaxIterations = 0 }), StringComparison.Ordinal);
        Assert.Contains("MaxEvaluations is 0", Refusal(() => new LBfgs { MaxEvaluations = 0 }), StringComparison.Ordinal);
        Assert.Contains("HistorySize is 0", Refusal(() => new LBfgs { HistorySize = 0 }), StringComparison.Ordinal);
        Assert.Contains("ToleranceChange is NaN", Refusal(() => new LBfgs { ToleranceChange = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("LineSearch is 7", Refusal(() => new LBfgs { LineSearch = (LineSearch)7 }), StringComparison.Ordinal);
    }

    private static string Refusal(Func<LBfgs> create) => Assert.Throws<ArgumentOutOfRangeException>(create).Message;

    // The minimum of 0.5 sum (i + 1)(w[i] - i)^2 is at w[i] = i.
    private static double Quadratic(ReadOnlySpan<double> w, Span<double> gradient)
    {
        double loss = 0;
        for (int i = 0; i < w.Length; i++)
        {
            gradient[i] = (i + 1) * (w[i] - i);
            loss += 0.5 * (i + 1) * Math.Pow(w[i] - i, 2);
        }
        return loss;
    }

    private static double Rosenbrock(ReadOnlySpan<double> w, Span<double> gradient)
    {
        double valley = w[1] - w[0] * w[0];
        gradient[0] = -2 * (1 - w[0]) - 400 * w[0] * valley;
        gradient[1] = 200 * valley;
        return Math.Pow(1 - w[0], 2) + 100 * valley * valley;
    }
}
