using NativeOpt.Interop;

namespace NativeOpt.Saving;

/// <summary>The layers that can be written down.</summary>
internal static class LayerForms
{
    /// <summary>Those of this library, and those that were registered.</summary>
    public static FormTable<Layer> Table { get; } = new(
        "layer",
        ObjectForm<Layer>.Create("dense", ReadDense, layer => layer.GetSettings()),
        Noise("dropout", "rate", (rate, seed) => new Dropout(rate, seed), layer => layer.Rate),
        Noise("alpha_dropout", "rate", (rate, seed) => new AlphaDropout(rate, seed), layer => layer.Rate),
        Noise("gaussian_dropout", "rate", (rate, seed) => new GaussianDropout(rate, seed), layer => layer.Rate),
        Noise("gaussian_noise", "stddev", (stddev, seed) => new GaussianNoise(stddev, seed), layer => layer.Stddev),
        ObjectForm<Layer>.Create("batch_normalization", ReadBatchNormalization, layer => layer.GetSettings()),
        ObjectForm<Layer>.Create("layer_normalization", ReadLayerNormalization, layer => layer.GetSettings()),
        ObjectForm<Layer>.Create("rms_normalization", ReadRmsNormalization, layer => layer.GetSettings()),
        ObjectForm<Layer>.Create("rescaling", s => new Rescaling(s.Number("scale"), s.Number("offset", 0)),
            layer => new ScheduleSettings { ["scale"] = layer.Scale }.With("offset", layer.Offset, 0.0)),
        ObjectForm<Layer>.Create("embedding", ReadEmbedding, layer => layer.GetSettings()),
        ObjectForm<Layer>.Create("p_re_lu", ReadPReLU, layer => layer.GetSettings()),
        ObjectForm<Layer>.Create("activation", s => new ActivationLayer(s.OptionalWord("activation") ?? "linear"),
            layer => new ScheduleSettings { ["activation"] = ModelFormat.TextOf(layer.Activation) }),
        ObjectForm<Layer>.Create("re_lu", s => new ReLU(s.OptionalNumber("max_value"), s.Number("negative_slope", 0)), WriteReLU),
        ObjectForm<Layer>.Create("leaky_re_lu", s => new LeakyReLU(s.Number("negative_slope")),
            layer => new ScheduleSettings { ["negative_slope"] = layer.Activation.KernelParameter }),
        ObjectForm<Layer>.Create("elu", s => new ELU(s.Number("alpha")),
            layer => new ScheduleSettings { ["alpha"] = layer.Activation.KernelParameter }),
        ObjectForm<Layer>.Create("softmax", _ => new Softmax(), _ => new ScheduleSettings()));

    private static Dense ReadDense(ScheduleSettings s) => new(
        s.Size("units"), s.OptionalWord("activation") is { } activation ? Activation.FromName(activation) : null,
        s.OptionalSize("input_shape"), s.Flag("use_bias", true), s.Initializer("kernel_initializer"), s.Initializer("bias_initializer"),
        s.Regularizer("kernel_regularizer"), s.Regularizer("bias_regularizer"), activityRegularizer: null,
        s.Constraint("kernel_constraint"), s.Constraint("bias_constraint"));

    private static PReLU ReadPReLU(ScheduleSettings s) => new(
        s.Initializer("alpha_initializer"), s.Flag("shared"), s.Regularizer("alpha_regularizer"), s.Constraint("alpha_constraint"));

    private static ScheduleSettings WriteReLU(ReLU layer) => layer.Activation.Kind switch
    {
        NoptActivation.CappedRelu => new ScheduleSettings { ["max_value"] = layer.Activation.KernelParameter },
        NoptActivation.LeakyRelu => new ScheduleSettings { ["negative_slope"] = layer.Activation.KernelParameter },
        _ => new ScheduleSettings(),
    };

    private static Embedding ReadEmbedding(ScheduleSettings s) => new(
        s.Size("input_dim"), s.Size("output_dim"), s.OptionalSize("input_shape"), s.Initializer("embeddings_initializer"),
        s.Regularizer("embeddings_regularizer"), s.Constraint("embeddings_constraint"));

    private static BatchNormalization ReadBatchNormalization(ScheduleSettings s) => new(
        s.OptionalNumber("momentum"), s.OptionalNumber("epsilon"), s.Flag("center", true), s.Flag("scale", true),
        s.Initializer("beta_initializer"), s.Initializer("gamma_initializer"), s.Initializer("moving_mean_initializer"),
        s.Initializer("moving_variance_initializer"), s.Regularizer("beta_regularizer"), s.Regularizer("gamma_regularizer"),
        s.Constraint("beta_constraint"), s.Constraint("gamma_constraint"), s.Choice("convention", Convention.Keras));

    private static LayerNormalization ReadLayerNormalization(ScheduleSettings s) => new(
        s.OptionalNumber("epsilon"), s.Flag("center", true), s.Flag("scale", true), s.Initializer("beta_initializer"),
        s.Initializer("gamma_initializer"), s.Regularizer("beta_regularizer"), s.Regularizer("gamma_regularizer"),
        s.Constraint("beta_constraint"), s.Constraint("gamma_constraint"), s.Choice("convention", Convention.Keras));

    private static RMSNormalization ReadRmsNormalization(ScheduleSettings s) =>
        new(s.OptionalNumber("epsilon"), s.Initializer("scale_initializer"), s.Choice("convention", Convention.Keras));

    private static ObjectForm<Layer> Noise<TLayer>(
        string name, string setting, Func<ScheduledValue, long?, TLayer> create, Func<TLayer, ScheduledValue> value)
        where TLayer : RandomLayer => ObjectForm<Layer>.Create(
            name,
            settings => create(settings.Scheduled(setting), settings.OptionalWhole("seed")),
            layer => new ScheduleSettings { [setting] = value(layer).Schedule is { } schedule ? schedule : value(layer).InitialValue }
                .With("seed", layer.Seed));
}
