namespace NativeOpt.Tests.Optimizers;

/// <summary>
/// The formulas of the matrix rules once more, in double and element by element, as a reader compares them with the papers.
/// </summary>
internal static class MatrixReference
{
    /// <summary>Newton-Schulz with the usual coefficients, or those of each iteration.</summary>
    public static double[,] Orthogonalize(double[,] u, double epsilon, IReadOnlyList<NewtonSchulzStep> steps, MuonPreconditioning kind)
    {
        double[,] x = u.GetLength(0) > u.GetLength(1) ? Transpose(u) : u;
        if (kind is MuonPreconditioning.Frobenius or MuonPreconditioning.Spectral)
        {
            double norm = kind == MuonPreconditioning.Spectral ? SpectralNorm(x) : Math.Sqrt(Sum(x, value => value * value));
            x = Map(x, value => value / (norm + epsilon));
        }
        for (int k = 0; k < steps.Count; k++)
        {
            double[,] gram = Multiply(x, Transpose(x));
            if (k == 0 && (kind is MuonPreconditioning.Aol or MuonPreconditioning.Schatten))
            {
                double[] factors = Factors(gram, kind);
                x = Map(x, (value, row, _) => value * factors[row]);
                gram = Map(gram, (value, row, column) => value * factors[row] * factors[column]);
            }
            (double a, double b, double c) = (steps[k].A, steps[k].B, steps[k].C);
            double[,] square = Multiply(gram, gram);
            double[,] moved = Multiply(Map(gram, (value, i, j) => b * value + c * square[i, j]), x);
            double[,] before = x;
            x = Map(moved, (value, i, j) => value + a * before[i, j]);
        }
        return u.GetLength(0) > u.GetLength(1) ? Transpose(x) : x;
    }

    /// <summary>One step of SM3 on a matrix.</summary>
    public static void Sm3(double[,] w, double[,] g, double[] row, double[] column, double[,] m, Sm3 rule)
    {
        double share = rule.Beta2 == 1 ? 1 : 1 - rule.Beta2;
        double[,] n = Map(g, (value, i, j) => share * value * value + rule.Beta2 * Math.Min(row[i], column[j]));
        Array.Clear(row);
        Array.Clear(column);
        for (int i = 0; i < row.Length; i++)
            for (int j = 0; j < column.Length; j++)
            {
                row[i] = Math.Max(row[i], n[i, j]);
                column[j] = Math.Max(column[j], n[i, j]);
                double u = n[i, j] > 0 ? g[i, j] / Math.Sqrt(n[i, j] + rule.Epsilon) : 0;
                m[i, j] = rule.Momentum * m[i, j] + (1 - rule.Momentum) * u;
                w[i, j] -= rule.LearningRate.InitialValue * m[i, j];
            }
    }

    /// <summary>One step of Adafactor; <paramref name="v"/> is used where <paramref name="r"/> is null.</summary>
    public static void Adafactor(double[,] w, double[,] g, double[]? r, double[] c, double[,] v, double[,] m, int t, Adafactor rule)
    {
        (int rows, int columns) = (w.GetLength(0), w.GetLength(1));
        bool keras = rule.Convention == Convention.Keras;
        double offset = keras ? rule.Epsilon1 ?? 1e-30 : 0;
        double least = keras ? 0 : rule.Epsilon1 ?? double.BitIncrement(1) - 1;
        double share = Math.Pow(Math.Max(1, t - rule.DecayOffset), rule.Beta2Decay);
        double lr = rule.LearningRate.InitialValue;
        double size = Math.Sqrt(Sum(w, value => value * value) / w.Length);
        double factor = 1 - lr * rule.WeightDecay - rule.WeightDecayRate;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                v[i, j] = (1 - share) * v[i, j] + share * (g[i, j] * g[i, j] + offset);
        if (r is not null)
        {
            for (int i = 0; i < rows; i++)
                r[i] = (1 - share) * r[i] + share * (Enumerable.Range(0, columns).Average(j => g[i, j] * g[i, j]) + offset);
            for (int j = 0; j < columns; j++)
                c[j] = (1 - share) * c[j] + share * (Enumerable.Range(0, rows).Average(i => g[i, j] * g[i, j]) + offset);
        }
        double[,] u = Map(g, (value, i, j) => value
            / Math.Max(Math.Sqrt(r is null ? v[i, j] : r[i] * c[j] / Math.Max(r.Average(), least)), least));
        double updateSize = Math.Sqrt(Sum(u, value => value * value) / u.Length);
        double limit = rule.ClipThreshold is { } threshold ? Math.Max(1, updateSize / threshold) : 1;
        double scale = rule.MultiplyByParameterScale
            ? Math.Max(rule.Epsilon2, size * (keras && rule.WeightDecayRate == 0 ? factor : 1)) : 1;
        double rate = rule.LimitsStep ? Math.Min(lr, 1 / Math.Sqrt(t)) : lr;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                double change = rate * scale * u[i, j] / limit;
                m[i, j] = rule.Momentum * m[i, j] + (1 - rule.Momentum) * change;
                w[i, j] = factor * w[i, j] - m[i, j];
            }
    }

    public static double[,] Transpose(double[,] x)
    {
        var result = new double[x.GetLength(1), x.GetLength(0)];
        for (int i = 0; i < x.GetLength(0); i++)
            for (int j = 0; j < x.GetLength(1); j++)
                result[j, i] = x[i, j];
        return result;
    }

    public static double[,] Map(double[,] x, Func<double, int, int, double> f)
    {
        var result = new double[x.GetLength(0), x.GetLength(1)];
        for (int i = 0; i < x.GetLength(0); i++)
            for (int j = 0; j < x.GetLength(1); j++)
                result[i, j] = f(x[i, j], i, j);
        return result;
    }

    public static double Sum(double[,] x, Func<double, double> f) => x.Cast<double>().Sum(f);

    private static double[,] Map(double[,] x, Func<double, double> f) => Map(x, (value, _, _) => f(value));

    private static double[,] Multiply(double[,] x, double[,] y) => Map(new double[x.GetLength(0), y.GetLength(1)],
        (_, i, j) => Enumerable.Range(0, x.GetLength(1)).Sum(k => x[i, k] * y[k, j]));

    /// <summary>By as many steps of the power method as small matrices need.</summary>
    private static double SpectralNorm(double[,] x)
    {
        double[,] gram = Multiply(x, Transpose(x)), v = Map(new double[gram.GetLength(0), 1], (_, i, _) => Math.Sin(i + 1));
        double length = 1;
        for (int k = 0; k < 20_000; k++)
        {
            v = Multiply(gram, Map(v, value => value / length));
            length = Math.Sqrt(Sum(v, value => value * value));
        }
        return Math.Sqrt(length);
    }

    private static double[] Factors(double[,] gram, MuonPreconditioning kind)
    {
        int side = gram.GetLength(0);
        double norm = Math.Sqrt(Sum(gram, value => value * value));
        return [.. Enumerable.Range(0, side).Select(row => 1 / Math.Sqrt(Math.Max(1e-8,
            kind == MuonPreconditioning.Aol ? Enumerable.Range(0, side).Sum(j => Math.Abs(gram[row, j])) : norm)))];
    }
}
