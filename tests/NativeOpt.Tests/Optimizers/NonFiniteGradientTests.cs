using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Gradients that are infinite or NaN.</summary>
public class NonFiniteGradientTests
{
    public static IEnumerable<object[]> BackendsAndValues =>
        from backend in TestBackends.Names
        from value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }
        select new object[] { backend, value };

    [SkippableTheory]
    [MemberData(nameof(BackendsAndValues))]
    public void Error_NamesTheParameterAndChangesNothing(string backend, float value)
    {
        using var optimizer = new Optimizer(new Adam { NonFinite = NonFiniteGradients.Error }, TestBackends.Open(backend));
        optimizer.Register("good", 3);
        optimizer.Register("bad", 2);
        float[] good = [1, 2, 3], bad = [4, 5];
        var exception = Assert.Throws<NotFiniteNumberException>(() => optimizer.Step(
            new ParameterUpdate("good", good, new float[] { 1, 1, 1 }), new ParameterUpdate("bad", bad, new[] { value, 1 })));
        Assert.Equal("Parameter 'bad' has a gradient that is infinite or NaN; nothing was updated.", exception.Message);
        Assert.Equal([1f, 2f, 3f], good);
        Assert.Equal([0f, 0f, 0f], optimizer.State.GetSlot("good", "m"));
        Assert.Equal(0, optimizer.StepCount);
        optimizer.Step(new ParameterUpdate("good", good, new float[] { 1, 1, 1 }), new ParameterUpdate("bad", bad, new float[] { 1, 1 }));
        Assert.Equal(1, optimizer.StepCount);
        Assert.Equal(Math.Sqrt(5), optimizer.LastGradientNorm, 1e-12);
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndValues))]
    public void Skip_LeavesTheStepOutAndCountsIt(string backend, float value)
    {
        using var optimizer = new Optimizer(
            new Nadam { NonFinite = NonFiniteGradients.Skip, MaxSkippedSteps = 2 }, TestBackends.Open(backend));
        using var plain = new Optimizer(new Nadam(), TestBackends.Open(backend));
        float[] weights = [1, 2], expected = [1, 2];
        foreach (float[] gradients in new float[][] { [1, 2], [value, 1], [3, value], [0.5f, -1], [value, value] })
        {
            optimizer.Step(weights, gradients);
            if (gradients.All(float.IsFinite))
                plain.Step(expected, gradients);
            Assert.Equal(expected, weights);
        }
        Assert.Equal((2, 3), (optimizer.StepCount, optimizer.SkippedSteps));
        Assert.Equal(plain.State.Scalars, optimizer.State.Scalars);

        optimizer.Step(weights, [value, 1]);
        Assert.Contains("2 gradients that are infinite or NaN, and the last 2 steps were skipped for such gradients; MaxSkippedSteps is 2.",
            Assert.Throws<NotFiniteNumberException>(() => optimizer.Step(weights, [value, value])).Message, StringComparison.Ordinal);
        Assert.Equal(expected, weights);
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndValues))]
    public void Zero_TakesThemAsZero(string backend, float value)
    {
        foreach (OptimizerRule rule in new OptimizerRule[]
        {
            new Adam(), new Adam { ClipNorm = 0.5 }, new Adam { GlobalClipNorm = 0.5 }, new Adam { AdaptiveClip = 0.1 },
            new Adam { GradientAccumulationSteps = 2 }, new Adam { ClipValue = 0.5, WeightDecay = 0.1 },
        })
        {
            using var optimizer = new Optimizer(rule with { NonFinite = NonFiniteGradients.Zero }, TestBackends.Open(backend));
            using var plain = new Optimizer(rule, TestBackends.Open(backend));
            float[] weights = new float[40], expected = new float[40], gradients = new float[40], zeros = new float[40];
            for (int t = 1; t <= 4; t++)
            {
                for (int i = 0; i < gradients.Length; i++)
                {
                    gradients[i] = (i + t) % 5 == 0 ? value : MathF.Cos(i + t);
                    zeros[i] = (i + t) % 5 == 0 ? 0 : gradients[i];
                }
                optimizer.Step(weights, gradients);
                plain.Step(expected, zeros);
                Assert.Equal(expected, weights);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndValues))]
    public void Skip_WhileAccumulating_LeavesOneStepOfTheGroupOut(string backend, float value)
    {
        using var optimizer = new Optimizer(
            new Sgd { LearningRate = 1, GradientAccumulationSteps = 2, NonFinite = NonFiniteGradients.Skip }, TestBackends.Open(backend));
        float[] weights = [0];
        foreach (float gradient in new[] { 1, value, 3 })
            optimizer.Step(weights, [gradient]);
        Assert.Equal([-2f], weights);
        Assert.Equal((1, 1, 2), (optimizer.StepCount, optimizer.SkippedSteps, optimizer.State.MicroStepCount));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Propagate_LetsThemReachTheWeights(string backend)
    {
        foreach (OptimizerRule rule in new[]
        {
            new Sgd(), new Sgd { ClipValue = 1 }, new Sgd { ClipNorm = 1 }, new Sgd { GlobalClipNorm = 1 },
            new Sgd { GlobalClipNorm = 1, Convention = Convention.PyTorch }, new Sgd { AdaptiveClip = 1 },
        })
        {
            using var optimizer = new Optimizer(rule, TestBackends.Open(backend));
            float[] weights = [1, 2];
            optimizer.Step(weights, [1, float.NaN]);
            Assert.Equal(float.NaN, weights[1]);
            // A norm of NaN says nothing about the other gradients either.
            Assert.Equal(rule.ClipValue is null && rule != new Sgd(), float.IsNaN(weights[0]));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_WithBadData_FailsOrSkipsAsTheRuleSays(string backend)
    {
        float[,] x = { { 1 }, { float.NaN }, { 3 } }, y = { { 2 }, { 1 }, { 4 } };
        using var skipping = Build(NonFiniteGradients.Skip);
        skipping.Fit(x, y, epochs: 2, batchSize: 1, shuffle: false);
        Assert.Equal((4, 2), (skipping.Optimizer!.StepCount, skipping.Optimizer.SkippedSteps));
        Assert.True(float.IsFinite(skipping.GetWeights("dense/kernel")[0, 0]));

        using var failing = Build(NonFiniteGradients.Error);
        Assert.Contains("Parameter 'dense/kernel' has a gradient that is infinite or NaN", Assert.Throws<NotFiniteNumberException>(
            () => failing.Fit(x, y, epochs: 2, batchSize: 1, shuffle: false)).Message, StringComparison.Ordinal);
        Assert.Equal(1, failing.Optimizer!.StepCount);

        Sequential Build(NonFiniteGradients policy)
        {
            var model = new Sequential(new Dense(1, inputShape: 1));
            model.Compile(new Sgd { LearningRate = 0.01, NonFinite = policy }, "mse", null, TestBackends.Open(backend));
            return model;
        }
    }

    [Fact]
    public void Update_OfOneOfSeveralParameters_WhereAllHaveToBeSeen_PointsToStep()
    {
        foreach ((OptimizerRule rule, string reason) in new (OptimizerRule, string)[]
        {
            (new Sgd { NonFinite = NonFiniteGradients.Skip }, "NonFinite is Skip and looks at all gradients"),
            (new Sgd { GlobalClipNorm = 1 }, "GlobalClipNorm is the norm of all gradients"),
        })
        {
            using var optimizer = new Optimizer(rule, BackendKind.Managed);
            optimizer.Register("a", 1);
            optimizer.Register("b", 1);
            var exception = Assert.Throws<InvalidOperationException>(() =>
            {
                using OptimizerStep step = optimizer.BeginStep();
                step.Update("a", [1], [1]);
            });
            Assert.Equal($"{reason}, so it needs the 2 parameters at once: use Step with a ParameterUpdate for each.", exception.Message);
        }
    }
}
