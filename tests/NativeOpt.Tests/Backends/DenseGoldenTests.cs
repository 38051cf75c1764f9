using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>Dense layers against PyTorch: y, and the gradients of sum(y * upstream).</summary>
public sealed class DenseGoldenTests
{
    private static readonly GoldenFile Layers = GoldenFile.Load("layers.json");

    public static TheoryData<string, string, string> DenseCases => ElementTypes.With(
        Layers.Cases.Where(golden => golden.Kind == "dense").Select(golden => golden.Name));

    public static TheoryData<string, string, string> NetworkCases =>
        ElementTypes.With(Layers.Cases.Where(golden => golden.Kind == "mlp").Select(golden => golden.Name));

    [SkippableTheory]
    [MemberData(nameof(DenseCases))]
    public void Dense_ForwardAndBackward_MatchPyTorch(string backendName, string type, string caseName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        GoldenCase golden = Layers[caseName];
        NoptDtype dtype = ElementTypes.Parse(type);
        using var layer = new TestDense(dtype, golden.Rows("inputs.W"), golden.Has("inputs.b") ? golden.Numbers("inputs.b") : null,
            TestActivations.Of(golden));
        using TestMatrix x = TestDense.Matrix(dtype, golden.Rows("inputs.X"));
        using TestMatrix upstream = TestDense.Matrix(dtype, golden.Rows("inputs.upstream"));

        layer.Forward(backend, x);
        double[] y = layer.Y.Values();
        layer.Backward(backend, x, upstream);

        double tolerance = ElementTypes.Tolerance(dtype);
        Close.AssertAll(golden.Numbers("expected.y"), y, tolerance, "y");
        Close.AssertAll(golden.Numbers("expected.dX"), layer.Dx.Values(), tolerance, "dX");
        Close.AssertAll(golden.Numbers("expected.dW"), layer.Dw.Values(), tolerance, "dW");
        if (layer.Db is not null)
            Close.AssertAll(golden.Numbers("expected.db"), layer.Db.Values(), tolerance, "db");
    }

    [SkippableTheory]
    [MemberData(nameof(NetworkCases))]
    public unsafe void Network_WithSparseCrossEntropy_MatchesPyTorch(string backendName, string type, string caseName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        GoldenCase golden = Layers[caseName];
        NoptDtype dtype = ElementTypes.Parse(type);
        Activation hidden = golden.Text("activation");
        int depth = golden.Count("inputs.W");
        TestDense[] layers = [.. Enumerable.Range(0, depth).Select(i => new TestDense(dtype, golden.Rows($"inputs.W.{i}"),
            golden.Numbers($"inputs.b.{i}"), i == depth - 1 ? Activation.Linear : hidden))];
        using TestMatrix x = TestDense.Matrix(dtype, golden.Rows("inputs.X"));
        int[] labels = golden.Integers("inputs.labels");

        for (int i = 0; i < depth; i++)
            layers[i].Forward(backend, i == 0 ? x : layers[i - 1].Y);
        TestMatrix logits = layers[^1].Y;
        using var gradient = new TestMatrix(dtype, logits.Rows, logits.Columns);
        using var targets = new TestMatrix(NoptDtype.I32, labels.Length, 1, [.. labels.Select(label => (double)label)]);
        double lossSum;
        backend.Run(new NoptLossArgs
        {
            Loss = (int)NoptLoss.SparseCategoricalCrossEntropy,
            Flags = (uint)NoptLossFlags.FromLogits,
            GradientScale = 1.0 / labels.Length,
            Y = logits.Native,
            Targets = targets.Native,
            Dy = gradient.Native,
            LossSum = &lossSum,
        });
        for (int i = depth - 1; i >= 0; i--)
            layers[i].Backward(backend, i == 0 ? x : layers[i - 1].Y, i == depth - 1 ? gradient : layers[i + 1].Dx);

        double tolerance = ElementTypes.Tolerance(dtype);
        Close.AssertOne(golden.Number("expected.loss"), lossSum / labels.Length, tolerance, "loss");
        Close.AssertAll(golden.Numbers("expected.logits"), logits.Values(), tolerance, "logits");
        for (int i = 0; i < depth; i++)
        {
            Close.AssertAll(golden.Numbers($"expected.dW.{i}"), layers[i].Dw.Values(), tolerance, $"dW[{i}]");
            Close.AssertAll(golden.Numbers($"expected.db.{i}"), layers[i].Db!.Values(), tolerance, $"db[{i}]");
            layers[i].Dispose();
        }
    }
}
