using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

/// <summary>Tables that are looked up, and their lazy updates.</summary>
public class EmbeddingTests
{
    private const int Rows = 50, Columns = 3;

    private static readonly float[,] Ids = { { 4, 7 }, { 7, 5 }, { 49, 4 }, { 7, 7 } };
    private static readonly int[] Touched = [4, 5, 7, 49];
    private static readonly float[,] Y = TestModels.Waves(4, 2);

    private static readonly Dictionary<string, OptimizerRule> Rules = new()
    {
        ["sgd"] = new Sgd { LearningRate = 0.5 },
        ["momentum"] = new Sgd { LearningRate = 0.5, Momentum = 0.9 },
        ["adagrad"] = new Adagrad { LearningRate = 0.5 },
        ["rmsprop"] = new RMSprop { LearningRate = 0.05 },
        ["adam"] = new Adam { LearningRate = 0.05, WeightDecay = 0.1 },
    };

    public static TheoryData<string, string> RulesOnBackends
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Names)
                foreach (string rule in Rules.Keys)
                    data.Add(backend, rule);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Predict_LooksTheRowsUp(string backend)
    {
        using var model = new Sequential(seed: 1) { new Embedding(Rows, Columns) };
        model.Compile(new Sgd(), "mse", null, TestBackends.Open(backend));
        model.Build(2);
        float[,] table = model.GetWeights("embedding/embeddings");

        float[,] y = model.Predict(Ids);

        Assert.Equal((4, 2 * Columns), (y.GetLength(0), y.GetLength(1)));
        for (int row = 0; row < 4; row++)
            for (int c = 0; c < 2 * Columns; c++)
                Assert.Equal(table[(int)Ids[row, c / Columns], c % Columns], y[row, c]);
        Assert.All(table.Cast<float>(), value => Assert.InRange(value, -0.05f, 0.05f));
    }

    [SkippableTheory]
    [MemberData(nameof(RulesOnBackends))]
    public void Step_ChangesTheTouchedRowsAndTheirSlots_AndNoBitOfTheOthers(string backend, string rule)
    {
        using Sequential model = Model(backend, Rules[rule]);
        float[,] before = model.GetWeights("embedding/embeddings");

        for (int i = 0; i < 3; i++)
            model.TrainOnBatch(Ids, Y);

        AssertTouched(before, model.GetWeights("embedding/embeddings"), Touched);
        OptimizerState state = model.Optimizer!.State;
        foreach (string slot in state.SlotNames)
        {
            float[] values = state.GetSlot("embedding/embeddings", slot);
            float untouched = values[0];
            for (int row = 0; row < Rows; row++)
                Assert.Equal(!Touched.Contains(row), values[row * Columns] == untouched);
        }
        float[,] middle = model.GetWeights("embedding/embeddings");
        model.TrainOnBatch(new float[,] { { 0, 1 } }, new float[,] { { 1, 2 } });
        AssertTouched(middle, model.GetWeights("embedding/embeddings"), [0, 1]);
    }

    [SkippableTheory]
    [MemberData(nameof(RulesOnBackends))]
    public void Step_OfTheTouchedRows_IsThatOfADenseLayerOverOneHotRows(string backend, string rule)
    {
        using Sequential model = Model(backend, Rules[rule], inputs: 1);
        using var dense = new Sequential(seed: 1) { new Dense(Columns, inputShape: Rows, useBias: false), new Dense(2) };
        dense.Compile(Rules[rule], "mse", null, TestBackends.Open(backend));
        dense.SetWeights(model.GetWeights());
        var ids = new float[,] { { 3 }, { 8 }, { 3 } };
        var oneHot = new float[3, Rows];
        for (int row = 0; row < 3; row++)
            oneHot[row, (int)ids[row, 0]] = 1;

        model.TrainOnBatch(ids, TestModels.Waves(3, 2));
        dense.TrainOnBatch(oneHot, TestModels.Waves(3, 2));

        float[,] table = model.GetWeights("embedding/embeddings");
        float[,] kernel = dense.GetWeights("dense/kernel");
        foreach (int row in new[] { 3, 8 })
            for (int c = 0; c < Columns; c++)
                Assert.Equal(kernel[row, c], table[row, c], 1e-5);
    }

    [Fact]
    public void Gradients_ByHand_AddUpOverBatchesUntilTheyAreCleared()
    {
        using Sequential model = Model("managed", new Sgd { LearningRate = 0.5 });
        float[,] before = model.GetWeights("embedding/embeddings");
        model.ZeroGradients();
        foreach (float[,] ids in new float[][,] { Ids, new float[,] { { 0, 1 } } })
        {
            model.Forward(ids);
            model.Backward(TestModels.Waves(ids.GetLength(0), 2));
        }

        model.Optimizer!.Step(model);

        AssertTouched(before, model.GetWeights("embedding/embeddings"), [0, 1, .. Touched]);
        before = model.GetWeights("embedding/embeddings");
        model.ZeroGradients();
        model.Forward(new float[,] { { 9, 9 } });
        model.Backward(new float[,] { { 1, 2 } });
        model.Optimizer.Step(model);
        AssertTouched(before, model.GetWeights("embedding/embeddings"), [9]);
    }

    [Fact]
    public void WorkOfAStep_FollowsTheRowsTouched_NotTheTable()
    {
        foreach (int rows in new[] { 100, 100_000 })
        {
            var embedding = new Embedding(rows, 8);
            using var model = new Sequential(seed: 1) { embedding, new Dense(1) };
            model.Compile(new Adam(), "mse", backend: BackendKind.Managed);

            model.TrainOnBatch(new float[,] { { 10, 11, 12, 50 }, { 50, 99, 10, 11 } }, new float[] { 1, 2 });

            Assert.Equal([10, 11, 12, 50, 99], embedding.Touched.Rows.ToArray());
            Assert.Equal(3, embedding.Touched.SegmentCount);
            Assert.Equal(5 * 8, Enumerable.Range(0, 3).Sum(i =>
                embedding.Touched.Segments.AsSpan<NativeOpt.Interop.NoptSegment>()[i].Count));
        }
    }

    [Fact]
    public void Gradient_OfTheTable_IsItsSlope()
    {
        using Sequential model = Model("managed", new Sgd());

        GradientCheckResult result = GradientCheck.Model(model, Ids, Y);

        Assert.True(result.LargestError < 1e-8, result.ToString());
    }

    [SkippableTheory]
    [InlineData(50, "row 1 of the batch, column 1 is 50; it takes whole numbers from 0 to 49")]
    [InlineData(-1, "column 1 is -1;")]
    [InlineData(1.5, "column 1 is 1.5;")]
    [InlineData(double.NaN, "column 1 is NaN;")]
    public void Id_OutsideTheTable_IsRefusedByPlaceValueAndLimit(double id, string message)
    {
        using Sequential model = Model("managed", new Sgd());
        float[,] before = model.GetWeights("embedding/embeddings");
        float[,] ids = { { 1, 2 }, { 3, (float)id } };

        foreach (Action call in new Action[] { () => model.Predict(ids), () => model.TrainOnBatch(ids, TestModels.Waves(2, 2)) })
            Assert.Contains(message, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
        Assert.Equal(before, model.GetWeights("embedding/embeddings"));
    }

    [Fact]
    public void Embedding_BehindAnotherLayer_IsRefused()
    {
        using var model = new Sequential { new Dense(2), new Embedding(5, 2) };

        Assert.Contains("must be the first layer", Assert.Throws<InvalidOperationException>(() => model.Build(3)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(1 << 25, 2));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_AllocatesNothing(string backend)
    {
        using Sequential model = Model(backend, new Adam());
        var ids = new float[40, 2];
        for (int i = 0; i < 80; i++)
            ids[i / 2, i % 2] = i * 7 % Rows;

        AllocationMarks.AssertZeros(7, () =>
        {
            var marks = new AllocationMarks(16);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(ids, TestModels.Waves(40, 2), batchSize: 5, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    private static Sequential Model(string backend, OptimizerRule rule, int inputs = 2)
    {
        var model = new Sequential(seed: 1) { new Embedding(Rows, Columns, inputShape: inputs), new Dense(2) };
        model.Compile(rule, "mse", null, TestBackends.Open(backend));
        return model;
    }

    private static void AssertTouched(float[,] before, float[,] after, int[] touched)
    {
        for (int row = 0; row < Rows; row++)
        {
            bool isEqual = Enumerable.Range(0, Columns).All(c =>
                BitConverter.SingleToInt32Bits(before[row, c]) == BitConverter.SingleToInt32Bits(after[row, c]));
            Assert.True(isEqual != touched.Contains(row), $"row {row} is {(isEqual ? "as it was" : "changed")}");
        }
    }
}
