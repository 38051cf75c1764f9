using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>
/// The update rules as introductory texts print them, transcribed word by word in double, next to the rule and convention that
/// compute the same.
/// </summary>
public class TutorialRulesTests
{
    private const int Steps = 30;
    private const double LearningRate = 0.05, Momentum = 0.9, DecayRate = 0.9, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    [Theory]
    [InlineData(Convention.Keras)]
    [InlineData(Convention.PyTorch)]
    public void GradientDescent_IsSgd(Convention convention) =>
        Compare(new Sgd { LearningRate = LearningRate, Convention = convention },
            () => (weight, gradient, _) => weight - LearningRate * gradient);

    [Theory]
    [InlineData(Convention.Keras)]
    [InlineData(Convention.PyTorch)]
    public void StochasticGradientDescent_IsSgdOnTheGradientOfABatch(Convention convention) =>
        Compare(new Sgd { LearningRate = LearningRate, Convention = convention }, () => (weight, gradient, _) =>
        {
            double gradientBatch = gradient;
            return weight - LearningRate * gradientBatch;
        });

    [Theory]
    [InlineData(Convention.Keras)]
    [InlineData(Convention.PyTorch)]
    public void VelocityMomentum_IsSgdWithMomentum(Convention convention) =>
        Compare(new Sgd { LearningRate = LearningRate, Momentum = Momentum, Convention = convention }, () =>
        {
            double velocity = 0;
            return (weight, gradient, _) =>
            {
                velocity = Momentum * velocity - LearningRate * gradient;
                return weight + velocity;
            };
        });

    [Fact]
    public void RmspropWithEpsilonBesideTheRoot_IsRmspropOfPyTorch() =>
        Compare(
            new RMSprop { LearningRate = LearningRate, Rho = DecayRate, Epsilon = Epsilon, Convention = Convention.PyTorch }, () =>
        {
            double cache = 0;
            return (weight, gradient, _) =>
            {
                cache = DecayRate * cache + (1 - DecayRate) * (gradient * gradient);
                return weight - LearningRate * gradient / (Math.Sqrt(cache) + Epsilon);
            };
        });

    [Fact]
    public void AdamWithCorrectedMoments_IsAdamOfPyTorch() =>
        Compare(
            new Adam
            {
                LearningRate = LearningRate, Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon, Convention = Convention.PyTorch,
            }, () =>
        {
            double m = 0, v = 0;
            return (weight, gradient, t) =>
            {
                m = Beta1 * m + (1 - Beta1) * gradient;
                v = Beta2 * v + (1 - Beta2) * (gradient * gradient);
                double corrected = m / (1 - Math.Pow(Beta1, t));
                double correctedSquare = v / (1 - Math.Pow(Beta2, t));
                return weight - LearningRate * corrected / (Math.Sqrt(correctedSquare) + Epsilon);
            };
        });

    /// <summary>The transcription walks each weight by itself: a function of weight, gradient and step number, with its memory.</summary>
    private static void Compare(OptimizerRule rule, Func<Func<double, double, int, double>> transcription)
    {
        double[] expected = [-2, -0.25, 0, 0.5, 1, 3, 1e-4];
        double[] weights = [.. expected];
        var updates = Array.ConvertAll(expected, _ => transcription());
        using var optimizer = new Optimizer(rule, new ManagedBackend(), NoptDtype.F64);
        var gradients = new double[weights.Length];
        for (int t = 1; t <= Steps; t++)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                gradients[i] = Math.Sin(1.7 * t + i) * Math.Pow(10, i - 4);
                expected[i] = updates[i](expected[i], gradients[i], t);
            }
            optimizer.StepDouble(weights, gradients);
        }
        for (int i = 0; i < weights.Length; i++)
            Assert.Equal(expected[i], weights[i], 1e-13 * Math.Max(1, Math.Abs(expected[i])));
    }
}
