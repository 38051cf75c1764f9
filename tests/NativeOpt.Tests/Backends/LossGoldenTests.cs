using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>Losses against PyTorch and Keras: value and gradient with respect to the predictions.</summary>
public sealed class LossGoldenTests
{
    private static readonly GoldenFile Losses = GoldenFile.Load("losses.json");

    public static TheoryData<string, string, string> Cases => ElementTypes.With(Losses.Cases.Select(golden => golden.Name));

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public unsafe void Loss_ValueAndGradient_MatchTheReference(string backendName, string type, string caseName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        GoldenCase golden = Losses[caseName];
        NoptDtype dtype = ElementTypes.Parse(type);
        using TestMatrix y = TestDense.Matrix(dtype, golden.Rows("inputs.y_pred"));
        using TestMatrix targets = Targets(golden, dtype);
        using TestMatrix? weights = Weights(golden, "inputs.sample_weight", dtype, y.Rows, 1);
        using TestMatrix? classWeights = Weights(golden, "inputs.class_weight", dtype, 1, y.Columns);
        using var dy = new TestMatrix(dtype, y.Rows, y.Columns);
        double scale = Scale(golden, y);
        double lossSum;

        backend.Run(Kind(golden) with
        {
            GradientScale = scale,
            Y = y.Native,
            Targets = targets.Native,
            SampleWeights = weights?.Native ?? default,
            ClassWeights = classWeights?.Native ?? default,
            Dy = dy.Native,
            LossSum = &lossSum,
        });

        double tolerance = ElementTypes.Tolerance(dtype);
        Close.AssertOne(golden.Number("expected.loss"), lossSum * scale, tolerance, "loss");
        Close.AssertAll(golden.Numbers("expected.d_y_pred"), dy.Values(), tolerance, "gradient");
        if (golden.Has("expected.keras_loss"))
            Close.AssertOne(golden.Number("expected.keras_loss"), lossSum * scale, Math.Max(tolerance, 1e-9), "loss of Keras");
    }

    private static NoptLossArgs Kind(GoldenCase golden)
    {
        bool logits = golden.Has("hyper.from_logits") && golden.Json("hyper.from_logits").GetBoolean();
        NoptLossArgs args = golden.Name.Split('.')[1] switch
        {
            "mae" => new() { Loss = (int)NoptLoss.MeanAbsoluteError },
            "smooth_l1" => new() { Loss = (int)NoptLoss.SmoothL1, Delta = golden.Number("hyper.beta") },
            "log_cosh" => new() { Loss = (int)NoptLoss.LogCosh },
            "hinge" => new() { Loss = (int)NoptLoss.Hinge },
            "squared_hinge" => new() { Loss = (int)NoptLoss.SquaredHinge },
            "kl_divergence" => new() { Loss = (int)NoptLoss.KlDivergence, Epsilon = 1e-7 },
            "poisson" => new() { Loss = (int)NoptLoss.Poisson, Epsilon = golden.Number("hyper.epsilon") },
            var name when StartsWith(name, "huber") => new() { Loss = (int)NoptLoss.Huber, Delta = golden.Number("hyper.delta") },
            var name when StartsWith(name, "mse") => new() { Loss = (int)NoptLoss.MeanSquaredError },
            var name when StartsWith(name, "bce") => new() { Loss = (int)NoptLoss.BinaryCrossEntropy },
            var name when StartsWith(name, "categorical_ce") => new() { Loss = (int)NoptLoss.CategoricalCrossEntropy },
            var name when StartsWith(name, "sparse") => new() { Loss = (int)NoptLoss.SparseCategoricalCrossEntropy },
            var name => throw new NotSupportedException($"{name} is not known"),
        };
        args.Flags = logits ? (uint)NoptLossFlags.FromLogits : 0;
        args.LabelSmoothing = golden.Has("hyper.label_smoothing") ? golden.Number("hyper.label_smoothing") : 0;
        return args;
    }

    private static bool StartsWith(string name, string start) => name.StartsWith(start, StringComparison.Ordinal);

    private static TestMatrix Targets(GoldenCase golden, NoptDtype dtype) => golden.Has("inputs.labels")
        ? new TestMatrix(NoptDtype.I32, golden.Count("inputs.labels"), 1, golden.Numbers("inputs.labels"))
        : TestDense.Matrix(dtype, golden.Rows("inputs.y_true"));

    private static TestMatrix? Weights(GoldenCase golden, string path, NoptDtype dtype, int rows, int columns) =>
        golden.Has(path) ? new TestMatrix(dtype, rows, columns, golden.Numbers(path)) : null;

    /// <summary>
    /// The mean over rows; the two sums are over all elements, and a row of squared errors is a mean. Class weights: over their sum.
    /// </summary>
    private static double Scale(GoldenCase golden, TestMatrix y)
    {
        if (golden.Has("inputs.class_weight"))
            return 1 / golden.Integers("inputs.labels").Sum(label => golden.Numbers("inputs.class_weight")[label]);
        if (!golden.Name.EndsWith("_sum", StringComparison.Ordinal))
            return 1.0 / y.Rows;
        return golden.Has("inputs.labels") ? 1 : y.Columns;
    }
}
