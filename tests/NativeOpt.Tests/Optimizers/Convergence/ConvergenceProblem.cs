namespace NativeOpt.Tests.Optimizers.Convergence;

/// <summary>A function to be minimised, with a target that counts as solved.</summary>
internal abstract class ConvergenceProblem
{
    /// <summary>The problems by name.</summary>
    public static readonly IReadOnlyDictionary<string, ConvergenceProblem> All = new Dictionary<string, ConvergenceProblem>
    {
        ["bowl"] = new Quadratic([1, 1.2, 1.4, 1.6, 1.8, 2], target: 1e-3),
        ["ravine"] = new Quadratic([1, 2, 5, 10, 20, 50], target: 1e-2),
        ["logistic"] = new LogisticRegression(),
        ["rosenbrock"] = new Rosenbrock(),
    };

    /// <summary>Row-major sizes of the parameter.</summary>
    public abstract int[] Shape { get; }

    /// <summary>Where the search begins.</summary>
    public abstract float[] Start { get; }

    /// <summary>The problem is solved where the value is not above this.</summary>
    public abstract double Target { get; }

    public abstract double Value(ReadOnlySpan<float> w);

    public abstract void Gradient(ReadOnlySpan<float> w, Span<float> gradient);

    /// <summary>Half the sum of curvature * (w - 1)^2; the target is a share of the value at the start.</summary>
    private sealed class Quadratic(double[] curvatures, double target) : ConvergenceProblem
    {
        public override int[] Shape => [3, 2];

        public override float[] Start { get; } = [0.25f, 3, -1, 2.5f, -0.5f, 0.5f];

        public override double Target => target * Value(Start);

        public override double Value(ReadOnlySpan<float> w)
        {
            double sum = 0;
            for (int i = 0; i < w.Length; i++)
                sum += 0.5 * curvatures[i] * Math.Pow(w[i] - 1, 2);
            return sum;
        }

        public override void Gradient(ReadOnlySpan<float> w, Span<float> gradient)
        {
            for (int i = 0; i < w.Length; i++)
                gradient[i] = (float)(curvatures[i] * (w[i] - 1.0));
        }
    }

    /// <summary>Mean cross-entropy of 40 samples with 3 features and a bias; the least possible is 0.341.</summary>
    private sealed class LogisticRegression : ConvergenceProblem
    {
        private const int Samples = 40;
        private static readonly double[] Truth = [1.5, -2, 0.5, -0.25];

        public override int[] Shape => [4, 1];

        public override float[] Start { get; } = [0.1f, 0.1f, -0.1f, 0.1f];

        public override double Target => 0.36;

        public override double Value(ReadOnlySpan<float> w)
        {
            double sum = 0;
            for (int n = 0; n < Samples; n++)
                sum += Math.Log(1 + Math.Exp(-(2 * Label(n) - 1) * Score(w, n)));
            return sum / Samples;
        }

        public override void Gradient(ReadOnlySpan<float> w, Span<float> gradient)
        {
            gradient.Clear();
            for (int n = 0; n < Samples; n++)
                for (int i = 0; i < w.Length; i++)
                    gradient[i] += (float)((1 / (1 + Math.Exp(-Score(w, n))) - Label(n)) * Feature(n, i) / Samples);
        }

        private static double Feature(int n, int i) => i == 3 ? 1 : Math.Sin(1 + 3.7 * n + 1.9 * i * n);

        private static double Score(ReadOnlySpan<float> w, int n)
        {
            double score = 0;
            for (int i = 0; i < w.Length; i++)
                score += w[i] * Feature(n, i);
            return score;
        }

        /// <summary>What the truth says, but every ninth sample the opposite: the optimum is not at infinity.</summary>
        private static int Label(int n)
        {
            double score = 0;
            for (int i = 0; i < Truth.Length; i++)
                score += Truth[i] * Feature(n, i);
            return score > 0 != (n % 9 == 4) ? 1 : 0;
        }
    }

    /// <summary>(1 - x)^2 + 100 (y - x^2)^2 from (-1.2, 1), where it is 24.2.</summary>
    private sealed class Rosenbrock : ConvergenceProblem
    {
        public override int[] Shape => [2];

        public override float[] Start { get; } = [-1.2f, 1];

        public override double Target => 0.5;

        public override double Value(ReadOnlySpan<float> w) => Math.Pow(1 - w[0], 2) + 100 * Math.Pow(w[1] - (double)w[0] * w[0], 2);

        public override void Gradient(ReadOnlySpan<float> w, Span<float> gradient)
        {
            double valley = w[1] - (double)w[0] * w[0];
            gradient[0] = (float)(-2 * (1.0 - w[0]) - 400 * w[0] * valley);
            gradient[1] = (float)(200 * valley);
        }
    }
}
