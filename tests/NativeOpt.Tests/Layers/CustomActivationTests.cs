using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

public class CustomActivationTests
{
    private static readonly Activation OwnRelu = Activation.Custom("own_relu",
        (x, y) =>
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = x[i] > 0 ? x[i] : 0;
        },
        (x, y, dy, dx) =>
        {
            for (int i = 0; i < x.Length; i++)
                dx[i] = y[i] > 0 ? dy[i] : 0;
        });

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CustomActivation_InDenseLayersAndByItself_TrainsLikeABuiltInOne(string backend)
    {
        using var own = new Sequential(seed: 2) { new Dense(9, OwnRelu, inputShape: 64), new ActivationLayer(OwnRelu), new Dense(10) };
        using var builtIn = new Sequential(seed: 2) { new Dense(9, "relu", inputShape: 64), new ReLU(), new Dense(10) };
        foreach (Sequential model in new[] { own, builtIn })
        {
            model.Compile(new Sgd(), "sparse_categorical_crossentropy", null, TestBackends.Open(backend));
            model.Fit(DigitsData.Rows(0, 100), epochs: 2, batchSize: 32, shuffle: false);
        }

        Assert.Equal(TestModels.Parameters(builtIn), TestModels.Parameters(own));
        Assert.Equal(builtIn.Predict(TestModels.Waves(3, 64)), own.Predict(TestModels.Waves(3, 64)));
    }

    [Fact]
    public void CustomActivation_AtTheEndOfAModel_IsApplied()
    {
        using var model = new Sequential { new Dense(1, OwnRelu, inputShape: 1, kernelInitializer: "ones") };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);

        Assert.Equal(new float[,] { { 2 }, { 0 } }, model.Predict(new float[,] { { 2 }, { -3 } }));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_WithCustomActivations_AllocatesNothingAfterTheFirst(string backend)
    {
        using var model = new Sequential(seed: 1) { new Dense(8, OwnRelu, inputShape: 64), new ActivationLayer(OwnRelu), new Dense(10) };
        model.Compile(new Sgd(), TestModels.SparseLoss, null, TestBackends.Open(backend));

        AllocationMarks.AssertStepsAllocateNothing(model);
    }

    [Fact]
    public void GradientCheck_OfACustomActivation_FindsWhatIsWrong()
    {
        Assert.InRange(GradientCheck.Activation(Activation.Custom(new Square(2))).LargestError, 0, 1e-8);
        Assert.InRange(GradientCheck.Activation(Activation.Custom(new Square(3))).LargestError, 0.01, 10);
    }

    [Fact]
    public void Register_MakesANameMeanTheActivation()
    {
        Activation activation = Activation.Custom("Registered-By-Test", (x, y) => x.CopyTo(y), (_, _, dy, dx) => dy.CopyTo(dx));

        Activation.Register(activation);

        Assert.Same(activation, Activation.FromName("registered_by_test"));
        Assert.Equal("Registered-By-Test", activation.ToString());
        Assert.Contains("Registered-By-Test", Activation.KnownNames);
        var again = Assert.Throws<ArgumentException>(() => Activation.Register(activation));
        Assert.Contains("there is an activation 'Registered-By-Test' already", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Register_OfANameThatIsTaken_IsRefused()
    {
        Activation swish = Activation.Custom("Swish", (x, y) => x.CopyTo(y), (_, _, dy, dx) => dy.CopyTo(dx));

        Assert.Throws<ArgumentException>(() => Activation.Register(swish));
        Assert.Throws<ArgumentException>(() => Activation.Register(Activation.Relu));
        Assert.Throws<ArgumentException>(() => Activation.Custom("a b", (_, _) => { }, (_, _, _, _) => { }));
    }

    /// <summary>x^2 with a factor in its derivative that should be 2.</summary>
    private sealed class Square(int factor) : CustomActivation
    {
        public override string Name => "square";

        public override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = x[i] * x[i];
        }

        public override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            for (int i = 0; i < x.Length; i++)
                dx[i] = T.CreateTruncating(factor) * x[i] * dy[i];
        }
    }
}
