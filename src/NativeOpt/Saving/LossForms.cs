using NativeOpt.Losses;

namespace NativeOpt.Saving;

/// <summary>The losses of this library with their settings. The reduction, which all have, is written beside them.</summary>
internal static class LossForms
{
    /// <summary>By the names of the losses.</summary>
    public static FormTable<Loss> Table { get; } = new(
        "loss",
        Plain<MeanSquaredError>("mean_squared_error"),
        Plain<MeanAbsoluteError>("mean_absolute_error"),
        Plain<LogCosh>("log_cosh"),
        Plain<Hinge>("hinge"),
        Plain<SquaredHinge>("squared_hinge"),
        Plain<CategoricalHinge>("categorical_hinge"),
        Form("mean_absolute_percentage_error", s => new MeanAbsolutePercentageError { Epsilon = s.Number("epsilon", 1e-7) },
            loss => Epsilon(loss.Epsilon)),
        Form("mean_squared_logarithmic_error", s => new MeanSquaredLogarithmicError { Epsilon = s.Number("epsilon", 1e-7) },
            loss => Epsilon(loss.Epsilon)),
        Form("cosine_similarity", s => new CosineSimilarity { Epsilon = s.Number("epsilon", 1e-7) }, loss => Epsilon(loss.Epsilon)),
        Form("dice", s => new Dice { Epsilon = s.Number("epsilon", 1e-7), PerRow = s.Flag("per_row") },
            loss => Epsilon(loss.Epsilon).With("per_row", loss.PerRow, false)),
        Form("tversky", ReadTversky, loss => Epsilon(loss.Epsilon).With("alpha", loss.Alpha, 0.5).With("beta", loss.Beta, 0.5)
            .With("per_row", loss.PerRow, false)),
        Form("huber", s => new Huber { Delta = s.Number("delta", 1) }, loss => None.With("delta", loss.Delta, 1.0)),
        Form("smooth_l1", s => new SmoothL1 { Beta = s.Number("beta", 1) }, loss => None.With("beta", loss.Beta, 1.0)),
        Form("poisson", s => new Poisson { LogInput = s.Flag("log_input"), Full = s.Flag("full"), Epsilon = s.Number("epsilon", 1e-7) },
            loss => Epsilon(loss.Epsilon).With("log_input", loss.LogInput, false).With("full", loss.Full, false)),
        Form("kl_divergence",
            s => new KLDivergence
            {
                LogInput = s.Flag("log_input"),
                LogTargets = s.Flag("log_targets"),
                Epsilon = s.Number("epsilon", 1e-7),
            },
            loss => Epsilon(loss.Epsilon).With("log_input", loss.LogInput, false).With("log_targets", loss.LogTargets, false)),
        Form("binary_crossentropy", ReadBinary, loss => Smoothed(loss.FromLogits, loss.LabelSmoothing)
            .With("convention", loss.Convention, Convention.Keras)),
        Form("categorical_crossentropy", ReadCategorical, loss => Smoothed(loss.FromLogits, loss.LabelSmoothing)
            .With("class_weights", loss.ClassWeights).With("convention", loss.Convention, Convention.Keras)),
        Form("sparse_categorical_crossentropy", ReadSparse, loss => Smoothed(loss.FromLogits, loss.LabelSmoothing)
            .With("class_weights", loss.ClassWeights).With("ignore_class", loss.IgnoreClass)
            .With("convention", loss.Convention, Convention.Keras)),
        Form("binary_focal_crossentropy", ReadBinaryFocal, loss => Smoothed(loss.FromLogits, loss.LabelSmoothing)
            .With("gamma", loss.Gamma, 2.0).With("alpha", loss.Alpha, 0.25).With("apply_class_balancing", loss.ApplyClassBalancing, false)),
        Form("categorical_focal_crossentropy", ReadCategoricalFocal, loss => Smoothed(loss.FromLogits, loss.LabelSmoothing)
            .With("gamma", loss.Gamma, 2.0).With("alpha", loss.Alpha, 0.25).With("class_weights", loss.ClassWeights)));

    private static ScheduleSettings None => new();

    private static ObjectForm<Loss> Form<TLoss>(string name, Func<ScheduleSettings, TLoss> read, Func<TLoss, ScheduleSettings> write)
        where TLoss : Loss => ObjectForm<Loss>.Create(name, read, write);

    private static ObjectForm<Loss> Plain<TLoss>(string name) where TLoss : Loss, new() => Form(name, _ => new TLoss(), _ => None);

    private static ScheduleSettings Epsilon(double epsilon) => None.With("epsilon", epsilon, 1e-7);

    private static ScheduleSettings Smoothed(bool fromLogits, double smoothing) =>
        None.With("from_logits", fromLogits, false).With("label_smoothing", smoothing, 0.0);

    private static Tversky ReadTversky(ScheduleSettings s) => new()
    {
        Alpha = s.Number("alpha", 0.5),
        Beta = s.Number("beta", 0.5),
        Epsilon = s.Number("epsilon", 1e-7),
        PerRow = s.Flag("per_row"),
    };

    private static BinaryCrossentropy ReadBinary(ScheduleSettings s) => new()
    {
        FromLogits = s.Flag("from_logits"),
        LabelSmoothing = s.Number("label_smoothing", 0),
        Convention = s.Choice("convention", Convention.Keras),
    };

    private static CategoricalCrossentropy ReadCategorical(ScheduleSettings s) => new()
    {
        FromLogits = s.Flag("from_logits"),
        LabelSmoothing = s.Number("label_smoothing", 0),
        ClassWeights = s.OptionalNumbers("class_weights"),
        Convention = s.Choice("convention", Convention.Keras),
    };

    private static SparseCategoricalCrossentropy ReadSparse(ScheduleSettings s) => new()
    {
        FromLogits = s.Flag("from_logits"),
        LabelSmoothing = s.Number("label_smoothing", 0),
        ClassWeights = s.OptionalNumbers("class_weights"),
        IgnoreClass = s.OptionalSize("ignore_class"),
        Convention = s.Choice("convention", Convention.Keras),
    };

    private static BinaryFocalCrossentropy ReadBinaryFocal(ScheduleSettings s) => new()
    {
        FromLogits = s.Flag("from_logits"),
        LabelSmoothing = s.Number("label_smoothing", 0),
        Gamma = s.Number("gamma", 2),
        Alpha = s.Number("alpha", 0.25),
        ApplyClassBalancing = s.Flag("apply_class_balancing"),
    };

    private static CategoricalFocalCrossentropy ReadCategoricalFocal(ScheduleSettings s) => new()
    {
        FromLogits = s.Flag("from_logits"),
        LabelSmoothing = s.Number("label_smoothing", 0),
        Gamma = s.Number("gamma", 2),
        Alpha = s.Number("alpha", 0.25),
        ClassWeights = s.OptionalNumbers("class_weights"),
    };
}
