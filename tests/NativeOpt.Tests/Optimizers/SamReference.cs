namespace NativeOpt.Tests.Optimizers;

/// <summary>A step of the rule inside of a Sam, from its number, weights, gradients and two slots to new weights.</summary>
internal delegate double[] InnerUpdate(int step, double[] w, double[] g, double[][] slots);

/// <summary>
/// Sharpness-aware minimization in plain double C#, on a network of two layers whose gradients are written out: 3 -> 4 tanh -> 2 under
/// the mean squared error, with a penalty l1 |w| + l2 w^2 of the first kernel.
/// </summary>
internal sealed class SamReference
{
    public const int Inputs = 3, Hidden = 4, Outputs = 2;

    public static readonly string[] Names = ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"];

    private readonly InnerUpdate _update;
    private readonly double[][][] _slots;
    private int _step;

    /// <summary>Starts at these weights.</summary>
    /// <param name="weights">In the order of <see cref="Names"/>, row-major.</param>
    /// <param name="update">The inner rule.</param>
    public SamReference(double[][] weights, InnerUpdate update)
    {
        Weights = [.. weights.Select(w => (double[])w.Clone())];
        _update = update;
        _slots = [.. weights.Select(w => new[] { new double[w.Length], new double[w.Length] })];
    }

    public double[][] Weights { get; private set; }

    public double Rho { get; set; } = 0.05;

    public bool Adaptive { get; init; }

    public double L1 { get; init; }

    public double L2 { get; init; }

    /// <summary>Factor of the gradient of the loss without the penalty.</summary>
    public double DataScale { get; init; } = 1;

    /// <summary>Limit of the norm of all second gradients.</summary>
    public double? GlobalClipNorm { get; init; }

    /// <summary>One step; returns the loss at the weights before.</summary>
    public double Step(float[,] x, float[,] y)
    {
        (double loss, double[][] gradients) = SecondGradients(x, y);
        Update(gradients);
        return loss;
    }

    /// <summary>The loss at the weights, and the gradients at those above them.</summary>
    public (double Loss, double[][] Gradients) SecondGradients(float[,] x, float[,] y)
    {
        (double loss, double[][] first) = Gradients(Weights, x, y);
        return (loss, Gradients(Climb(first), x, y).Gradients);
    }

    /// <summary>The inner rule, with gradients that are limited first.</summary>
    public void Update(double[][] gradients)
    {
        _step++;
        double norm = Math.Sqrt(gradients.Sum(g => g.Sum(v => v * v)));
        double factor = GlobalClipNorm is { } limit ? limit / Math.Max(norm, limit) : 1;
        Weights = [.. Weights.Select((w, i) => _update(_step, w, [.. gradients[i].Select(g => factor * g)], _slots[i]))];
    }

    /// <summary>The weights that a climb leads to.</summary>
    public double[][] Climb(double[][] g)
    {
        double squares = 0;
        for (int i = 0; i < g.Length; i++)
            for (int k = 0; k < g[i].Length; k++)
                squares += Math.Pow(Adaptive ? Weights[i][k] * g[i][k] : g[i][k], 2);
        double scale = Rho / (Math.Sqrt(squares) + 1e-12);
        return [.. Weights.Select((w, i) => w.Select((v, k) => v + scale * (Adaptive ? v * v : 1) * g[i][k]).ToArray())];
    }

    /// <summary>Loss with the penalty, and gradients, at any weights.</summary>
    public (double Loss, double[][] Gradients) Gradients(double[][] w, float[,] x, float[,] y)
    {
        int rows = x.GetLength(0);
        double[][] g = [.. w.Select(v => new double[v.Length])];
        double loss = 0;
        for (int row = 0; row < rows; row++)
            loss += AddRow(w, g, x, y, row, 1.0 / (rows * Outputs));
        g = [.. g.Select(part => part.Select(v => DataScale * v).ToArray())];
        for (int k = 0; k < w[0].Length; k++)
        {
            loss += L1 * Math.Abs(w[0][k]) + L2 * w[0][k] * w[0][k];
            g[0][k] += L1 * Math.Sign(w[0][k]) + 2 * L2 * w[0][k];
        }
        return (loss, g);
    }

    private static double AddRow(double[][] w, double[][] g, float[,] x, float[,] y, int row, double share)
    {
        double[] h = new double[Hidden], dh = new double[Hidden];
        for (int j = 0; j < Hidden; j++)
            h[j] = Math.Tanh(w[1][j] + Enumerable.Range(0, Inputs).Sum(i => x[row, i] * w[0][i * Hidden + j]));
        double loss = 0;
        for (int o = 0; o < Outputs; o++)
        {
            double error = w[3][o] + Enumerable.Range(0, Hidden).Sum(j => h[j] * w[2][j * Outputs + o]) - y[row, o];
            loss += share * error * error;
            double d = 2 * share * error;
            g[3][o] += d;
            for (int j = 0; j < Hidden; j++)
            {
                g[2][j * Outputs + o] += d * h[j];
                dh[j] += d * w[2][j * Outputs + o];
            }
        }
        for (int j = 0; j < Hidden; j++)
        {
            double d = dh[j] * (1 - h[j] * h[j]);
            g[1][j] += d;
            for (int i = 0; i < Inputs; i++)
                g[0][i * Hidden + j] += d * x[row, i];
        }
        return loss;
    }
}
