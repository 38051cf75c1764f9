using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>The instruction sets against the managed backend in single precision.</summary>
public sealed class ActivationAgreementTests
{
    private const int Rows = 5, Columns = 67;

    public static TheoryData<string> NativeBackends => TestBackends.Native;

    [SkippableTheory]
    [MemberData(nameof(NativeBackends))]
    public void PiecewiseActivations_ForwardAndBackward_HaveTheSameBits(string backendName)
    {
        foreach (Activation activation in TestActivations.Exact)
        {
            (double[] y, double[] dx) = Run(backendName, activation);
            (double[] expectedY, double[] expectedDx) = Run("managed", activation);

            Assert.True(Bits(expectedY).SequenceEqual(Bits(y)), $"{activation}: y");
            Assert.True(Bits(expectedDx).SequenceEqual(Bits(dx)), $"{activation}: dx");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(NativeBackends))]
    public void SmoothActivations_ForwardAndBackward_AreWithinAFewUnitsOfTheLastPlace(string backendName)
    {
        foreach (Activation activation in TestActivations.All)
        {
            (double[] y, double[] dx) = Run(backendName, activation);
            (double[] expectedY, double[] expectedDx) = Run("managed", activation);

            Golden.Close.AssertAll(expectedY, y, 5e-7, $"{activation}");
            Golden.Close.AssertAll(expectedDx, dx, 1e-6, $"slope of {activation}");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(NativeBackends))]
    public void Prelu_ForwardAndBackward_HasTheSameBits(string backendName)
    {
        foreach (int slopes in (int[])[1, Columns])
        {
            (double[] y, double[] dslopes, double[] dx) = RunPrelu(backendName, slopes);
            (double[] expectedY, double[] expectedDslopes, double[] expectedDx) = RunPrelu("managed", slopes);

            Assert.Equal(Bits(expectedY), Bits(y));
            Assert.Equal(Bits(expectedDslopes), Bits(dslopes));
            Assert.Equal(Bits(expectedDx), Bits(dx));
        }
    }

    private static IEnumerable<long> Bits(double[] values) => values.Select(BitConverter.DoubleToInt64Bits);

    private static (double[] Y, double[] Dx) Run(string backendName, Activation activation)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, Rows, Columns, seed: 5, low: -7, high: 7);
        using TestMatrix dy = TestMatrix.Random(NoptDtype.F32, Rows, Columns, seed: 6);
        // Corners, and both zeros.
        double[] corners = [0, -0.0, 3, -3, 6, 1, -1, 0.5, -0.5];
        for (int i = 0; i < corners.Length; i++)
            x[1, i] = corners[i];
        using var alone = new TestActivation(x, activation);
        alone.Forward(backend);
        alone.Backward(backend, dy);
        return (alone.Y.Values(), alone.Dx.Values());
    }

    private static (double[] Y, double[] Dslopes, double[] Dx) RunPrelu(string backendName, int slopeCount)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, Rows, Columns, seed: 7);
        using TestMatrix dy = TestMatrix.Random(NoptDtype.F32, Rows, Columns, seed: 8);
        using TestMatrix slopes = TestMatrix.Random(NoptDtype.F32, 1, slopeCount, seed: 9);
        using TestMatrix dslopes = TestMatrix.Random(NoptDtype.F32, 1, slopeCount, seed: 10);
        using var y = new TestMatrix(NoptDtype.F32, Rows, Columns);
        using var dx = new TestMatrix(NoptDtype.F32, Rows, Columns);
        backend.Run(new NoptActivationArgs { Activation = (int)NoptActivation.Prelu, X = x.Native, Y = y.Native, Slopes = slopes.Native });
        backend.Run(new NoptActivationBackwardArgs
        {
            Activation = (int)NoptActivation.Prelu,
            Flags = (uint)NoptBackwardFlags.Accumulate,
            X = x.Native,
            Slopes = slopes.Native,
            Dy = dy.Native,
            Dslopes = dslopes.Native,
            Dx = dx.Native,
        });
        return (y.Values(), dslopes.Values(), dx.Values());
    }
}
