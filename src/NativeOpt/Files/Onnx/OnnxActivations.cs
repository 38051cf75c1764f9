using NativeOpt.Interop;

namespace NativeOpt.Files;

/// <summary>Activations as operations of ONNX; those that it has no operation for are put together from several.</summary>
internal static class OnnxActivations
{
    /// <summary>Appends an activation.</summary>
    /// <returns>The name of what it gives.</returns>
    /// <exception cref="NotSupportedException">It is computed in C#.</exception>
    public static string Add(OnnxGraph graph, string x, Activation activation, Layer layer)
    {
        if (activation.CustomFunction is not null)
            throw new NotSupportedException($"layer '{layer.Name}': ONNX has no activation '{activation.Name}', which is computed in C#");
        double p = activation.KernelParameter;
        return activation.Kind switch
        {
            NoptActivation.Linear => x,
            NoptActivation.CappedRelu => Clip(graph, x, 0, p),
            NoptActivation.HardTanh => Clip(graph, x, -1, 1),
            NoptActivation.LeakyRelu => graph.Add("LeakyRelu", x, ("alpha", p)),
            NoptActivation.Elu => graph.Add("Elu", x, ("alpha", p)),
            NoptActivation.Celu => graph.Add("Celu", x, ("alpha", p)),
            NoptActivation.HardSigmoid => graph.Add("HardSigmoid", x, ("alpha", 1 / 6.0), ("beta", 0.5)),
            NoptActivation.Softmax => graph.Add("Softmax", x, ("axis", -1)),
            NoptActivation.LogSoftmax => graph.Add("LogSoftmax", x, ("axis", -1)),
            NoptActivation.SoftShrink => graph.Add("Shrink", x, ("lambd", p), ("bias", p)),
            NoptActivation.HardShrink => graph.Add("Shrink", x, ("lambd", p), ("bias", 0.0)),
            NoptActivation.LogSigmoid => graph.Add("Neg", graph.Add("Softplus", graph.Add("Neg", x))),
            _ => SimpleName(activation.Kind) is { } name ? graph.Add(name, x) : AddComposed(graph, x, activation.Kind, p),
        };
    }

    private static string? SimpleName(NoptActivation kind) => kind switch
    {
        NoptActivation.Relu => "Relu",
        NoptActivation.Selu => "Selu",
        NoptActivation.Sigmoid => "Sigmoid",
        NoptActivation.Tanh => "Tanh",
        NoptActivation.HardSilu => "HardSwish",
        NoptActivation.Softsign => "Softsign",
        NoptActivation.Exponential => "Exp",
        _ => null,
    };

    private static string AddComposed(OnnxGraph graph, string x, NoptActivation kind, double p) => kind switch
    {
        NoptActivation.Gelu => HalfOfOnePlus(graph, x, graph.Add("Erf", graph.Add("Mul", x, Math.Sqrt(0.5)))),
        NoptActivation.GeluTanh => HalfOfOnePlus(graph, x, graph.Add("Tanh", graph.Add("Mul", Cubic(graph, x), Math.Sqrt(2 / Math.PI)))),
        NoptActivation.Silu => graph.Add("Mul", [x, graph.Add("Sigmoid", Times(graph, x, p))]),
        NoptActivation.Mish => graph.Add("Mul", [x, graph.Add("Tanh", graph.Add("Softplus", x))]),
        NoptActivation.TanhShrink => graph.Add("Sub", [x, graph.Add("Tanh", x)]),
        NoptActivation.Softplus => Times(graph, graph.Add("Softplus", Times(graph, x, p)), 1 / p),
        // (x + sqrt(x^2 + b)) / 2
        NoptActivation.Squareplus => Times(
            graph, graph.Add("Add", [x, graph.Add("Sqrt", graph.Add("Add", graph.Add("Mul", [x, x]), p))]), 0.5),
        _ => throw new NotSupportedException($"ONNX has no activation '{kind}'"),
    };

    // x + 0.044715 x^3
    private static string Cubic(OnnxGraph graph, string x) =>
        graph.Add("Add", [x, Times(graph, graph.Add("Mul", [graph.Add("Mul", [x, x]), x]), 0.044715)]);

    // x (1 + y) / 2
    private static string HalfOfOnePlus(OnnxGraph graph, string x, string y) =>
        Times(graph, graph.Add("Mul", [x, graph.Add("Add", y, 1.0)]), 0.5);

    private static string Times(OnnxGraph graph, string x, double factor) => factor == 1 ? x : graph.Add("Mul", x, factor);

    private static string Clip(OnnxGraph graph, string x, double least, double most) =>
        graph.Add("Clip", [x, graph.AddNumber(least), graph.AddNumber(most)]);
}
