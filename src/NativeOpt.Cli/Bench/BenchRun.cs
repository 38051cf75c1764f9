using NativeOpt.Cli.Comparison;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Bench;

/// <summary>Measures optimizer steps, dense layers and a training on both backends, which take turns.</summary>
internal sealed class BenchRun(BenchSettings settings, CancellationToken cancellation)
{
    private const int Inputs = 784, Hidden = 128, Classes = 10, Batch = 32;

    /// <summary>Rules without, with one and with two slots, and the bytes a step moves for each parameter.</summary>
    private static readonly (string Rule, int Bytes)[] Rules = [("sgd", 12), ("momentum", 20), ("adam", 28)];

    private readonly BackendTurns _turns = new(settings, cancellation);

    /// <summary>Measures everything.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public BenchResults Measure() => new()
    {
        Machine = Machine.Describe(BackendKind.Auto),
        Rounds = settings.Turns.Rounds,
        Steps = [.. Rules.SelectMany(rule => settings.Parameters.Select(count => MeasureStep(rule.Rule, rule.Bytes, count)))],
        Products = [.. settings.Layers.Select(MeasureLayer)],
        Training = MeasureTraining(),
    };

    private StepResult MeasureStep(string rule, int bytes, int count)
    {
        var weights = new float[count];
        var gradients = new float[count];
        Array.Fill(weights, 0.5f);
        Array.Fill(gradients, 0.25f);
        // With so small a rate, thousands of steps on one gradient stay in range; it does not change the work.
        OptimizerRule settled = OptimizerRule.FromName(rule) with { LearningRate = 1e-9 };
        (Sample? native, Sample managed) = _turns.Take(
            backend => new Optimizer(settled, backend), optimizer => optimizer.Step(weights, gradients));
        Measured Nanoseconds(Sample seconds) => Measured.Of(seconds.Select(value => 1e9 * value / count));
        return new StepResult
        {
            Rule = rule,
            Parameters = count,
            BytesPerParameter = bytes,
            Native = native is null ? null : Nanoseconds(native),
            Managed = Nanoseconds(managed),
        };
    }

    private ProductResult MeasureLayer((int Batch, int Inputs, int Outputs) layer)
    {
        (Sample? native, Sample managed) = _turns.Take(
            backend => new DensePass(backend, layer, NoptActivation.Linear, backward: false), pass => pass.Run());
        double operations = 2.0 * layer.Batch * layer.Inputs * layer.Outputs;
        return new ProductResult
        {
            Batch = layer.Batch,
            Inputs = layer.Inputs,
            Outputs = layer.Outputs,
            Native = native is null ? null : Rate(native, 1e-9 * operations),
            Managed = Rate(managed, 1e-9 * operations),
        };
    }

    private TrainingResult MeasureTraining()
    {
        var random = new Random(1);
        var pictures = new byte[settings.Rows * Inputs];
        random.NextBytes(pictures);
        int[] labels = [.. Enumerable.Range(0, settings.Rows).Select(_ => random.Next(Classes))];
        var data = new InMemoryDataset(new Features(pictures, 1f / 255, settings.Rows, Inputs), labels);
        (Sample? native, Sample managed) = _turns.Take(CreateModel, model => model.Fit(data, epochs: 1, batchSize: Batch));
        return new TrainingResult
        {
            Network = $"{Inputs}-{Hidden}-{Classes}, batch {Batch}, adam",
            Rows = settings.Rows,
            Native = native is null ? null : Rate(native, settings.Rows),
            Managed = Rate(managed, settings.Rows),
        };
    }

    private static Sequential CreateModel(BackendKind backend)
    {
        var model = new Sequential(seed: 1)
        {
            new Dense(Hidden, "relu", inputShape: Inputs),
            new Dense(Classes, "softmax"),
        };
        model.Compile(new Adam(), "sparse_categorical_crossentropy", backend: backend);
        return model;
    }

    private static Measured Rate(Sample seconds, double work) => Measured.Of(seconds.Select(value => work / value));
}
