using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>What the header promises of losses beside their values: counts, weights, clipping, in-place gradients.</summary>
public sealed unsafe class LossTests
{
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CorrectCount_OfCategories_TakesTheFirstOfEqualScores(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var y = new TestMatrix(NoptDtype.F32, 4, 3, [.1, .2, .3, /**/ .5, .5, .1, /**/ .4, .5, .5, /**/ -3, -1, -2]);
        using var labels = new TestMatrix(NoptDtype.I32, 4, 1, [2, 0, 2, 1]);
        using var oneHot = new TestMatrix(NoptDtype.F32, 4, 3, [0, 0, 1, /**/ 1, 0, 0, /**/ 0, 0, 1, /**/ 0, 1, 0]);

        long sparse, categorical;
        var args = new NoptLossArgs { Flags = (uint)NoptLossFlags.FromLogits, GradientScale = 1, Y = y.Native };
        backend.Run(args with { Loss = (int)NoptLoss.SparseCategoricalCrossEntropy, Targets = labels.Native, CorrectCount = &sparse });
        backend.Run(args with { Loss = (int)NoptLoss.CategoricalCrossEntropy, Targets = oneHot.Native, CorrectCount = &categorical });

        // Row 2: the largest are at 1 and 2, and the first of them is not the label.
        Assert.Equal((3, 3), (sparse, categorical));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CorrectCount_OfBinaryElements_ComparesSidesOfOneHalf(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        // 0.5 is on the lower side; 19 elements: whole vectors and a tail.
        double[] probabilities = [.. Enumerable.Range(0, 19).Select(i => i / 18.0)];
        double[] targets = [.. Enumerable.Range(0, 19).Select(i => i % 2 == 0 ? 1.0 : 0.0)];
        long expected = probabilities.Zip(targets).Count(pair => (pair.First > 0.5) == (pair.Second > 0.5));
        using var p = new TestMatrix(NoptDtype.F32, 1, 19, probabilities);
        using var logits = new TestMatrix(NoptDtype.F32, 1, 19, [.. probabilities.Select(value => value - 0.5)]);
        using var t = new TestMatrix(NoptDtype.F32, 1, 19, targets);

        long fromProbabilities, fromLogits;
        var args = new NoptLossArgs { Loss = (int)NoptLoss.BinaryCrossEntropy, GradientScale = 1, Targets = t.Native };
        backend.Run(args with { Y = p.Native, CorrectCount = &fromProbabilities });
        backend.Run(args with { Y = logits.Native, Flags = (uint)NoptLossFlags.FromLogits, CorrectCount = &fromLogits });

        Assert.Equal((expected, expected), (fromProbabilities, fromLogits));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Gradient_InPlace_EqualsTheOneBesideY(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        foreach ((NoptLoss loss, bool logits) in AllLosses())
        {
            using TestMatrix y = Predictions(logits);
            using TestMatrix t = Targets(loss);
            using var dy = new TestMatrix(NoptDtype.F32, y.Rows, y.Columns);
            double beside, inPlace;
            NoptLossArgs args = Args(loss, logits, y, t);

            backend.Run(args with { Dy = dy.Native, LossSum = &beside });
            backend.Run(args with { Dy = y.Native, LossSum = &inPlace });

            Assert.Equal(dy.Values(), y.Values());
            Assert.Equal(beside, inPlace);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void SampleWeights_ScaleValueAndGradientOfTheirRow(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        double[] weights = [1, 0, 2, 0.5, 4];
        foreach ((NoptLoss loss, bool logits) in AllLosses())
        {
            using TestMatrix y = Predictions(logits);
            using TestMatrix t = Targets(loss);
            using var w = new TestMatrix(NoptDtype.F32, y.Rows, 1, weights);
            using var plain = new TestMatrix(NoptDtype.F32, y.Rows, y.Columns);
            using var weighted = new TestMatrix(NoptDtype.F32, y.Rows, y.Columns);
            double sum;
            NoptLossArgs args = Args(loss, logits, y, t);

            backend.Run(args with { Dy = plain.Native });
            backend.Run(args with { Dy = weighted.Native, SampleWeights = w.Native, LossSum = &sum });

            // Powers of two: the products are exact.
            Assert.Equal(plain.Values().Select((value, i) => value * weights[i / y.Columns]), weighted.Values());
            Close.AssertOne(RowValues(backend, loss, logits).Zip(weights).Sum(pair => pair.First * pair.Second), sum, 1e-6, $"{loss}");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Probabilities_BeyondKerasClip_HaveItsValueAndNoGradient(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var y = new TestMatrix(NoptDtype.F32, 2, 2, [0, 1, /**/ 1, 0]);
        using var t = new TestMatrix(NoptDtype.F32, 2, 2, [1, 0, /**/ 1, 0]);
        foreach (NoptLoss loss in new[] { NoptLoss.BinaryCrossEntropy, NoptLoss.CategoricalCrossEntropy })
        {
            using var dy = new TestMatrix(NoptDtype.F32, 2, 2);
            double sum;

            backend.Run(Args(loss, logits: false, y, t) with { Dy = dy.Native, LossSum = &sum });

            // The first row is as wrong as can be: -log 1e-7, for each of its two elements in the binary case (a mean). The
            // complement of the highest probability is 2^-23 in float.
            double wrong = loss == NoptLoss.BinaryCrossEntropy
                ? (-Math.Log(1e-7) - Math.Log(Math.Pow(2, -23))) / 2
                : -Math.Log(1e-7);
            Close.AssertOne(wrong, sum, 1e-5, $"{loss}");
            Assert.All(dy.Values(), value => Assert.Equal(0, value));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CategoricalProbabilities_ThatSumToZero_AreClippedAndHaveNoGradient(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var y = new TestMatrix(NoptDtype.F32, 2, 3, [0, 0, 0, /**/ 1, 0, -1]);
        using var labels = new TestMatrix(NoptDtype.I32, 2, 1, [1, 0]);
        using var oneHot = new TestMatrix(NoptDtype.F32, 2, 3, [0, 1, 0, /**/ 1, 0, 0]);
        using var sparseGradient = new TestMatrix(NoptDtype.F32, 2, 3, [7, 7, 7, 7, 7, 7]);
        using var gradient = new TestMatrix(NoptDtype.F32, 2, 3, [7, 7, 7, 7, 7, 7]);
        double sparse, categorical;

        backend.Run(Args(NoptLoss.SparseCategoricalCrossEntropy, logits: false, y, labels)
            with { Dy = sparseGradient.Native, LossSum = &sparse });
        backend.Run(Args(NoptLoss.CategoricalCrossEntropy, logits: false, y, oneHot) with { Dy = gradient.Native, LossSum = &categorical });

        Close.AssertOne(-2 * Math.Log(1e-7), sparse, 1e-5, "sparse");
        Close.AssertOne(-2 * Math.Log(1e-7), categorical, 1e-5, "categorical");
        Assert.All(sparseGradient.Values(), value => Assert.Equal(0, value));
        Assert.All(gradient.Values(), value => Assert.Equal(0, value));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void CategoricalProbabilities_AreDividedByTheirSum(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var y = new TestMatrix(NoptDtype.F32, 1, 3, [1, 2, 5]);
        using var label = new TestMatrix(NoptDtype.I32, 1, 1, [1]);
        using var t = new TestMatrix(NoptDtype.F32, 1, 3, [0, 1, 0]);
        double sparse, categorical;

        backend.Run(Args(NoptLoss.SparseCategoricalCrossEntropy, logits: false, y, label) with { LossSum = &sparse });
        backend.Run(Args(NoptLoss.CategoricalCrossEntropy, logits: false, y, t) with { LossSum = &categorical });

        Close.AssertOne(Math.Log(4), sparse, 1e-6, "sparse");
        Close.AssertOne(Math.Log(4), categorical, 1e-6, "categorical");
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Loss_OfNaN_IsNaN(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        foreach ((NoptLoss loss, bool logits) in AllLosses())
        {
            using TestMatrix y = Predictions(logits);
            using TestMatrix t = Targets(loss);
            // The label of row 0 is 0, so that the sparse loss of probabilities looks there.
            y[0, 0] = double.NaN;
            double sum;

            backend.Run(Args(loss, logits, y, t) with { LossSum = &sum });

            Assert.True(double.IsNaN(sum), $"{loss}, logits {logits}: {sum}");
        }
    }

    private static double[] RowValues(IBackend backend, NoptLoss loss, bool logits)
    {
        using TestMatrix y = Predictions(logits);
        using TestMatrix t = Targets(loss);
        var values = new double[y.Rows];
        for (int row = 0; row < y.Rows; row++)
        {
            NoptLossArgs args = Args(loss, logits, y, t);
            args.Y.Data = (float*)args.Y.Data + row * y.Stride;
            args.Targets.Data = (float*)args.Targets.Data + row * t.Stride;
            args.Y.Rows = args.Targets.Rows = 1;
            double sum;
            backend.Run(args with { LossSum = &sum });
            values[row] = sum;
        }
        return values;
    }

    // The others are in LossKindTests.
    private static IEnumerable<(NoptLoss Loss, bool Logits)> AllLosses() =>
        new[] { NoptLoss.BinaryCrossEntropy, NoptLoss.CategoricalCrossEntropy, NoptLoss.SparseCategoricalCrossEntropy }
            .SelectMany(loss => new[] { (loss, false), (loss, true) }).Prepend((NoptLoss.MeanSquaredError, false));

    private static TestMatrix Predictions(bool logits) => logits
        ? TestMatrix.Random(NoptDtype.F32, 5, 7, seed: 1, low: -4, high: 4)
        : TestMatrix.Random(NoptDtype.F32, 5, 7, seed: 1, low: 0.05, high: 0.9);

    private static TestMatrix Targets(NoptLoss loss) => loss == NoptLoss.SparseCategoricalCrossEntropy
        ? new TestMatrix(NoptDtype.I32, 5, 1, [0, 6, 3, 3, 1])
        : TestMatrix.Random(NoptDtype.F32, 5, 7, seed: 2, low: 0, high: 1);

    private static NoptLossArgs Args(NoptLoss loss, bool logits, TestMatrix y, TestMatrix targets) => new()
    {
        Loss = (int)loss,
        Flags = logits ? (uint)NoptLossFlags.FromLogits : 0,
        GradientScale = 0.25,
        Y = y.Native,
        Targets = targets.Native,
    };
}
