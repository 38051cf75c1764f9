using NativeOpt.Text;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Which loss a case is about: the files say it in its name, "loss.sparse_categorical_ce_sum".</summary>
/// <param name="Loss">The loss.</param>
/// <param name="FromLogits">Whether predictions are before the last activation.</param>
/// <param name="IsSum">Whether elements are summed instead of averaged.</param>
internal sealed record LossCase(Loss Loss, bool FromLogits, bool IsSum)
{
    private const string Prefix = "loss.";

    private static readonly (string Name, Loss Loss)[] Known =
    [
        ("mse", new MeanSquaredError()),
        ("bce", new BinaryCrossentropy()),
        ("categorical_ce", new CategoricalCrossentropy()),
        ("sparse_categorical_ce", new SparseCategoricalCrossentropy()),
    ];

    /// <summary>Reads a case; the hyper-parameters it takes count as understood.</summary>
    /// <exception cref="ReplayException">The loss is unknown.</exception>
    public static LossCase Read(ReplayRun run)
    {
        string name = run.Fields.Text("loss", run.Case.Name);
        name = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        Loss loss = Known.Where(known => IsVariantOf(name, known.Name)).OrderByDescending(known => known.Name.Length).FirstOrDefault().Loss
            ?? throw new ReplayException(NearestName.Explain("loss", name, [.. Known.Select(known => known.Name)]));
        return new LossCase(loss, run.Hyper.Flag("from_logits", false), ReadReduction(run.Hyper));
    }

    /// <summary>What turns the sum over rows into the value: a row of an elementwise loss is a mean already.</summary>
    public double Scale(int rows, int columns) => !IsSum ? 1.0 / rows : Loss is MeanSquaredError or BinaryCrossentropy ? columns : 1;

    // "mean over all elements", "mean over rows": the same for rows of one length.
    private static bool ReadReduction(Fields hyper) => hyper.Text("reduction", "mean") switch
    {
        "sum" => true,
        "sum_over_batch_size" => false,
        var text when text.StartsWith("mean", StringComparison.Ordinal) => false,
        var other => throw new ReplayException($"unknown reduction '{other}'. Known: mean, sum, sum_over_batch_size"),
    };

    private static bool IsVariantOf(string name, string known) =>
        name.StartsWith(known, StringComparison.Ordinal) && (name.Length == known.Length || name[known.Length] is '_' or '.');
}
