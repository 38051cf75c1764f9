using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>Forward and backward through three layers against PyTorch's autograd in double.</summary>
public class MlpGoldenTests
{
    private static readonly string[] Cases = ["mlp.relu_softmax_ce", "mlp.tanh_softmax_ce"];

    public static IEnumerable<object[]> FloatRuns =>
        from name in Cases from backend in (IEnumerable<object[]>)TestBackends.All select new object[] { name, backend[0] };

    public static TheoryData<string> DoubleRuns => [.. Cases];

    [Theory]
    [MemberData(nameof(DoubleRuns))]
    public void ForwardAndBackward_InDouble_EqualAutograd(string name)
    {
        GoldenCase golden = GoldenFile.Load("layers.json")[name];
        using var model = Build(golden, new Sequential(NoptDtype.F64));
        model.Compile("sgd", TestModels.SparseLoss, backend: BackendKind.Managed);
        Check(model, golden, tolerance: 1e-12);
    }

    [SkippableTheory]
    [MemberData(nameof(FloatRuns))]
    public void ForwardAndBackward_InFloat_EqualAutograd(string name, string backend)
    {
        GoldenCase golden = GoldenFile.Load("layers.json")[name];
        using var model = Build(golden, new Sequential());
        model.Compile(new Sgd(), TestModels.SparseLoss, null, TestBackends.Open(backend));
        Check(model, golden, tolerance: 2e-6);
    }

    private static Sequential Build(GoldenCase golden, Sequential model)
    {
        int[] sizes = golden.Integers("layers");
        for (int i = 1; i < sizes.Length; i++)
            model.Add(new Dense(sizes[i], i == sizes.Length - 1 ? "softmax" : golden.Text("activation"), name: $"l{i - 1}"));
        model.Build(sizes[0]);
        for (int i = 0; i < sizes.Length - 1; i++)
        {
            TestModels.SetParameter(model, $"l{i}/kernel", golden.Numbers($"inputs.W.{i}"));
            TestModels.SetParameter(model, $"l{i}/bias", golden.Numbers($"inputs.b.{i}"));
        }
        return model;
    }

    private static void Check(Sequential model, GoldenCase golden, double tolerance)
    {
        float[][] x = [.. golden.Rows("inputs.X").Select(row => row.Select(value => (float)value).ToArray())];

        model.ZeroGradients();
        float[,] probabilities = model.Forward(x);
        double loss = model.Backward(golden.Integers("inputs.labels"));

        // Predictions are returned as floats whatever the model computes in.
        Close.AssertAll(golden.Numbers("expected.probabilities"), [.. probabilities.Cast<float>().Select(p => (double)p)],
            Math.Max(tolerance, 1e-7), "probabilities");
        Close.AssertOne(golden.Number("expected.loss"), loss, tolerance, "loss");
        for (int i = 0; i < golden.Count("expected.dW"); i++)
        {
            Close.AssertAll(golden.Numbers($"expected.dW.{i}"), TestModels.Gradient(model, $"l{i}/kernel"), tolerance, $"dW{i}");
            Close.AssertAll(golden.Numbers($"expected.db.{i}"), TestModels.Gradient(model, $"l{i}/bias"), tolerance, $"db{i}");
        }
    }
}
