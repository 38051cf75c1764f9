using NativeOpt.Cli.Replay.Training;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>A whole training run of PyTorch: the loss of every batch, loss and accuracy after each epoch, and the last weights.</summary>
internal sealed class TrainingKind : IReplayKind
{
    /// <summary>The file has accuracies with six digits.</summary>
    private const double AccuracyTolerance = 1e-6;

    /// <summary>Row of the first kernel that the schema records.</summary>
    private const int RecordedRow = 2;

    /// <inheritdoc/>
    public string Name => "training";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        if (run.Fields.Flag("shuffle", false))
            throw new ReplayException("shuffle is true; the order of another library's rows cannot be replayed");
        run.Fields.Ignore("meaning");
        var recipe = new TrainingRecipe(run);
        InMemoryDataset data = ReadData(run);
        using Sequential model = recipe.Build(run.Target);
        model.Compile(recipe.Rule, new SparseCategoricalCrossentropy(), ["accuracy"], run.Target.Open());
        int epochs = Positive(run.Fields, "epochs"), batch = Positive(run.Fields, "batch");
        var recorder = new LossRecorder(model, recipe, data, batch);
        model.Fit(
            data, epochs: epochs, batchSize: batch, shuffle: false, callbacks: [recorder], cancellationToken: run.Options.Cancellation);
        Compare(run, recipe, model, recorder);
    }

    private static void Compare(ReplayRun run, TrainingRecipe recipe, Sequential model, LossRecorder recorder)
    {
        run.Fields.Ignore("f32_vs_f64_batch_loss_max_diff");
        Compare(run, "batch_loss", recorder.BatchLosses);
        Compare(run, "epoch_eval_loss", recorder.EvaluationLosses);
        Compare(run, "epoch_eval_accuracy", recorder.EvaluationAccuracies, AccuracyTolerance);
        int units = recipe.UnitsOf(0);
        Compare(run, "final_bias_last_layer", TrainingRecipe.BiasOf(model, recipe.LayerCount - 1));
        Compare(run, "final_W0_first_row", TrainingRecipe.KernelOf(model, 0)[(RecordedRow * units)..((RecordedRow + 1) * units)]);
        Compare(run, "final_weight_norms", [.. Enumerable.Range(0, recipe.LayerCount)
            .Select(layer => Math.Sqrt(TrainingRecipe.KernelOf(model, layer).Sum(w => w * w)))]);
    }

    /// <summary>
    /// Compares a series in the precision of the run. Floats may drift as the other library's own floats did; where those drifted far
    /// (biases in front of a batch normalization follow nothing but rounding, and its moving mean follows them), they are left out.
    /// </summary>
    private static void Compare(ReplayRun run, string name, IReadOnlyList<double> actual, double digits = 0)
    {
        double[] floats = run.Expected.Object("float32").Numbers(name), doubles = run.Expected.Object("float64").Numbers(name);
        if (run.Target.IsDouble)
            run.Checks.Add(doubles, [.. actual], Math.Max(Tolerances.Float64, digits), $"float64.{name}");
        else if (Tolerances.ForStep(run.Target, DriftOf(floats, doubles), isChaotic: true) is { } limit)
            run.Checks.Add(floats, [.. actual], Math.Max(limit, digits), $"float32.{name}");
        else
            run.Checks.LeaveOut(floats.Length);
    }

    private static double DriftOf(double[] floats, double[] doubles) => floats.Length == doubles.Length
        ? floats.Zip(doubles, (a, b) => Math.Abs(a - b) / Math.Max(Math.Abs(b), 1)).Max()
        : throw new ReplayException($"expected has {floats.Length} numbers in float32 and {doubles.Length} in float64");

    private static InMemoryDataset ReadData(ReplayRun run)
    {
        Fields data = run.Fields.Object("data");
        TabularFile table = TabularFile.Load(run, data.Text("csv"));
        if (data.Has("rows"))
        {
            int[] rows = data.Integers("rows");
            table = rows.Length == 2
                ? table.Slice(rows[0], rows[1])
                : throw new ReplayException($"data.rows has {rows.Length} numbers, not 2");
        }
        double divisor = data.Number("divide_features_by", 1);
        float[][] x = table.WithFeatures(row => [.. row.Select(value => value / divisor)]).FloatFeatures();
        return new InMemoryDataset(x, Array.ConvertAll(table.Targets, target => (int)target));
    }

    private static int Positive(Fields fields, string name)
    {
        long value = fields.Whole(name);
        return value is >= 1 and <= int.MaxValue ? (int)value : throw new ReplayException($"{name} is {value}; it must be at least 1");
    }
}
