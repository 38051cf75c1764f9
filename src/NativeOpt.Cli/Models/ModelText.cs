using NativeOpt.Cli.Output;
using NativeOpt.Saving;

namespace NativeOpt.Cli.Models;

/// <summary>Models in words.</summary>
internal static class ModelText
{
    /// <summary>What layers take where no initializer is given.</summary>
    public const string DefaultInitializer = "glorot_uniform";

    /// <summary>One text a layer: "dense 784 -> 128, relu".</summary>
    public static IReadOnlyList<string> Layers(Sequential model) => [.. model.Layers.Select(Describe)];

    /// <summary>"784 -> 128 (relu) -> 10 (softmax)": the layers with weights of their own and what stands between them.</summary>
    public static string Short(Sequential model, string arrow = " -> ")
    {
        var parts = new List<string> { NumberText.Plain(model.Layers[0].InputColumns) };
        foreach (Layer layer in model.Layers)
        {
            if (layer is Dense dense)
                parts.Add(ActivationOf(dense) is { } activation ? $"{dense.Units} ({activation})" : $"{dense.Units}");
            else
                parts.Add(NameOf(layer));
        }
        return string.Join(arrow, parts);
    }

    /// <summary>The description that results.json has.</summary>
    public static TrainedModel Describe(Sequential model, string loss, IReadOnlyList<string> metrics) => new()
    {
        Layers = Layers(model),
        Parameters = model.TrainableParameterCount,
        Optimizer = model.Optimizer!.Rule.ToString(),
        Loss = loss,
        Metrics = metrics,
    };

    private static string Describe(Layer layer) => layer is Dense dense
        ? $"dense {dense.InputColumns} -> {dense.Units}{(ActivationOf(dense) is { } activation ? $", {activation}" : "")}"
        : NameOf(layer);

    private static Activation? ActivationOf(Dense layer) =>
        layer.Activation is { } activation && activation != Activation.Linear ? activation : null;

    private static string NameOf(Layer layer) => layer switch
    {
        ActivationLayer activation => $"{activation.Activation}",
        Dropout dropout => $"dropout {dropout.Rate}",
        _ => LayerForms.Table.Of(layer)?.Name ?? layer.GetType().Name,
    };
}
