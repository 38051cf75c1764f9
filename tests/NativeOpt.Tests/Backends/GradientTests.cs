using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>Gradients of the managed backend in double against central differences.</summary>
public sealed class GradientTests
{
    private const int Batch = 4, In = 5, Out = 3;
    private const double Step = 1e-6;
    private const double Tolerance = 1e-8;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string activation in TestActivations.Texts)
                foreach (string loss in (string[])["MeanSquaredError", "BinaryCrossEntropy/logits", "CategoricalCrossEntropy/logits",
                    "SparseCategoricalCrossEntropy/logits"])
                    cases.Add(activation, loss);
            // Losses of probabilities behind the activations that make them.
            cases.Add("sigmoid", "BinaryCrossEntropy/probabilities");
            cases.Add("softmax", "BinaryCrossEntropy/probabilities");
            cases.Add("softmax", "CategoricalCrossEntropy/probabilities");
            cases.Add("softmax", "SparseCategoricalCrossEntropy/probabilities");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void DenseWithLoss_Gradients_AreTheSlopesOfTheLoss(string activation, string loss)
    {
        using IBackend backend = TestBackends.Open("managed");
        using var network = new Network(backend, activation, loss);

        network.Loss();
        network.Backward();

        AssertSlopes(network, network.X, network.Layer.Dx.Values(), "dx");
        AssertSlopes(network, network.Layer.W, network.Layer.Dw.Values(), "dw");
        AssertSlopes(network, network.Layer.B!, network.Layer.Db!.Values(), "db");
    }

    private static void AssertSlopes(Network network, TestMatrix parameter, double[] gradient, string name)
    {
        for (int row = 0; row < parameter.Rows; row++)
            for (int column = 0; column < parameter.Columns; column++)
            {
                double value = parameter[row, column];
                parameter[row, column] = value + Step;
                double above = network.Loss();
                parameter[row, column] = value - Step;
                double below = network.Loss();
                parameter[row, column] = value;
                double slope = (above - below) / (2 * Step);
                double actual = gradient[row * parameter.Columns + column];
                Assert.True(Math.Abs(slope - actual) <= Tolerance * Math.Max(1, Math.Abs(slope)),
                    $"{name}[{row}, {column}] is {actual:R}, the slope is {slope:R}");
            }
    }

    /// <summary>A dense layer, a loss and sample weights.</summary>
    private sealed class Network : IDisposable
    {
        private readonly IBackend _backend;
        private readonly NoptLoss _loss;
        private readonly bool _logits;
        private readonly TestMatrix _targets, _weights, _dy;

        public Network(IBackend backend, Activation activation, string loss)
        {
            _backend = backend;
            string[] parts = loss.Split('/');
            _loss = Enum.Parse<NoptLoss>(parts[0]);
            _logits = parts.Length > 1 && parts[1] == "logits";
            Layer = new TestDense(NoptDtype.F64, Rows(TestMatrix.Random(NoptDtype.F64, In, Out, seed: 1)), [0.1, -0.2, 0.3], activation);
            X = TestMatrix.Random(NoptDtype.F64, Batch, In, seed: 2);
            _weights = TestMatrix.Random(NoptDtype.F64, Batch, 1, seed: 3, low: 0.5, high: 2);
            _targets = _loss == NoptLoss.SparseCategoricalCrossEntropy
                ? new TestMatrix(NoptDtype.I32, Batch, 1, [2, 0, 1, 2])
                : TestMatrix.Random(NoptDtype.F64, Batch, Out, seed: 4, low: 0, high: 1);
            _dy = new TestMatrix(NoptDtype.F64, Batch, Out);
        }

        public TestDense Layer { get; }

        public TestMatrix X { get; }

        public unsafe double Loss()
        {
            Layer.Forward(_backend, X);
            double sum;
            _backend.Run(new NoptLossArgs
            {
                Loss = (int)_loss,
                Flags = _logits ? (uint)NoptLossFlags.FromLogits : 0,
                GradientScale = 1.0 / Batch,
                Y = Layer.Y.Native,
                Targets = _targets.Native,
                SampleWeights = _weights.Native,
                Dy = _dy.Native,
                LossSum = &sum,
            });
            return sum / Batch;
        }

        public void Backward() => Layer.Backward(_backend, X, _dy);

        public void Dispose()
        {
            foreach (IDisposable item in new IDisposable[] { Layer, X, _weights, _targets, _dy })
                item.Dispose();
        }

        private static double[][] Rows(TestMatrix matrix)
        {
            using (matrix)
                return [.. matrix.Values().Chunk(matrix.Columns)];
        }
    }
}
