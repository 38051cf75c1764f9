namespace NativeOpt.Samples;

/// <summary>Numbers from numbers: a network learns y = sin(x1) + x2^2 / 4 from noisy points.</summary>
public static class Regression
{
    /// <returns>Mean absolute error on points that were not trained on.</returns>
    public static double Run(TextWriter output)
    {
        var (x, y) = MakePoints(count: 2000, noise: 0.05, seed: 1);
        var (xTrain, xTest, yTrain, yTest) = TrainTestSplit.Of(x, y, testSize: 0.2, seed: 1);

        // Inputs of mean 0 and deviation 1 train best; the scaler has seen only rows to train on.
        var scaler = new StandardScaler();
        xTrain = scaler.FitTransform(xTrain);
        xTest = scaler.Transform(xTest);

        using var model = new Sequential(seed: 1)
        {
            new Dense(32, "tanh", inputShape: 2),
            new Dense(32, "tanh"),
            new Dense(1),
        };
        model.Compile(new Adam { LearningRate = new CosineDecay(0.01, decaySteps: 1500) }, "mse", metrics: ["mae"]);
        model.Fit(xTrain, yTrain, epochs: 30, batchSize: 32);

        double error = model.Evaluate(xTest, yTest).Logs["mae"];
        output.WriteLine(model.Summary());
        output.WriteLine($"mean absolute error on new points: {error:F3} (the noise alone is 0.04)");
        return error;
    }

    private static (float[,] X, float[] Y) MakePoints(int count, double noise, int seed)
    {
        var random = new Random(seed);
        var x = new float[count, 2];
        var y = new float[count];
        for (int i = 0; i < count; i++)
        {
            (double a, double b) = (random.NextDouble() * 6 - 3, random.NextDouble() * 4 - 2);
            (x[i, 0], x[i, 1]) = ((float)a, (float)b);
            double deviate = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            y[i] = (float)(Math.Sin(a) + b * b / 4 + noise * deviate);
        }
        return (x, y);
    }
}
