using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Metrics;

/// <summary>Metrics as objects of a model: built in and of the user's own.</summary>
public sealed class MetricObjectTests
{
    private static readonly float[,] X = { { 0, 1 }, { 2, 1 }, { 3, 4 }, { 1, 0 } };
    private static readonly int[] Labels = [1, 0, 0, 0];

    [Fact]
    public void Compile_WithObjectsNamesAndLosses_ReportsEach()
    {
        var matrix = new ConfusionMatrix();
        using Sequential model = Identity(TestModels.SparseLoss, ["accuracy", new SparseTopKCategoricalAccuracy(2), matrix]);

        EvaluationResult result = model.Evaluate(X, Labels, batchSize: 3);

        Assert.Equal(["loss", "accuracy", "sparse_top_k_categorical_accuracy", "confusion_matrix"], result.Logs.Keys);
        Assert.Equal([0.75, 1, 0.75], result.Logs.Skip(1).Select(entry => entry.Value));
        Assert.Equal([2, 1, 0, 1], matrix.ToArray().Cast<double>());
    }

    [Fact]
    public void Compile_WithAnEmptyListOrNull_HasTheLossAlone()
    {
        using var model = new Sequential { new Dense(2, inputShape: 2) };

        model.Compile("sgd", TestModels.SparseLoss, []);
        model.Compile("sgd", TestModels.SparseLoss, null, BackendKind.Managed);

        Assert.Equal(["loss"], model.Evaluate(X, Labels).Logs.Keys);
    }

    [Fact]
    public void Object_HoldsTheNumbersOfTheValidation()
    {
        var matrix = new ConfusionMatrix();
        using Sequential model = Identity(TestModels.SparseLoss, [matrix]);

        model.Fit(X, Labels, batchSize: 2, validationData: (new float[,] { { 1, 2 } }, new[] { 1 }));

        Assert.Equal([0, 0, 0, 1], matrix.ToArray().Cast<double>());
    }

    [Fact]
    public void Evaluate_InTheMiddleOfAnEpoch_LeavesTheTrainingMetricsAlone()
    {
        static Metric[] Metrics() => [new ConfusionMatrix(), new F1Score(), new Auc(), new RowCount()];
        using Sequential plain = Identity(TestModels.SparseLoss, Metrics());
        using Sequential disturbed = Identity(TestModels.SparseLoss, Metrics());
        var callback = new ActionCallback { BatchEnd = (model, _, _) => ((Model)model).Evaluate(X, new[] { 0, 0, 1, 1 }) };

        History expected = plain.Fit(X, Labels, batchSize: 1, shuffle: false);
        History actual = disturbed.Fit(X, Labels, batchSize: 1, shuffle: false, callbacks: [callback]);

        foreach (string key in expected.Keys)
            Assert.Equal(expected[key], actual[key]);
    }

    [Fact]
    public void Metric_OfTheUsersOwn_IsFoundByObjectAndByName()
    {
        Metric.Register("test_row_count", () => new RowCount());
        using Sequential model = Identity(TestModels.SparseLoss, [new RowCount(), "test_row_count"]);

        EvaluationResult result = model.Evaluate(X, Labels, batchSize: 3);

        Assert.Equal(4, result.Logs["row_count"]);
        Assert.Equal(4, result.Logs["test_row_count"]);
    }

    [Fact]
    public void SampleWeights_CountInTheMetricsThatAskForThem()
    {
        using Sequential model = Identity(TestModels.SparseLoss,
            ["accuracy", new RowCount { Weighted = true }, new SparseTopKCategoricalAccuracy(1) { Weighted = true }]);

        EvaluationResult result = model.Evaluate(X, Labels, sampleWeight: [1, 1, 6, 0]);

        Assert.Equal([0.75, 8, 0.25], result.Logs.Skip(1).Select(entry => entry.Value));
    }

    [Fact]
    public void Accuracy_ThatIsWeighted_ComparesInsteadOfCounting()
    {
        Metric accuracy = new SparseCategoricalAccuracy { Weighted = true };
        using Sequential model = Identity(TestModels.SparseLoss, [accuracy]);

        Assert.Equal(0.25, model.Evaluate(X, Labels, sampleWeight: [1, 1, 6, 0]).Accuracy);
    }

    [Fact]
    public void Names_AreThoseOfKeras()
    {
        string[] names =
        [
            "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "top_k_categorical_accuracy",
            "sparse_top_k_categorical_accuracy", "precision", "recall", "f1_score", "fbeta_score", "auc", "root_mean_squared_error",
            "r2_score", "cosine_similarity", "mean_absolute_error", "mae", "kl_divergence", "log_cosh", "hinge", "TopKCategoricalAccuracy",
        ];
        Assert.All(names, name => Assert.Equal(name, Metric.FromName(name).Name));
        Assert.Contains("did you mean 'precision'", Assert.Throws<ArgumentException>(
            () => Metric.FromName("precisoin")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_ThatDoNotFit_AreRefused()
    {
        AssertRefused("compares with rows as wide as the output", () => Identity(TestModels.SparseLoss, [new R2Score()]));
        AssertRefused("compares with one class number a row", () => Identity("mse", [new SparseTopKCategoricalAccuracy()]));
        AssertRefused("metric 'auc' is there twice", () => Identity("mse", [new Auc(), new Auc()]));
        AssertRefused("metrics[1] is null", () => Identity("mse", [new Auc(), null!]));
        AssertRefused("row 0 has label 7", () => new LossMetric(TestModels.SparseLoss).Update(X, new[] { 7, 0, 0, 0 }));
        AssertRefused("the targets are rows", () => new LossMetric(TestModels.SparseLoss).Update(X, X));
        AssertRefused("row 1 is of class 2", () => new ConfusionMatrix().Update(X, new[] { 0, 2, 0, 0 }));
        AssertRefused("targets has 3 numbers", () => new Auc().Update(new MetricBatch([1, 2], new double[] { 1, 2, 3 }, 1)));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_WithManyMetrics_AllocatesNothingAfterTheFirst(string backend)
    {
        float[,] x = TestModels.Waves(40, 3);
        float[,] y = new float[40, 3];
        for (int row = 0; row < 40; row++)
            y[row, row % 3] = 1;
        using var model = new Sequential(seed: 2) { new Dense(3, "softmax", inputShape: 3) };
        model.Compile(new Sgd(), "categorical_crossentropy",
            ["accuracy", "precision", "recall", "f1", "auc", "mae", "rmse", "r2", "top_k_categorical_accuracy", "confusion_matrix"],
            TestBackends.Open(backend));

        AllocationMarks.AssertZeros(19, () =>
        {
            var marks = new AllocationMarks(40);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(x, y, epochs: 2, batchSize: 4, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    private static void AssertRefused(string sentence, Action action) =>
        Assert.Contains(sentence, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static Sequential Identity(Loss loss, Metric[] metrics)
    {
        var model = new Sequential(seed: 1) { new Dense(2, inputShape: 2) };
        model.Compile(new Sgd { LearningRate = 0 }, loss, metrics, BackendKind.Managed);
        model.SetWeights("dense/kernel", new float[,] { { 1, 0 }, { 0, 1 } });
        return model;
    }

    /// <summary>The number of rows, or the sum of their weights.</summary>
    private sealed class RowCount() : Metric("row_count")
    {
        private double _rows;

        public override double Result => _rows;

        public override void Reset() => _rows = 0;

        public override void Update(MetricBatch batch)
        {
            for (int row = 0; row < batch.Rows; row++)
                _rows += batch.Weight(row);
        }
    }
}
