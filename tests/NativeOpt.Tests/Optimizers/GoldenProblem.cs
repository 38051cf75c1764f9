using System.Numerics;
using NativeOpt.Tests.Golden;

namespace NativeOpt.Tests.Optimizers;

/// <summary>
/// What a golden optimizer case is run on: tests/golden/README.md, "Problem types". Gradients in the precision of the run.
/// </summary>
internal abstract class GoldenProblem<T>(double[] start) where T : unmanaged, IFloatingPointIeee754<T>
{
    public T[] Start { get; } = Array.ConvertAll(start, T.CreateTruncating);

    /// <summary>Gradient at <paramref name="w"/> for step <paramref name="step"/>, from 1.</summary>
    public abstract T[] Gradient(T[] w, int step);

    public static GoldenProblem<T> Read(GoldenCase problem)
    {
        double[] start = problem.Numbers("w0");
        return problem.Text("type") switch
        {
            "fixed_gradients" => new FixedGradients(start, problem.Rows("gradients")),
            "rosenbrock" => new Rosenbrock(start),
            "logistic_regression" => new LogisticRegression(start, problem.Rows("X"), problem.Numbers("y")),
            string type => throw new NotSupportedException($"problem type '{type}'"),
        };
    }

    private sealed class FixedGradients(double[] start, double[][] gradients) : GoldenProblem<T>(start)
    {
        public override T[] Gradient(T[] w, int step) =>
            Array.ConvertAll(gradients[(step - 1) % gradients.Length], T.CreateTruncating);
    }

    private sealed class Rosenbrock(double[] start) : GoldenProblem<T>(start)
    {
        public override T[] Gradient(T[] w, int step)
        {
            (T x, T y) = (w[0], w[1]);
            T hundred = T.CreateTruncating(100), two = T.CreateTruncating(2);
            T valley = y - x * x;
            return [-two * (T.One - x) - two * two * hundred * x * valley, two * hundred * valley];
        }
    }

    /// <summary>The mean of binary cross-entropy with logits over the samples; the last weight is the bias.</summary>
    private sealed class LogisticRegression(double[] start, double[][] samples, double[] labels) : GoldenProblem<T>(start)
    {
        public override T[] Gradient(T[] w, int step)
        {
            var gradient = new T[w.Length];
            for (int n = 0; n < samples.Length; n++)
            {
                T z = w[^1];
                for (int i = 0; i < samples[n].Length; i++)
                    z += T.CreateTruncating(samples[n][i]) * w[i];
                T residual = T.One / (T.One + T.Exp(-z)) - T.CreateTruncating(labels[n]);
                for (int i = 0; i < samples[n].Length; i++)
                    gradient[i] += residual * T.CreateTruncating(samples[n][i]);
                gradient[^1] += residual;
            }
            return Array.ConvertAll(gradient, g => g / T.CreateTruncating(samples.Length));
        }
    }
}
