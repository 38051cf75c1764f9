using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Rules and schedules of the user's own that use their optimizer in the middle of its step.</summary>
public class StepReentryTests
{
    public static TheoryData<string, Action<Optimizer>> Uses => new()
    {
        { "step", optimizer => optimizer.Step(new float[10], new float[10]) },
        { "begin", optimizer => optimizer.BeginStep() },
        { "several", optimizer => optimizer.Step(new ParameterUpdate("weights", new float[10], new float[10])) },
        { "register", optimizer => optimizer.Register("other", 3) },
        { "rate", optimizer => optimizer.LearningRate = 0.5 },
        { "slot", optimizer => optimizer.State.SetSlot("weights", "v", new float[10]) },
    };

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Dispose_ByTheRule_WaitsForTheEndOfTheStep(string backend)
    {
        foreach (int length in new[] { 10, 3000, 100_000 })
        {
            Optimizer? optimizer = null;
            optimizer = new Optimizer(new Watched { Action = () => optimizer!.Dispose() }, TestBackends.Open(backend));
            float[] weights = new float[length];

            optimizer.Step(weights, new float[length]);

            Assert.All(weights, w => Assert.Equal(-1, w));
            Assert.Throws<ObjectDisposedException>(() => optimizer.Step(weights, new float[length]));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void DisposeAndSetSlot_ByTheRuleOfAModel_WaitForTheEndOfTheStep(string backend)
    {
        Sequential? model = null;
        Exception? failure = null;
        var rule = new Watched
        {
            Action = () =>
            {
                failure ??= Record.Exception(() => model!.Optimizer!.State.SetSlot("dense/kernel", "v", new float[3000]));
                model!.Optimizer!.Dispose();
            },
        };
        using Sequential created = model = new Sequential(seed: 1) { new Dense(1000, inputShape: 3) };
        model.Compile(rule, "mse", null, TestBackends.Open(backend));

        float[] before = [.. model.GetWeights("dense/kernel").Cast<float>()];
        model.TrainOnBatch(new float[1, 3], new float[1, 1000]);

        Assert.IsType<InvalidOperationException>(failure);
        Assert.Equal(before.Select(w => w - 1), model.GetWeights("dense/kernel").Cast<float>());
        Assert.Throws<ObjectDisposedException>(() => model.TrainOnBatch(new float[1, 3], new float[1, 1000]));
    }

    [Fact]
    public void Dispose_ByASchedule_EndsTheStepBeforeAnythingHasChanged()
    {
        Optimizer? optimizer = null;
        bool isReady = false;
        optimizer = new Optimizer(new Sgd
        {
            LearningRate = new LambdaSchedule(_ =>
            {
                if (isReady)
                    optimizer!.Dispose();
                return 1;
            }),
        }, BackendKind.Managed);
        float[] weights = [1];
        isReady = true;

        Assert.Throws<ObjectDisposedException>(() => optimizer.Step(weights, [1f]));
        Assert.Equal([1f], weights);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void Use_ByTheRule_IsRefusedAndTheOptimizerGoesOn(string name, Action<Optimizer> use)
    {
        Optimizer? optimizer = null;
        Exception? failure = null;
        using Optimizer created = optimizer = new Optimizer(
            new Watched { Action = () => failure = Record.Exception(() => use(optimizer!)) }, BackendKind.Managed);

        for (int i = 0; i < 2; i++)
            optimizer.Step(new float[10], new float[10]);

        Assert.True(failure is InvalidOperationException, name);
        Assert.Contains("A step is being computed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, optimizer.StepCount);
    }

    [Fact]
    public void Step_ByASchedule_IsRefusedWithoutEnd()
    {
        Optimizer? optimizer = null;
        bool isReady = false;
        using Optimizer created = optimizer = new Optimizer(new Sgd
        {
            LearningRate = new LambdaSchedule(_ =>
            {
                if (isReady)
                    optimizer!.Step(new float[1], new float[1]);
                return 1;
            }),
        }, BackendKind.Managed);
        isReady = true;

        var failure = Assert.Throws<InvalidOperationException>(() => optimizer.Step(new float[1], new float[1]));

        Assert.Contains("A step is being computed", failure.Message, StringComparison.Ordinal);
        isReady = false;
        optimizer.Step(new float[1], new float[1]);
        Assert.Equal(1, optimizer.StepCount);
    }

    /// <summary>Does something, and then makes its slot and the weights other numbers.</summary>
    private sealed record Watched : CustomRule
    {
        public Watched() : base(learningRate: 1) { }

        public Action? Action { get; init; }

        public override string Name => "own_watched";

        protected override IReadOnlyList<RuleSlot> Slots { get; } = [new RuleSlot("v")];

        protected override void Update<T>(in RuleUpdate<T> update)
        {
            Span<T> v = update.Slot(0);
            Action?.Invoke();
            for (int i = 0; i < v.Length; i++)
            {
                v[i] += T.One;
                update.Weights[i] -= v[i];
            }
        }
    }
}
