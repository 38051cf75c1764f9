namespace NativeOpt.Tests.Files.Onnx;

/// <summary>The operations of ONNX that a model of dense layers has.</summary>
internal static class OnnxOperations
{
    public static OnnxValue Run(string operation, OnnxValue[] inputs, OnnxInterpreter.Attributes settings)
    {
        OnnxValue x = inputs[0];
        return operation switch
        {
            "Identity" => x,
            "Gemm" => x.Product(inputs[1]).Combine(inputs[2], (a, b) => a + b),
            "MatMul" => x.Product(inputs[1]),
            "Add" => x.Combine(inputs[1], (a, b) => a + b),
            "Sub" => x.Combine(inputs[1], (a, b) => a - b),
            "Mul" => x.Combine(inputs[1], (a, b) => a * b),
            "Div" => x.Combine(inputs[1], (a, b) => a / b),
            "PRelu" => x.Combine(inputs[1], (a, slope) => a < 0 ? slope * a : a),
            "Clip" => x.Combine(inputs[1], Math.Max).Combine(inputs[2], Math.Min),
            "Softmax" => x.MapRows(Softmax),
            "LogSoftmax" => x.MapRows(row => Softmax(row).Select(value => Math.Log(value))),
            "ReduceMean" => ReduceMean(x, settings),
            "BatchNormalization" => Normalize(x, inputs, settings.Single("epsilon")),
            "LayerNormalization" => NormalizeRows(x, settings).Combine(inputs[1], (a, b) => a * b).Combine(inputs[2], (a, b) => a + b),
            "Cast" => settings.Whole("to") == 7 ? x.Map(Math.Truncate) : throw new NotSupportedException("Cast"),
            "Gather" => Gather(x, inputs[1], settings),
            "Reshape" => new OnnxValue([x.Data.Length / (int)inputs[1].Data[1], (int)inputs[1].Data[1]], x.Data),
            _ => x.Map(ElementWise(operation, settings)),
        };
    }

    private static Func<double, double> ElementWise(string operation, OnnxInterpreter.Attributes settings) => operation switch
    {
        "Relu" => x => Math.Max(x, 0),
        "LeakyRelu" => x => x < 0 ? settings.Single("alpha") * x : x,
        "Elu" => x => x < 0 ? settings.Single("alpha") * (Math.Exp(x) - 1) : x,
        "Celu" => x => Math.Max(0, x) + Math.Min(0, settings.Single("alpha") * (Math.Exp(x / settings.Single("alpha")) - 1)),
        "Selu" => x => 1.05070102214813232421875 * (x > 0 ? x : 1.67326319217681884765625 * (Math.Exp(x) - 1)),
        "Sigmoid" => x => 1 / (1 + Math.Exp(-x)),
        "HardSigmoid" => x => Math.Max(0, Math.Min(1, settings.Single("alpha") * x + settings.Single("beta"))),
        "HardSwish" => x => x * Math.Max(0, Math.Min(1, x / 6 + 0.5)),
        "Tanh" => Math.Tanh,
        "Softplus" => x => Math.Log(1 + Math.Exp(x)),
        "Softsign" => x => x / (1 + Math.Abs(x)),
        "Shrink" => x => x < -settings.Single("lambd") ? x + settings.Single("bias")
            : x > settings.Single("lambd") ? x - settings.Single("bias") : 0,
        "Exp" => Math.Exp,
        "Erf" => Erf,
        "Neg" => x => -x,
        "Sqrt" => Math.Sqrt,
        _ => throw new NotSupportedException(operation),
    };

    // Abramowitz and Stegun 7.1.6, which converges everywhere; three dozen terms do up to 3.
    private static double Erf(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 100; n++)
            sum += term *= 2 * x * x / (2 * n + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double[] Softmax(double[] row)
    {
        double[] powers = Array.ConvertAll(row, Math.Exp);
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }

    private static OnnxValue ReduceMean(OnnxValue x, OnnxInterpreter.Attributes settings) =>
        settings.Wholes("axes") is [-1] && settings.Whole("keepdims") == 1
            ? new OnnxValue([x.Rows, 1], [.. x.Data.Chunk(x.Columns).Select(row => row.Average())])
            : throw new NotSupportedException("ReduceMean");

    private static OnnxValue Normalize(OnnxValue x, OnnxValue[] inputs, double epsilon) =>
        x.Combine(inputs[3], (a, mean) => a - mean).Combine(inputs[4], (a, variance) => a / Math.Sqrt(variance + epsilon))
            .Combine(inputs[1], (a, gamma) => a * gamma).Combine(inputs[2], (a, beta) => a + beta);

    private static OnnxValue NormalizeRows(OnnxValue x, OnnxInterpreter.Attributes settings) => x.MapRows(row =>
    {
        double mean = row.Average(), variance = row.Average(value => (value - mean) * (value - mean));
        return row.Select(value => (value - mean) / Math.Sqrt(variance + settings.Single("epsilon")));
    });

    private static OnnxValue Gather(OnnxValue table, OnnxValue rows, OnnxInterpreter.Attributes settings) => settings.Whole("axis") == 0
        ? new OnnxValue([.. rows.Shape, table.Columns],
            [.. rows.Data.SelectMany(row => table.Data.Skip((int)row * table.Columns).Take(table.Columns))])
        : throw new NotSupportedException("Gather");
}
