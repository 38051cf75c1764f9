using NativeOpt.Cli.Tutorial;
using NativeOpt.Cli.Tutorial.Surfaces;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>The functions, and what the optimizers do on them.</summary>
public sealed class SurfacesStudyTests
{
    public static TheoryData<string> Names => [.. TestSurfaces.All.Select(surface => surface.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_IsTheSlopeOfTheValue(string name)
    {
        const double h = 1e-6;
        Surface surface = Find(name);

        foreach (PlanePoint p in (PlanePoint[])[surface.Start, new(0.3, -0.7), new(-1.1, 0.4)])
        {
            PlanePoint gradient = surface.Gradient(p);
            double x = (surface.Value(p + new PlanePoint(h, 0)) - surface.Value(p - new PlanePoint(h, 0))) / (2 * h);
            double y = (surface.Value(p + new PlanePoint(0, h)) - surface.Value(p - new PlanePoint(0, h))) / (2 * h);
            Assert.InRange((gradient - new PlanePoint(x, y)).Length, 0, 1e-5 * (1 + gradient.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Minima_AreFlatAndTheLowestIsFirst(string name)
    {
        Surface surface = Find(name);

        Assert.All(surface.Minima, minimum =>
        {
            Assert.InRange(surface.Gradient(minimum).Length, 0, 1e-6);
            Assert.True(surface.Value(minimum) >= surface.Lowest - 1e-9);
            Assert.True(surface.Value(minimum + new PlanePoint(0.01, -0.01)) > surface.Value(minimum));
        });
    }

    [Fact]
    public void Curvature_OfTheBowl_IsThatOfItsSteepAxis()
    {
        Curvature curvature = Curvature.At(TestSurfaces.Bowl, new PlanePoint(1, 1));

        Assert.Equal(25, curvature.Largest, 1e-6);
        Assert.Equal(1, Math.Abs(curvature.Direction.Y), 1e-9);
    }

    [Fact]
    public void Rates_BelowTheLimitConverge_AndAboveItLeave()
    {
        IReadOnlyList<StabilityRow> rows = StabilityStudy.Run(BackendKind.Auto);

        Assert.Equal([2, 3.8], rows.Select(row => row.Limit).Distinct());
        Assert.Contains(rows, row => row.RateTimesCurvature is > 1.97 and < 2);
        Assert.Contains(rows, row => row.RateTimesCurvature is > 2 and < 2.03);
        Assert.All(rows, row => Assert.Equal(row.RateTimesCurvature < row.Limit, row.Growth < 1));
    }

    [Theory]
    [InlineData("SGD", false)]
    [InlineData("Adam", false)]
    [InlineData("Momentum", true)]
    public void Wells_AreLeftByMomentumOnly(string optimizer, bool findsLowest)
    {
        DescentPath path = Follow(TestSurfaces.Wells, optimizer);

        Assert.Equal((PathEnd.Arrived, findsLowest), (path.End, path.FoundLowest));
    }

    [Fact]
    public void Saddle_HoldsGradientDescentTheLongest()
    {
        int steps = Follow(TestSurfaces.Saddle, "SGD").ArrivedAt!.Value;

        Assert.All((string[])["Momentum", "Nesterov", "RMSprop", "Adam"], optimizer =>
            Assert.InRange(Follow(TestSurfaces.Saddle, optimizer).ArrivedAt!.Value, 1, steps / 3));
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    public void Path_AtAnAbsurdRate_Diverges_OrAtLeastDoesNotArrive(string optimizer)
    {
        var descent = new SurfaceDescent(200, BackendKind.Auto);

        DescentPath path = descent.Follow(TestSurfaces.Rosenbrock, optimizer, TutorialOptimizer.Of(optimizer).At(100));

        Assert.NotEqual(PathEnd.Arrived, path.End);
        Assert.Null(path.ArrivedAt);
        Assert.Equal(path.End == PathEnd.Diverged, double.IsPositiveInfinity(path.Excess));
    }

    [Fact]
    public void Paths_OfBothBackends_AreTheSame()
    {
        foreach (TutorialOptimizer optimizer in TutorialOptimizer.All)
        {
            OptimizerRule rule = optimizer.At(0.001);
            Assert.Equal(
                new SurfaceDescent(100, BackendKind.Managed).Follow(TestSurfaces.Beale, optimizer.Name, rule).Points,
                new SurfaceDescent(100, BackendKind.Auto).Follow(TestSurfaces.Beale, optimizer.Name, rule).Points);
        }
    }

    [Fact]
    public void RandomStarts_FollowFromTheSeed_AndNoiseHelpsDescent()
    {
        BasinRow Run(long seed, double noise) =>
            new BasinStudy(60, 300, seed, BackendKind.Auto).Run("SGD", TutorialOptimizer.Of("SGD").At(0.02), noise);

        BasinRow still = Run(seed: 3, noise: 0), noisy = Run(seed: 3, BasinStudy.Noise);

        Assert.Equal(noisy, Run(seed: 3, BasinStudy.Noise));
        Assert.NotEqual(noisy, Run(seed: 4, BasinStudy.Noise));
        Assert.InRange(still.Share, 0.1, 0.5);
        Assert.True(noisy.Lowest > still.Lowest, $"{noisy} against {still}");
    }

    private static Surface Find(string name) => TestSurfaces.All.Single(surface => surface.Name == name);

    private static DescentPath Follow(Surface surface, string optimizer) =>
        new SurfaceDescent(2000, BackendKind.Auto).FollowBest(surface, TutorialOptimizer.Of(optimizer), SurfacesStudy.AllRates);
}
