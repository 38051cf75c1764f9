using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>The operations gradient_norm, adaptive_clip and centralize on every backend.</summary>
public unsafe class GradientOperationTests
{
    private static readonly double[] Orders = [1, 2, 3, 0.5, double.PositiveInfinity];

    /// <summary>Lengths around lines of 16 and blocks of 16384, in one array with gaps.</summary>
    private static readonly int[] Lengths = [1, 15, 16, 17, 67, 16383, 16384, 16385, 33000];

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Norm_HasTheBitsOfTheManagedBackend_AndIsTheNorm(string backend)
    {
        float[] w = Numbers(Lengths.Sum() + 3 * Lengths.Length, seed: 1), g = Numbers(w.Length, seed: 2);
        foreach (double order in Orders)
            foreach (bool penalized in new[] { false, true })
            {
                (double[] norms, long[] counts) = Run(backend, w, g, order, penalized, ignore: false);
                (double[] managed, _) = Run("managed", w, g, order, penalized, ignore: false);
                Assert.Equal(managed, norms);
                Assert.All(counts, count => Assert.Equal(0, count));
                for (int i = 0; i < Lengths.Length; i++)
                    Assert.Equal(1, norms[i] / Reference(w, g, i, order, penalized), 1e-6);
            }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Norm_OfGradientsThatAreNotFinite_CountsThemAndPropagates(string backend)
    {
        float[] w = Numbers(Lengths.Sum() + 3 * Lengths.Length, seed: 1), g = Numbers(w.Length, seed: 2);
        int start = StartOf(4);
        (g[start], g[start + 33], g[start + 66]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        g[StartOf(5) + 5] = float.NegativeInfinity;
        foreach (double order in Orders)
        {
            (double[] norms, long[] counts) = Run(backend, w, g, order, penalized: true, ignore: false);
            Assert.Equal([0, 0, 0, 0, 3, 1, 0, 0, 0], counts);
            Assert.Equal((double.NaN, double.PositiveInfinity), (norms[4], norms[5]));

            (double[] ignoring, counts) = Run(backend, w, g, order, penalized: true, ignore: true);
            Assert.Equal([0, 0, 0, 0, 3, 1, 0, 0, 0], counts);
            float[] zeroed = Array.ConvertAll(g, x => float.IsFinite(x) ? x : 0);
            Assert.Equal(Run(backend, w, zeroed, order, penalized: true, ignore: false).Norms, ignoring);
        }
    }

    /// <summary>Squares of floats overflow floats; the sums are in double.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Norm_OfLargeGradients_DoesNotOverflow(string backend)
    {
        float[] g = new float[Lengths.Sum() + 3 * Lengths.Length];
        Array.Fill(g, 1e30f);
        (double[] norms, _) = Run(backend, g, g, 2, penalized: false, ignore: false);
        Assert.Equal(1, norms[6] / (1e30 * 128), 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void AdaptiveClip_HasTheBitsOfTheManagedBackend(string backend)
    {
        foreach ((int rows, int columns) in new[] { (1, 1), (5, 1), (7, 15), (7, 16), (33, 17), (4, 67), (300, 40) })
            foreach (bool inPlace in new[] { false, true })
            {
                double[] clipped = Clip(backend, rows, columns, inPlace);
                Assert.Equal(Clip("managed", rows, columns, inPlace: false), clipped);
            }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Centralize_HasTheBitsOfTheManagedBackend_AndTakesTheMeanOfEachColumnAway(string backend)
    {
        foreach ((int rows, int columns) in new[] { (1, 1), (5, 1), (7, 15), (7, 16), (33, 17), (4, 67), (300, 40) })
        {
            double[] managed = Centralized("managed", rows, columns, inPlace: false);
            Assert.Equal(managed, Centralized(backend, rows, columns, inPlace: false));
            Assert.Equal(managed, Centralized(backend, rows, columns, inPlace: true));
        }
    }

    private static double[] Centralized(string name, int rows, int columns, bool inPlace)
    {
        using IBackend backend = TestBackends.Open(name, threads: 2);
        using TestMatrix w = TestMatrix.Random(NoptDtype.F32, rows, columns, seed: 3);
        using TestMatrix g = TestMatrix.Random(NoptDtype.F32, rows, columns, seed: 4);
        using var y = new TestMatrix(NoptDtype.F32, rows, columns);
        double[] expected = [.. Enumerable.Range(0, rows * columns).Select(i => Penalized(w, g, i / columns, i % columns))];
        for (int column = 0; column < columns; column++)
        {
            double mean = Enumerable.Range(0, rows).Average(row => expected[row * columns + column]);
            for (int row = 0; row < rows; row++)
                expected[row * columns + column] -= mean;
        }
        var prologue = new NoptPrologue { GradientScale = 0.5, L1 = 1e-2, L2 = 2e-2, ClipValue = 1e-9, WeightDecay = 9, WeightFactor = 1 };
        backend.Run(NoptOpKind.Centralize, new NoptCentralizeArgs
        {
            Prologue = &prologue,
            W = w.Native,
            G = g.Native,
            Y = inPlace ? g.Native : y.Native,
        });
        double[] result = inPlace ? g.Values() : y.Values();
        Assert.All(expected.Zip(result), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        return result;
    }

    private static double Penalized(TestMatrix w, TestMatrix g, int row, int column) =>
        0.5 * g[row, column] + 1e-2 * Math.Sign(w[row, column]) + 2e-2 * w[row, column];

    private static double[] Clip(string name, int rows, int columns, bool inPlace)
    {
        using IBackend backend = TestBackends.Open(name, threads: 2);
        using TestMatrix w = TestMatrix.Random(NoptDtype.F32, rows, columns, seed: 3);
        using TestMatrix g = TestMatrix.Random(NoptDtype.F32, rows, columns, seed: 4);
        using var y = new TestMatrix(NoptDtype.F32, rows, columns);
        for (int row = 0; row < rows; row++)
            for (int column = 1; column < columns; column += 3)
                g[row, column] *= 1e-3;
        backend.Run(NoptOpKind.AdaptiveClip, new NoptAdaptiveClipArgs
        {
            Clipping = 0.1,
            Epsilon = 1e-3,
            GradientScale = 0.5,
            L1 = 1e-4,
            L2 = 1e-4,
            W = w.Native,
            G = g.Native,
            Y = inPlace ? g.Native : y.Native,
        });
        return inPlace ? g.Values() : y.Values();
    }

    private static (double[] Norms, long[] Counts) Run(string name, float[] w, float[] g, double order, bool penalized, bool ignore)
    {
        using IBackend backend = TestBackends.Open(name, threads: 2);
        double[] norms = new double[Lengths.Length];
        long[] counts = new long[Lengths.Length];
        NoptSegment[] segments =
            [.. Lengths.Select((length, i) => new NoptSegment { Offset = StartOf(i), Count = length, ScalarsIndex = 1 })];
        NoptPrologue[] prologues =
        [
            new NoptPrologue { GradientScale = 7, WeightFactor = 1 },
            new NoptPrologue
            {
                GradientScale = penalized ? 0.5 : 1, L1 = penalized ? 0.1 : 0, L2 = penalized ? 0.2 : 0, ClipValue = 1e-9, WeightFactor = 1,
            },
        ];
        fixed (float* parameters = w)
        fixed (float* gradients = g)
        fixed (NoptSegment* s = segments)
        fixed (NoptPrologue* p = prologues)
        fixed (double* n = norms)
        fixed (long* c = counts)
            backend.Run(NoptOpKind.GradientNorm, new NoptGradientNormArgs
            {
                Flags = ignore ? (uint)NoptGradientFlags.IgnoreNonFinite : 0,
                Order = order,
                Length = w.Length,
                // The same array twice: an input may be.
                Parameters = parameters,
                Gradients = gradients,
                Segments = s,
                SegmentCount = segments.Length,
                Prologues = p,
                RowCount = 2,
                Norms = n,
                NonFiniteCounts = c,
            });
        return (norms, counts);
    }

    private static double Reference(float[] w, float[] g, int segment, double order, bool penalized)
    {
        IEnumerable<double> sizes = Enumerable.Range(StartOf(segment), Lengths[segment])
            .Select(i => Math.Abs(penalized ? 0.5 * g[i] + 0.1 * Math.Sign(w[i]) + 0.2 * w[i] : g[i]));
        return double.IsInfinity(order) ? sizes.Max() : Math.Pow(sizes.Sum(x => Math.Pow(x, order)), 1 / order);
    }

    private static int StartOf(int segment) => Lengths.Take(segment).Sum() + 3 * segment;

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 4 - 2))];
    }
}
