using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>What holds for any numbers.</summary>
public class OptimizerPropertyTests
{
    private static readonly Gen<float> Number = Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 997f);

    private static readonly Gen<(float W, float G)[]> Pairs =
        Gen.Zip(Number, Number, (w, g) => (w, g)).NonEmptyListOf().Select(list => list.ToArray());

    private static readonly Gen<OptimizerRule> AnyRule = Gen.Elements(StepCases.Rules.Values.ToArray());

    /// <summary>Rules that move weights by gradients only.</summary>
    private static readonly Gen<OptimizerRule> GradientRule = AnyRule.Where(rule => rule is not (AdamW or Asgd or Ftrl or Fromage));

    /// <summary>Rules to which a weight is a weight, whatever the others are.</summary>
    private static readonly Gen<OptimizerRule> ElementwiseRule =
        AnyRule.Where(rule => !rule.NeedsRowPerParameter && rule.MeasuredCount == 0);

    [Fact]
    public void Step_WithClipValue_BoundsTheUpdateOfSgd() => Prop.ForAll(Pairs.ToArbitrary(), pairs =>
    {
        const float limit = 0.5f, rate = 0.25f;
        float[] weights = Weights(pairs);
        using var optimizer = new Optimizer(new Sgd { LearningRate = rate, ClipValue = limit }, BackendKind.Managed);
        optimizer.Step(weights, Gradients(pairs));
        return pairs.Zip(weights).All(p => p.Second == p.First.W - rate * Math.Clamp(p.First.G, -limit, limit));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Step_WithZeroGradientsAndNoDecay_KeepsTheWeights() =>
        Prop.ForAll(GradientRule.ToArbitrary(), Pairs.ToArbitrary(), (rule, pairs) =>
        {
            float[] weights = Weights(pairs);
            using var optimizer = new Optimizer(rule with { WeightDecay = 0 }, BackendKind.Managed);
            optimizer.Step(weights, new float[weights.Length]);
            optimizer.Step(weights, new float[weights.Length]);
            return weights.SequenceEqual(Weights(pairs));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Step_OnReversedArrays_GivesReversedWeights() =>
        Prop.ForAll(ElementwiseRule.ToArbitrary(), Pairs.ToArbitrary(), (rule, pairs) =>
            Train(rule, pairs).SequenceEqual(Train(rule, [.. pairs.Reverse()]).Reverse())).QuickCheckThrowOnFailure();

    [Fact]
    public void Step_OnTwoHalves_GivesWhatTheWholeGives() =>
        Prop.ForAll(ElementwiseRule.ToArbitrary(), Pairs.ToArbitrary(), (rule, pairs) =>
        {
            if (pairs.Length < 2)
                return true;
            int half = pairs.Length / 2;
            float[] whole = Train(rule, pairs);
            return whole.SequenceEqual(Train(rule, pairs[..half]).Concat(Train(rule, pairs[half..])));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Step_WithMaximize_IsAStepOnNegatedGradients() =>
        Prop.ForAll(AnyRule.ToArbitrary(), Pairs.ToArbitrary(), (rule, pairs) =>
            Train(rule with { Maximize = true }, pairs)
                .SequenceEqual(Train(rule, Array.ConvertAll(pairs, pair => (pair.W, -pair.G))))).QuickCheckThrowOnFailure();

    [Fact]
    public void Step_WithDecoupledDecayOnly_ShrinksTheWeights() => Prop.ForAll(Pairs.ToArbitrary(), pairs =>
    {
        float[] weights = Weights(pairs);
        using var optimizer = new Optimizer(new Sgd { LearningRate = 0.5, WeightDecay = 0.5 }, BackendKind.Managed);
        optimizer.Step(weights, new float[weights.Length]);
        return pairs.Zip(weights).All(p => p.Second == p.First.W * 0.75f);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ToString_OfAnySettings_ParsesBackToTheRule() => Prop.ForAll(
        AnyRule.ToArbitrary(), Gen.Choose(0, 1 << 30).ToArbitrary(), (rule, seed) =>
    {
        var random = new Random(seed);
        OptimizerRule changed = rule with
        {
            LearningRate = random.NextDouble(), WeightDecay = random.NextDouble(), Maximize = random.Next(2) == 0,
            ClipValue = random.Next(2) == 0 ? null : random.NextDouble() + 1e-3,
        };
        return OptimizerRule.Parse(changed.ToString()) == changed;
    }).QuickCheckThrowOnFailure();

    private static float[] Train(OptimizerRule rule, (float W, float G)[] pairs)
    {
        float[] weights = Weights(pairs);
        using var optimizer = new Optimizer(rule, BackendKind.Managed);
        for (int i = 0; i < 3; i++)
            optimizer.Step(weights, Gradients(pairs));
        return weights;
    }

    private static float[] Weights((float W, float G)[] pairs) => Array.ConvertAll(pairs, pair => pair.W);

    private static float[] Gradients((float W, float G)[] pairs) => Array.ConvertAll(pairs, pair => pair.G);
}
