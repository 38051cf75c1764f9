using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>All losses: their gradients are their slopes, and the native core computes what the managed one does.</summary>
public sealed unsafe class LossKindTests
{
    private const int Rows = 4, Columns = 19;

    public static TheoryData<string> Names => [.. LossKinds.Names];

    public static TheoryData<string, string> NamesOnNative
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Names.Where(name => name != "managed"))
                foreach (string loss in LossKinds.Names)
                    data.Add(backend, loss);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_InDouble_IsTheSlope(string loss)
    {
        using IBackend backend = TestBackends.Open("managed");
        using var batch = new Batch(loss, NoptDtype.F64);
        batch.Run(backend);
        double[] gradient = batch.Dy.Values();

        for (int row = 0; row < Rows; row++)
            for (int column = 0; column < Columns; column++)
            {
                double slope = batch.SlopeAt(backend, row, column);
                Close.AssertOne(slope, gradient[row * Columns + column], 2e-7, $"dy[{row}, {column}]");
            }
    }

    [SkippableTheory]
    [MemberData(nameof(NamesOnNative))]
    public void Native_ComputesWhatTheManagedBackendDoes(string backendName, string loss)
    {
        using IBackend native = TestBackends.Open(backendName);
        using IBackend managed = TestBackends.Open("managed");
        using var actual = new Batch(loss, NoptDtype.F32);
        using var expected = new Batch(loss, NoptDtype.F32);

        double value = actual.Run(native);
        double reference = expected.Run(managed);

        Close.AssertOne(reference, value, 5e-6, "value");
        Close.AssertAll(expected.Dy.Values(), actual.Dy.Values(), 1e-5, "dy");
    }

    [SkippableTheory]
    [InlineData("mean squared error")]
    [InlineData("mean absolute error")]
    [InlineData("percentage error")]
    [InlineData("huber")]
    [InlineData("smooth l1")]
    [InlineData("poisson")]
    [InlineData("hinge")]
    [InlineData("squared hinge")]
    [InlineData("categorical hinge")]
    public void Gradient_OfPlainArithmetic_HasTheSameBitsEverywhere(string loss)
    {
        using IBackend managed = TestBackends.Open("managed");
        using IBackend native = TestBackends.Open("native-scalar");
        using var expected = new Batch(loss, NoptDtype.F32);
        using var actual = new Batch(loss, NoptDtype.F32);

        expected.Run(managed);
        actual.Run(native);

        Assert.Equal(expected.Dy.Values(), actual.Dy.Values());
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void IgnoredClass_HasNeitherValueNorGradient(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var y = new TestMatrix(NoptDtype.F32, 3, 2, [.1, .9, .3, .7, .6, .4]);
        using var labels = new TestMatrix(NoptDtype.I32, 3, 1, [0, 255, 1]);
        using var dy = new TestMatrix(NoptDtype.F32, 3, 2);
        double sum;
        long correct;

        backend.Run(new NoptLossArgs
        {
            Loss = (int)NoptLoss.SparseCategoricalCrossEntropy,
            Flags = (uint)NoptLossFlags.IgnoreClass,
            IgnoreClass = 255,
            GradientScale = 1,
            Y = y.Native,
            Targets = labels.Native,
            Dy = dy.Native,
            LossSum = &sum,
            CorrectCount = &correct,
        });

        Close.AssertOne(-Math.Log(.1) - Math.Log(.4), sum, 1e-6, "value");
        Close.AssertAll([-10, 0, 0, 0, 0, -2.5], dy.Values(), 1e-5, "dy");
        Assert.Equal(0, correct);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Hinge_OfTargetsZeroAndOne_TakesZeroForMinusOne(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var y = new TestMatrix(NoptDtype.F32, 1, 2, [.25, .25]);
        using var classes = new TestMatrix(NoptDtype.F32, 1, 2, [0, 1]);
        using var others = new TestMatrix(NoptDtype.F32, 1, 2, [0, -1]);
        double ofClasses, ofOthers;
        var args = new NoptLossArgs { Loss = (int)NoptLoss.Hinge, GradientScale = 1, Y = y.Native };

        backend.Run(args with { Targets = classes.Native, LossSum = &ofClasses });
        backend.Run(args with { Targets = others.Native, LossSum = &ofOthers });

        Assert.Equal((1.0, 1.125), (ofClasses, ofOthers));
    }

    /// <summary>Predictions, targets and weights.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly TestMatrix _y, _targets, _weights, _classWeights;
        private readonly NoptLossArgs _args;

        public Batch(string loss, NoptDtype dtype)
        {
            NoptLossArgs kind = LossKinds.All[loss];
            bool positive = LossKinds.TakesPositive(kind);
            _y = TestMatrix.Random(dtype, Rows, Columns, seed: 1, low: positive ? 0.02 : -4, high: positive ? 0.98 : 4);
            _targets = LossKinds.IsSparse(kind)
                ? new TestMatrix(NoptDtype.I32, Rows, 1, [0, 18, 3, 7])
                : TestMatrix.Random(dtype, Rows, Columns, seed: 2, low: 0, high: 1);
            _weights = TestMatrix.Random(dtype, Rows, 1, seed: 3, low: 0.5, high: 2);
            _classWeights = TestMatrix.Random(dtype, 1, Columns, seed: 4, low: 0.5, high: 2);
            Dy = new TestMatrix(dtype, Rows, Columns);
            bool weighted = kind.LabelSmoothing != 0 && (NoptLoss)kind.Loss is NoptLoss.CategoricalCrossEntropy
                or NoptLoss.SparseCategoricalCrossEntropy or NoptLoss.CategoricalFocalCrossEntropy;
            _args = kind with
            {
                GradientScale = 1,
                Y = _y.Native,
                Targets = _targets.Native,
                SampleWeights = (kind.Flags & (uint)NoptLossFlags.WholeBatch) == 0 ? _weights.Native : default,
                ClassWeights = weighted ? _classWeights.Native : default,
                Dy = Dy.Native,
            };
        }

        public TestMatrix Dy { get; }

        public double Run(IBackend backend)
        {
            double sum;
            backend.Run(_args with { LossSum = &sum });
            return sum;
        }

        /// <summary>
        /// A central difference. Where the row sum is a constant, another element moves the other way, and its own derivative is
        /// taken off.
        /// </summary>
        public double SlopeAt(IBackend backend, int row, int column)
        {
            const double step = 1e-6;
            int other = LossKinds.DividesByTheSum(_args) ? (column + 1) % Columns : -1;
            double otherSlope = other < 0 ? 0 : Dy[row, other];
            double above = At(backend, row, column, other, step);
            double below = At(backend, row, column, other, -step);
            Run(backend);
            return (above - below) / (2 * step) + otherSlope;
        }

        public void Dispose()
        {
            foreach (TestMatrix matrix in new[] { _y, _targets, _weights, _classWeights, Dy })
                matrix.Dispose();
        }

        private double At(IBackend backend, int row, int column, int other, double move)
        {
            double before = _y[row, column];
            double otherBefore = other < 0 ? 0 : _y[row, other];
            _y[row, column] = before + move;
            if (other >= 0)
                _y[row, other] = otherBefore - move;
            double value = Run(backend);
            _y[row, column] = before;
            if (other >= 0)
                _y[row, other] = otherBefore;
            return value;
        }
    }
}
