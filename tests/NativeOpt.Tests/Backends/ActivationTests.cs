using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
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
        foreach (Activation activation in TestActivations.All)
        {
            using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 1, 67, seed: 1);
            foreach (int place in places)
                x[0, place] = double.NaN;
            using var alone = new TestActivation(x, activation);

            alone.Forward(backend);

            double[] y = alone.Y.Values();
            Assert.All(places, place => Assert.True(double.IsNaN(y[place]), $"{activation}[{place}] is {y[place]}"));
            if (!TestActivations.WorksOnRows(activation))
                Assert.Equal(places.Length, y.Count(double.IsNaN));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void DenseBackward_WithNaNInTheUpstreamGradient_KeepsItNaN(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        foreach (Activation activation in TestActivations.All)
        {
            // Sums between 0.53 and 0.85, where no activation is flat, except one that is cut off at 0.5.
            using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 3, 5, seed: 2, low: 0.17, high: 0.3);
            using TestMatrix dy = TestMatrix.Random(NoptDtype.F32, 3, 1, seed: 3);
            double weight = activation.Parameter == 0.5 && activation.Name == "relu" ? 0.1 : 0.5;
            using var layer = new TestDense(NoptDtype.F32, [[weight], [weight], [weight], [weight], [weight]], [0.1], activation);
            layer.Forward(backend, x);
            dy[1, 0] = double.NaN;

            layer.Backward(backend, x, dy);

            Assert.True(double.IsNaN(dy[1, 0]), $"{activation}: dy");
            Assert.All(layer.Dw.Values(), value => Assert.True(double.IsNaN(value), $"{activation}: dw"));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Activation_OfLargeNumbers_IsTheOneInDouble(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using IBackend managed = TestBackends.Open("managed");
        double[] inputs = [-3e38, -1e20, -1e6, -90, -30, 30, 90, 1e6, 1e20, 3e38];
        foreach (Activation activation in TestActivations.All.Where(activation => !TestActivations.WorksOnRows(activation)))
        {
            using var alone = new TestActivation(new TestMatrix(NoptDtype.F32, 1, inputs.Length, inputs), activation);
            using var exact = new TestActivation(new TestMatrix(NoptDtype.F64, 1, inputs.Length, inputs), activation);
            using var ones = new TestMatrix(NoptDtype.F32, 1, inputs.Length, [.. inputs.Select(_ => 1.0)]);
            using var exactOnes = new TestMatrix(NoptDtype.F64, 1, inputs.Length, [.. inputs.Select(_ => 1.0)]);
            alone.Forward(backend);
            alone.Backward(backend, ones);
            exact.Forward(managed);
            exact.Backward(managed, exactOnes);

            Close.AssertAll([.. exact.Y.Values().Select(y => (double)(float)y)], alone.Y.Values(), 2e-6, $"{activation}");
            Close.AssertAll([.. exact.Dx.Values().Select(y => (double)(float)y)], alone.Dx.Values(), 2e-6, $"slope of {activation}");
        }
    }
}
