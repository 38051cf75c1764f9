namespace NativeOpt.Cli.Tutorial.Batches;

/// <summary>How far the gradient of a batch is from the gradient of all rows, before training and after it.</summary>
/// <param name="Start">At the first weights.</param>
/// <param name="End">At the weights after training with batches of 32.</param>
internal sealed record GradientNoise(NoiseCurve Start, NoiseCurve End)
{
    private static readonly int[] Sizes = [1, 4, 16, 32, 64, 256];

    /// <summary>Measures with rows drawn at random; nothing is trained.</summary>
    /// <param name="create">Makes the compiled model with its first weights.</param>
    /// <param name="trained">Weights after training.</param>
    /// <param name="data">The rows.</param>
    /// <param name="batches">Batches of each size.</param>
    /// <param name="seed">Decides which rows are drawn.</param>
    /// <param name="cancellation">Ends it.</param>
    public static GradientNoise Measure(
        Func<Sequential> create, IReadOnlyList<float[,]> trained, InMemoryDataset data, int batches, int seed,
        CancellationToken cancellation)
    {
        using Sequential model = create();
        model.Build(data.InputColumns);
        NoiseCurve start = Curve(model, data, batches, seed, cancellation);
        model.SetWeights(trained);
        return new GradientNoise(start, Curve(model, data, batches, seed, cancellation));
    }

    /// <summary>The noise of a batch size: sqrt(mean |g(batch) - g|^2) / |g|, where g is the gradient of all rows.</summary>
    private static NoiseCurve Curve(Sequential model, InMemoryDataset data, int batches, int seed, CancellationToken cancellation)
    {
        float[] whole = Gradient(model, data, [.. Enumerable.Range(0, data.Count)]);
        double norm = Math.Sqrt(Squares(whole, new float[whole.Length]));
        var random = new Random(seed);
        var noise = new List<double>();
        foreach (int size in Sizes)
        {
            double sum = 0;
            for (int batch = 0; batch < batches; batch++)
            {
                cancellation.ThrowIfCancellationRequested();
                int[] rows = new int[size];
                for (int i = 0; i < size; i++)
                    rows[i] = random.Next(data.Count);
                sum += Squares(Gradient(model, data, rows), whole);
            }
            noise.Add(Math.Sqrt(sum / batches) / norm);
        }
        return new NoiseCurve([.. Sizes.Select(size => (double)size)], noise);
    }

    private static float[] Gradient(Sequential model, InMemoryDataset data, int[] rows)
    {
        model.ZeroGradients();
        model.Forward(data.X.SelectRows(rows));
        model.Backward(data.Y.SelectRows(rows));
        return [.. model.ParameterNames.SelectMany(name => model.GetGradients(name).Cast<float>())];
    }

    private static double Squares(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return sum;
    }
}

/// <summary>The noise over the batch size.</summary>
/// <param name="Sizes">Ascending.</param>
/// <param name="Noise">As multiples of the length of the whole gradient.</param>
internal sealed record NoiseCurve(IReadOnlyList<double> Sizes, IReadOnlyList<double> Noise)
{
    /// <summary>The exponent p of noise = c * size^p, by least squares of the logarithms; independent rows give -0.5.</summary>
    public double Slope
    {
        get
        {
            double[] x = [.. Sizes.Select(size => Math.Log(size))], y = [.. Noise.Select(noise => Math.Log(noise))];
            double meanX = x.Average(), meanY = y.Average();
            return x.Zip(y).Sum(p => (p.First - meanX) * (p.Second - meanY)) / x.Sum(v => (v - meanX) * (v - meanX));
        }
    }

    /// <summary>The noise at a size that was measured.</summary>
    public double At(int size) => Noise[Sizes.ToList().IndexOf(size)];
}
