using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Backends;

public sealed class ActivationTests
{
    private static readonly GoldenFile Tables = GoldenFile.Load("activations.json");

    public static TheoryData<string, string, string> TableCases =>
        ElementTypes.With(["table.linear", "table.relu", "table.sigmoid", "table.tanh"]);

    public static TheoryData<string, string, string> SoftmaxCases => ElementTypes.With(["table.softmax"]);

    [SkippableTheory]
    [MemberData(nameof(TableCases))]
    public void Activation_ValueAndDerivative_MatchPyTorch(string backendName, string type, string caseName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        GoldenCase golden = Tables[caseName];
        NoptDtype dtype = ElementTypes.Parse(type);
        var activation = Enum.Parse<NoptActivation>(golden.Text("activation"), ignoreCase: true);
        double[] inputs = golden.Numbers("inputs.x");

        // The derivative is that of a dense layer of one weight, 1: dy = 1 becomes dy/dx.
        using var x = new TestMatrix(dtype, inputs.Length, 1, inputs);
        using var ones = new TestMatrix(dtype, inputs.Length, 1, [.. inputs.Select(_ => 1.0)]);
        using var layer = new TestDense(dtype, [[1.0]], null, activation);
        using var y = new TestMatrix(dtype, inputs.Length, 1);
        backend.Run(new NoptActivationArgs { Activation = (int)activation, X = x.Native, Y = y.Native });
        layer.Forward(backend, x);
        layer.Backward(backend, x, ones);

        double tolerance = ElementTypes.Tolerance(dtype);
        Close.AssertAll(golden.Numbers("expected.y"), y.Values(), tolerance, "y");
        Close.AssertAll(golden.Numbers("expected.y"), layer.Y.Values(), tolerance, "y of a dense layer");
        Close.AssertAll(golden.Numbers("expected.dy_dx"), layer.Dx.Values(), tolerance, "dy/dx");
    }

    [SkippableTheory]
    [MemberData(nameof(SoftmaxCases))]
    public void Softmax_OfExtremeRows_MatchesPyTorch(string backendName, string type, string caseName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        GoldenCase golden = Tables[caseName];
        NoptDtype dtype = ElementTypes.Parse(type);
        using TestMatrix x = TestDense.Matrix(dtype, golden.Rows("inputs.x"));

        backend.Run(new NoptActivationArgs { Activation = (int)NoptActivation.Softmax, X = x.Native, Y = x.Native });

        Close.AssertAll(golden.Numbers("expected.y"), x.Values(), ElementTypes.Tolerance(dtype), "y");
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Activation_OfNaN_IsNaN(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        // 67 elements: whole vectors of every width and a tail; NaN in the first, in the middle and in the last place.
        int[] places = [0, 33, 66];
        foreach (NoptActivation activation in Enum.GetValues<NoptActivation>())
        {
            using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 1, 67, seed: 1);
            foreach (int place in places)
                x[0, place] = double.NaN;

            backend.Run(new NoptActivationArgs { Activation = (int)activation, X = x.Native, Y = x.Native });

            double[] y = x.Values();
            Assert.All(places, place => Assert.True(double.IsNaN(y[place]), $"{activation}[{place}] is {y[place]}"));
            if (activation != NoptActivation.Softmax)
                Assert.Equal(places.Length, y.Count(double.IsNaN));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void DenseBackward_WithNaNInTheUpstreamGradient_KeepsItNaN(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        foreach (NoptActivation activation in Enum.GetValues<NoptActivation>())
        {
            using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 3, 5, seed: 2, low: 0.1, high: 1);
            using TestMatrix dy = TestMatrix.Random(NoptDtype.F32, 3, 1, seed: 3);
            using var layer = new TestDense(NoptDtype.F32, [[0.5], [0.5], [0.5], [0.5], [0.5]], [0.1], activation);
            layer.Forward(backend, x);
            dy[1, 0] = double.NaN;

            layer.Backward(backend, x, dy);

            Assert.True(double.IsNaN(dy[1, 0]), $"{activation}: dy");
            Assert.All(layer.Dw.Values(), value => Assert.True(double.IsNaN(value), $"{activation}: dw"));
        }
    }
}
