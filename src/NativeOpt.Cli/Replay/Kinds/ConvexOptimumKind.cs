using NativeOpt.Cli.Replay.Tensors;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>The exact optimum of a penalized linear model, which training on all rows at once must reach.</summary>
internal sealed class ConvexOptimumKind : IReplayKind
{
    private const string Ridge = "mean((Zw+b-y)^2) + l2*sum(w^2)";
    private const string Softmax = "mean softmax cross-entropy(ZW+b) + l2*sum(W^2)";
    private const string Preprocessing = "z-score each feature with population std";

    /// <summary>Steps of Nesterov's momentum, many times what the worst of the condition numbers asks for.</summary>
    private const int Steps = 6000;

    /// <summary>
    /// The objective is flat at its optimum, and features are floats. Weights follow with the root of what is left of the objective.
    /// </summary>
    private const double ObjectiveTolerance = 2e-6, WeightTolerance = 1e-3;

    /// <inheritdoc/>
    public string Name => "convex_optimum";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        string objective = run.Fields.Text("objective");
        bool isRidge = objective.StartsWith(Ridge, StringComparison.Ordinal);
        if (!isRidge && !objective.StartsWith(Softmax, StringComparison.Ordinal))
            throw new ReplayException($"objective is '{objective}'. Known: {Ridge}; {Softmax}");
        double l2 = run.Hyper.Number("l2", 0);
        (InMemoryDataset data, int columns) = ReadData(run, isRidge);
        int outputs = isRidge ? 1 : (int)run.Hyper.Whole("classes");
        using var model = new Sequential(run.Target.Dtype);
        model.Add(new Dense(outputs, isRidge ? Activation.Linear : Activation.Softmax, inputShape: columns,
            kernelInitializer: "zeros", kernelRegularizer: l2 > 0 ? new L2(l2) : null, name: "layer"));
        model.Compile(RuleFor(columns, l2), isRidge ? new MeanSquaredError() : new SparseCategoricalCrossentropy(),
            isRidge ? [] : ["accuracy"], run.Target.Open());
        model.Fit(data, epochs: Steps, batchSize: data.Count, shuffle: false, cancellationToken: run.Options.Cancellation);
        Compare(run, model, model.Evaluate(data), l2, outputs);
    }

    private static void Compare(ReplayRun run, Sequential model, EvaluationResult result, double l2, int outputs)
    {
        double[] w = ModelWeights.Read(model, "layer/kernel"), b = ModelWeights.Read(model, "layer/bias");
        // The classes' biases are determined but for a constant; the file has those of sum 0.
        double mean = outputs > 1 ? b.Average() : 0;
        run.Expected.Ignore("max_abs_gradient_at_solution");
        Check("objective", [result.Loss], ObjectiveTolerance);
        Check("data_loss", [result.Loss - l2 * w.Sum(x => x * x)], WeightTolerance);
        Check(outputs > 1 ? "W" : "w", w, WeightTolerance);
        Check("b", [.. b.Select(x => x - mean)], WeightTolerance);
        if (run.Expected.Has("accuracy"))
            Check("accuracy", [result.Accuracy ?? double.NaN], WeightTolerance);

        void Check(string name, double[] actual, double tolerance) => run.Checks.Add(run.Expected.Numbers(name), actual, tolerance, name);
    }

    private static (InMemoryDataset Data, int Columns) ReadData(ReplayRun run, bool isRidge)
    {
        Fields fields = run.Fields.Object("data");
        TabularFile table = TabularFile.Load(run, fields.Text("csv"));
        if (fields.Text("preprocess", Preprocessing) is var text && text != Preprocessing)
            throw new ReplayException($"data.preprocess is '{text}'. Known: {Preprocessing}");
        float[][] x = table.Standardized().FloatFeatures();
        var data = isRidge
            ? new InMemoryDataset(x, (float[][])[.. table.Targets.Select(target => new[] { (float)target })])
            : new InMemoryDataset(x, Array.ConvertAll(table.Targets, target => (int)target));
        return (data, x[0].Length);
    }

    /// <summary>
    /// Nesterov's method for a curvature between 2 l2 and that of the trace: standardized features have one of 1 each, the bias too.
    /// </summary>
    private static Sgd RuleFor(int columns, double l2)
    {
        double largest = 2 * (columns + 1) + 2 * l2;
        double root = Math.Sqrt(Math.Max(2 * l2, 1e-3) / largest);
        return new Sgd { LearningRate = 1 / largest, Momentum = (1 - root) / (1 + root), Nesterov = true };
    }
}
