using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NativeOpt.Tests.Gradients;

/// <summary>What holds for any gradients.</summary>
public class GradientClippingPropertyTests
{
    /// <summary>Relative: a few units in the last place of a float, for the rounding of the factor and of each product.</summary>
    private const double Slack = 4e-7;

    private static readonly Gen<float> Number =
        Gen.OneOf(Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 997f), Gen.Choose(-1000, 1000).Select(n => n * 1e-9f));

    private static readonly Gen<float[]> Numbers = Number.NonEmptyListOf().Select(list => list.ToArray());

    private static readonly Gen<double> Limit = Gen.Choose(1, 1_000_000).Select(n => n / 1000.0);

    private static readonly Gen<double> Order = Gen.Elements(1, 2, 3, 0.5, 7.5, double.PositiveInfinity);

    private static readonly Gen<(float[] G, double Limit, double Order, Convention Convention)> Case =
        from gradients in Numbers
        from limit in Limit
        from order in Order
        from convention in Gen.Elements(Convention.Keras, Convention.PyTorch)
        select (gradients, limit, order, convention);

    [Fact]
    public void Norm_AfterClipping_IsNotAboveTheLimit() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        float[] clipped = [.. c.G];
        double before = GradientClipping.ByNorm(clipped, c.Limit, c.Order, c.Convention);
        double after = GradientClipping.Norm(clipped, c.Order);
        // PyTorch's 1e-6 clips a little below the limit.
        double kept = 2e-6 / Math.Min(c.Limit, 1);
        return after <= c.Limit * (1 + Slack) && after <= before * (1 + Slack)
            && (before > c.Limit || clipped.Zip(c.G).All(p => Math.Abs(p.First - p.Second) <= kept * Math.Abs(p.Second)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gradients_BelowTheLimit_KeepTheirBitsUnderKeras() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        float[] clipped = [.. c.G];
        double norm = GradientClipping.Norm(c.G, c.Order);
        GradientClipping.ByNorm(clipped, norm + 1, c.Order);
        return clipped.SequenceEqual(c.G);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Clipping_Twice_GivesWhatClippingOnceGives() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        float[] once = [.. c.G];
        GradientClipping.ByNorm(once, c.Limit, c.Order);
        float[] twice = [.. once];
        GradientClipping.ByNorm(twice, c.Limit, c.Order);
        return once.Zip(twice).All(p => Math.Abs(p.First - p.Second) <= Slack * Math.Abs(p.First));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void GlobalNorm_DoesNotDependOnHowGradientsAreSplit() =>
        Prop.ForAll(Case.ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (c, cut) =>
        {
            int at = cut % (c.G.Length + 1);
            float[] whole = [.. c.G], first = c.G[..at], second = c.G[at..];
            double norm = GradientClipping.ByGlobalNorm([whole], c.Limit, c.Order, c.Convention);
            double ofParts = GradientClipping.ByGlobalNorm([second, first], c.Limit, c.Order, c.Convention);
            return Math.Abs(norm - ofParts) <= 1e-12 * norm
                && whole.Zip(first.Concat(second)).All(p => Math.Abs(p.First - p.Second) <= Slack * Math.Abs(p.First));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Directions_OfClippedGradients_AreThoseOfTheGradients() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        float[] clipped = [.. c.G];
        GradientClipping.ByNorm(clipped, c.Limit, c.Order, c.Convention);
        return clipped.Zip(c.G).All(p => p.First == 0 || MathF.Sign(p.First) == MathF.Sign(p.Second));
    }).QuickCheckThrowOnFailure();
}
