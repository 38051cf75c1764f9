using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Optimizers/CustomRule.md, word for word.</summary>
public class CustomRuleGuideExamples
{
    [Fact]
    public void ARuleAndALayerOfOnesOwn_ComeBackFromText()
    {
        using var model = new Sequential(seed: 1) { new Scale(2), new Dense(1, inputShape: 1) };
        model.Build(1);

        OptimizerRule.Register("own_velocity", () => new OwnVelocity());
        model.Compile("own_velocity(lr=0.1, mu=0.8)", "mse");

        Layer.Register("scale", settings => new Scale(settings.Number("by")), layer => new ScheduleSettings { ["by"] = layer.By });

        string json = model.ToJson();
        using Sequential copy = Sequential.FromJson(json);
        copy.SetWeights(model.GetWeights());

        Assert.Equal(0.8, Assert.IsType<OwnVelocity>(copy.Optimizer!.Rule).Momentum);
        float[,] x = { { 0.1f } };
        Assert.Equal(model.Predict(x), copy.Predict(x));
        Assert.True(model.TrainOnBatch(x, new float[] { 1 }) > model.TrainOnBatch(x, new float[] { 1 }));
    }

    public sealed record OwnVelocity() : CustomRule(learningRate: 0.01)
    {
        private static readonly RuleSlot[] SlotTable = [new("v")];

        private static readonly RuleSetting[] SettingTable =
        [
            RuleSetting.Number<OwnVelocity>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }, "mu"),
        ];

        public override string Name => "own_velocity";

        public double Momentum { get; init; } = 0.9;

        protected override IReadOnlyList<RuleSlot> Slots => SlotTable;

        protected override IReadOnlyList<RuleSetting> Settings => SettingTable;

        protected override void Update<T>(in RuleUpdate<T> update)
        {
            (T mu, T rate) = (T.CreateChecked(Momentum), T.CreateChecked(update.LearningRate));
            Span<T> v = update.Slot(0);
            for (int i = 0; i < v.Length; i++)
            {
                v[i] = mu * v[i] - rate * update.Gradients[i];
                update.Weights[i] += v[i];
            }
        }
    }

    private sealed class Scale(double by) : CustomLayer("scale")
    {
        public double By { get; } = by;

        protected override void Forward<T>(in LayerForward<T> pass)
        {
            for (int i = 0; i < pass.X.Length; i++)
                pass.Y[i] = pass.X[i] * T.CreateChecked(By);
        }

        protected override void Backward<T>(in LayerBackward<T> pass)
        {
            for (int i = 0; pass.NeedsDx && i < pass.X.Length; i++)
                pass.Dx[i] = pass.Dy[i] * T.CreateChecked(By);
        }
    }
}
