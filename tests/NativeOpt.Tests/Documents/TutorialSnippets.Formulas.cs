using Xunit;

namespace NativeOpt.Tests.Documents;

// Update rules, and the optimizers that compute them.
public partial class TutorialSnippets
{
    private static readonly double[] Gradients = [0.5, -0.25, 1, 0.125, -0.75, 0.3, 0.3, -0.9];

    // weight = weight - learning_rate * gradient
    // weight = weight - learning_rate * gradient_batch
    [Fact]
    public void GradientDescent()
    {
        const double learningRate = 0.1;
        double weight = 2;
        using var optimizer = new Optimizer(new Sgd { LearningRate = learningRate });
        float[] w = [2];
        foreach (double gradient in Gradients)
        {
            weight = weight - learningRate * gradient;
            optimizer.Step(w, [(float)gradient]);
        }
        Assert.Equal(weight, w[0], 1e-6);
    }

    // velocity = momentum * velocity - learning_rate * gradient
    // weight = weight + velocity
    [Fact]
    public void Momentum()
    {
        const double learningRate = 0.1, momentum = 0.9;
        double weight = 2, velocity = 0;
        using var optimizer = new Optimizer(new Sgd { LearningRate = learningRate, Momentum = momentum });
        float[] w = [2];
        foreach (double gradient in Gradients)
        {
            velocity = momentum * velocity - learningRate * gradient;
            weight = weight + velocity;
            optimizer.Step(w, [(float)gradient]);
        }
        Assert.Equal(weight, w[0], 1e-6);
    }

    // cache = decay_rate * cache + (1 - decay_rate) * gradient^2
    // weight = weight - learning_rate * gradient / (sqrt(cache) + epsilon)
    // In Python ^ is the exclusive or and fails on numbers with a fraction: what is meant is the square. Keras has epsilon in the root.
    [Fact]
    public void RmsProp()
    {
        const double learningRate = 0.01, decayRate = 0.9, epsilon = 1e-7;
        double weight = 2, cache = 0;
        using var optimizer = new Optimizer(
            new RMSprop { LearningRate = learningRate, Rho = decayRate, Epsilon = epsilon, EpsilonInRoot = false });
        float[] w = [2];
        foreach (double gradient in Gradients)
        {
            cache = decayRate * cache + (1 - decayRate) * (gradient * gradient);
            weight = weight - learningRate * gradient / (Math.Sqrt(cache) + epsilon);
            optimizer.Step(w, [(float)gradient]);
        }
        Assert.Equal(weight, w[0], 1e-6);
    }

    // m = beta1 * m + (1 - beta1) * gradient
    // v = beta2 * v + (1 - beta2) * gradient^2
    // m_hat = m / (1 - beta1^t)
    // v_hat = v / (1 - beta2^t)
    // weight = weight - learning_rate * m_hat / (sqrt(v_hat) + epsilon)
    // ^ again is meant as a power. PyTorch has epsilon there, Keras beside the root of v.
    [Fact]
    public void AdaptiveMoments()
    {
        const double learningRate = 0.01, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
        double weight = 2, m = 0, v = 0;
        using var optimizer = new Optimizer(new Adam
        {
            LearningRate = learningRate, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, Convention = Convention.PyTorch,
        });
        float[] w = [2];
        for (int t = 1; t <= Gradients.Length; t++)
        {
            double gradient = Gradients[t - 1];
            m = beta1 * m + (1 - beta1) * gradient;
            v = beta2 * v + (1 - beta2) * (gradient * gradient);
            double mHat = m / (1 - Math.Pow(beta1, t));
            double vHat = v / (1 - Math.Pow(beta2, t));
            weight = weight - learningRate * mHat / (Math.Sqrt(vHat) + epsilon);
            optimizer.Step(w, [(float)gradient]);
        }
        Assert.Equal(weight, w[0], 1e-6);
    }
}
