namespace NativeOpt.Cli.Tutorial.Trials;

/// <summary>Trains a network once.</summary>
internal static class Trial
{
    /// <summary>Rows that are evaluated together.</summary>
    private const int TestBatchSize = 256;

    /// <summary>Does what the plan says.</summary>
    /// <exception cref="OperationCanceledException">It was asked for.</exception>
    public static TrialResult Run(TrialPlan plan, CancellationToken cancellation) => Run(plan, _ => 0, cancellation).Result;

    /// <summary>Does what the plan says, and looks at the model before it is closed.</summary>
    public static (TrialResult Result, T Look) Run<T>(TrialPlan plan, Func<Sequential, T> look, CancellationToken cancellation)
    {
        using var model = new Sequential(plan.Seed, plan.Layers());
        model.Compile(plan.Rule, plan.Loss, ["accuracy"], plan.Backend);
        var rates = new List<double>();
        var noteRate = new LambdaCallback(onEpochBegin: _ => rates.Add(model.Optimizer!.LearningRate));
        History history = model.Fit(plan.Train, plan.Epochs, plan.BatchSize, validationData: plan.Validation, seed: plan.Seed,
            callbacks: [.. plan.Callbacks, noteRate], validationBatchSize: TestBatchSize, cancellationToken: cancellation);
        cancellation.ThrowIfCancellationRequested();
        EvaluationResult test = model.Evaluate(plan.Test, TestBatchSize);
        var result = new TrialResult
        {
            Label = plan.Label,
            Seed = plan.Seed,
            BatchSize = plan.BatchSize,
            Epochs = [.. history.Epochs.Select((epoch, i) => new TrialEpoch(
                epoch.Epoch, epoch.Loss, epoch.Accuracy ?? double.NaN, epoch.ValidationLoss ?? double.NaN,
                epoch.ValidationAccuracy ?? double.NaN, rates[i], epoch.Seconds))],
            TestLoss = test.Loss,
            TestAccuracy = test.Accuracy ?? double.NaN,
        };
        return (result, look(model));
    }
}
