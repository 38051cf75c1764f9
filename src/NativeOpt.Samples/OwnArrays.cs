namespace NativeOpt.Samples;

/// <summary>
/// An optimizer without a model: it updates arrays that the program owns, with gradients that the program computes. Here the coefficients
/// of a parabola are fitted to points.
/// </summary>
public static class OwnArrays
{
    /// <returns>The largest error of a coefficient.</returns>
    public static double Run(TextWriter output)
    {
        float[] wanted = [0.5f, -2, 3];
        float[] weights = new float[3], gradients = new float[3];
        using var optimizer = new Optimizer(new Adam { LearningRate = new ExponentialDecay(0.1, decaySteps: 200, decayRate: 0.5) });

        for (int step = 0; step < 2000; step++)
        {
            double loss = LossAndGradient(weights, wanted, gradients);
            optimizer.Step(weights, gradients);
            if (step % 500 == 0)
                output.WriteLine($"step {step}: loss {loss:G4}, rate {optimizer.LearningRate:G3}");
        }
        output.WriteLine($"found {weights[0]:F3} x^2 + {weights[1]:F3} x + {weights[2]:F3}");
        return weights.Zip(wanted, (found, real) => Math.Abs(found - real)).Max();
    }

    // Mean squared distance of two parabolas at 21 points from -1 to 1, and its derivative by the coefficients.
    private static double LossAndGradient(float[] weights, float[] wanted, float[] gradients)
    {
        const int points = 21;
        double loss = 0;
        Array.Clear(gradients);
        for (int i = 0; i < points; i++)
        {
            float x = 2f * i / (points - 1) - 1;
            float[] powers = [x * x, x, 1];
            float error = 0;
            for (int k = 0; k < powers.Length; k++)
                error += (weights[k] - wanted[k]) * powers[k];
            for (int k = 0; k < powers.Length; k++)
                gradients[k] += 2 * error * powers[k] / points;
            loss += error * error / points;
        }
        return loss;
    }
}
