using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

public sealed class ActivationTests
{
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
