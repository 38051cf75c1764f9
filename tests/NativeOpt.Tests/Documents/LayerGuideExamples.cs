using System.Numerics.Tensors;
using Xunit;

namespace NativeOpt.Tests.Documents;

#pragma warning disable CA1806 // As the guides show them: layers that no model takes.
/// <summary>
/// The examples of the guides about layers (src/NativeOpt/Layers, Initializers and Regularization), word for word.
/// </summary>
public class LayerGuideExamples
{
    [Fact]
    public void ALayerOfOnesOwn_HasTheRightGradient()
    {
        GradientCheckResult result = GradientCheck.Layer(new Scale(), inputColumns: 4);   // LargestError about 1e-11

        Assert.InRange(result.LargestError, 0, 1e-9);
    }

    [Fact]
    public void Activations_AreTaken()
    {
        new Dense(64, "gelu");
        new Dense(64, Activation.LeakyRelu(0.1));                    // the same as "leaky_relu(negative_slope=0.1)"
        new ActivationLayer("swish");

        Assert.Equal(Activation.LeakyRelu(0.1), Activation.FromName("leaky_relu(negative_slope=0.1)"));
    }

    [Fact]
    public void AnActivationOfOnesOwn_HasAName()
    {
        using var model = new Sequential(seed: 1) { new Dense(4, inputShape: 2) };

        Activation square = Activation.Custom("own_square",
            (x, y) => TensorPrimitives.Multiply(x, x, y),
            (x, y, dy, dx) => { for (int i = 0; i < x.Length; i++) dx[i] = 2 * x[i] * dy[i]; });
        Activation.Register(square);          // now "own_square" means it
        model.Add(new Dense(8, square));

        model.Build(2);
        Assert.Same(square, Activation.FromName("own_square"));
        Assert.All(model.Predict(new float[,] { { 1, 2 } }).Cast<float>(), value => Assert.True(value >= 0));
    }

    [Fact]
    public void Initializers_AreTaken()
    {
        new Dense(64, "relu", kernelInitializer: "he_normal", biasInitializer: "constant(value=0.1)");
        new Dense(64, kernelInitializer: new Orthogonal(gain: 0.5));

        Initializer.Register("own_alternating", () => new Alternating());
        new Dense(8, kernelInitializer: "own_alternating");

        using var model = new Sequential(seed: 1) { new Dense(8, inputShape: 2, kernelInitializer: "own_alternating") };
        model.Build(2);
        float[] kernel = [.. model.GetWeights("dense/kernel").Cast<float>()];
        Assert.All(kernel.Where((_, i) => i % 2 == 0), value => Assert.InRange(value, 0, 0.5));
        Assert.All(kernel.Where((_, i) => i % 2 == 1), value => Assert.InRange(value, -0.5, 0));
    }

    [Fact]
    public void Regularizers_AreTaken()
    {
        new Dense(128, "relu", kernelRegularizer: "l2(0.001)", biasRegularizer: new L1(0.01), activityRegularizer: "l1_l2(l1=0, l2=0.01)",
            kernelConstraint: "max_norm(3)", biasConstraint: "non_neg");
    }

    sealed class Scale : CustomLayer
    {
        protected override IReadOnlyList<LayerParameter> GetParameters(int inputColumns) => [new("s", [inputColumns], "ones")];

        protected override void Forward<T>(in LayerForward<T> pass)
        {
            for (int i = 0; i < pass.X.Length; i++)
                pass.Y[i] = pass.X[i] * pass.Parameter(0)[i % pass.InputColumns];
        }

        protected override void Backward<T>(in LayerBackward<T> pass)
        {
            for (int i = 0; i < pass.X.Length; i++)
            {
                if (pass.NeedsGradient(0))
                    pass.Gradient(0)[i % pass.InputColumns] += pass.Dy[i] * pass.X[i];
                if (pass.NeedsDx)
                    pass.Dx[i] = pass.Dy[i] * pass.Parameter(0)[i % pass.InputColumns];
            }
        }
    }

    public sealed record Alternating : CustomInitializer
    {
        protected override void Fill(Span<float> values, ParameterInfo parameter)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = (i % 2 == 0 ? 1f : -1f) * (float)parameter.Uniform(i) / parameter.Inputs;
        }
    }
}
