namespace NativeOpt.Tests.Optimizers.Convergence;

/// <summary>A rule at work on a problem.</summary>
internal static class ConvergenceRun
{
    /// <summary>The value after a number of steps, at the weights that the rule evaluates with.</summary>
    /// <param name="problem">What is minimised.</param>
    /// <param name="optimizer">Fresh; the run registers the parameter "w".</param>
    /// <param name="steps">How many.</param>
    /// <param name="sign">1, or -1 for a rule with a wrong sign: it sees the gradient negated.</param>
    public static double ValueAfter(ConvergenceProblem problem, Optimizer optimizer, int steps, int sign)
    {
        optimizer.Register("w", problem.Shape);
        float[] w = [.. problem.Start], gradient = new float[w.Length];
        for (int i = 0; i < steps; i++)
        {
            problem.Gradient(w, gradient);
            if (sign < 0)
                for (int k = 0; k < gradient.Length; k++)
                    gradient[k] = -gradient[k];
            optimizer.Step(w, gradient);
        }
        optimizer.GetEvaluationWeights("w", w, w);
        return problem.Value(w);
    }
}
