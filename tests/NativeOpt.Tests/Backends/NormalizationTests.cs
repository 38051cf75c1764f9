using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>The normalization operations of all backends against each other.</summary>
public sealed class NormalizationTests
{
    public static TheoryData<string, int, int, int> Shapes
    {
        get
        {
            var data = new TheoryData<string, int, int, int>();
            foreach (string backend in TestBackends.Names)
                foreach (int kind in new[] { 0, 1, 2 })
                    foreach ((int rows, int columns) in new[] { (1, 1), (1, 17), (7, 5), (33, 16), (6, 131), (130, 300) })
                        data.Add(backend, kind, rows, columns);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Shapes))]
    public void Normalization_OnEveryBackend_HasTheSameBits(string backend, int kind, int rows, int columns)
    {
        foreach (NoptNormalizationFlags flags in Variants((NoptNormalization)kind))
            foreach (bool hasParameters in new[] { true, false })
            {
                double[] expected = Run("managed", (NoptNormalization)kind, rows, columns, hasParameters, flags, threads: 1);

                Assert.Equal(expected, Run(backend, (NoptNormalization)kind, rows, columns, hasParameters, flags, threads: 1));
                Assert.Equal(expected, Run(backend, (NoptNormalization)kind, rows, columns, hasParameters, flags, threads: 3));
            }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void UnbiasedVariance_OfASingleRow_IsItsZero(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 1, 5, seed: 1);
        using var layer = new TestNormalization(NoptNormalization.Batch, NoptDtype.F32, 1, 5, null, null);

        layer.Forward(backend, x, epsilon: 1e-3, momentum: 0.5, NoptNormalizationFlags.Unbiased);

        Assert.All(layer.MovingVariance!.Values(), variance => Assert.Equal(0.5, variance));
        Assert.All(layer.Y.Values(), y => Assert.Equal(0, y));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Gradients_Accumulated_AreAddedToWhatIsThere(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 6, 20, seed: 1);
        using TestMatrix dy = TestMatrix.Random(NoptDtype.F32, 6, 20, seed: 2);
        foreach (NoptNormalization kind in Enum.GetValues<NoptNormalization>())
        {
            using var layer = new TestNormalization(kind, NoptDtype.F32, 6, 20, null, null);
            layer.Forward(backend, x, epsilon: 1e-3);
            layer.Backward(backend, x, dy);
            double[] once = [.. layer.Dgamma.Values(), .. layer.Dbeta.Values()];

            layer.Backward(backend, x, dy, NoptNormalizationFlags.Accumulate);

            Assert.Equal(once.Select(gradient => 2 * gradient), [.. layer.Dgamma.Values(), .. layer.Dbeta.Values()]);
        }
    }

    private static IEnumerable<NoptNormalizationFlags> Variants(NoptNormalization kind) => kind == NoptNormalization.Batch
        ? [0, NoptNormalizationFlags.Unbiased, NoptNormalizationFlags.Fixed]
        : [0];

    private static double[] Run(
        string backendName, NoptNormalization kind, int rows, int columns, bool hasParameters, NoptNormalizationFlags flags, int threads)
    {
        using IBackend backend = TestBackends.Open(backendName, threads);
        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, rows, columns, seed: 1, low: -3, high: 5);
        using TestMatrix dy = TestMatrix.Random(NoptDtype.F32, rows, columns, seed: 2);
        using TestMatrix gamma = TestMatrix.Random(NoptDtype.F32, 1, columns, seed: 3);
        using TestMatrix beta = TestMatrix.Random(NoptDtype.F32, 1, columns, seed: 4);
        using var layer = new TestNormalization(
            kind, NoptDtype.F32, rows, columns, hasParameters ? gamma.Values() : null, hasParameters ? beta.Values() : null);
        layer.Forward(backend, x, epsilon: 1e-3, momentum: kind == NoptNormalization.Batch ? 0.9 : 0, flags);
        layer.Backward(backend, x, dy, flags & NoptNormalizationFlags.Fixed);
        return layer.Results();
    }
}
