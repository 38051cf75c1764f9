using NativeOpt.Cli.Tutorial;
using NativeOpt.Cli.Tutorial.Claims;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>Claims of the tutorials: the list, the criteria, and what is measured.</summary>
public sealed class ClaimsTests
{
    public static TheoryData<double[], double, double, string> Judgements => new()
    {
        { [1, 1, 1, 1, 0], 0.75, 0.25, "supported" },
        { [1, 1, 1, 0, 0], 0.75, 0.25, "depends" },
        { [0.5, 0.5, 0.5, 0.5, 0.5], 0.75, 0.25, "depends" },
        { [0.2, 0.1, 0, 0.25, 1], 0.75, 0.25, "not supported" },
        { [1.2, 1, 0.5, 1.25, 9], 1.25, 2, "supported" },
        { [2, 3, 4, 5, 1], 1.25, 2, "not supported" },
        { [double.PositiveInfinity, double.NaN, 3], 1.25, 2, "not supported" },
        { [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity], 1, 0.5, "supported" },
        { [0.75], 0.75, 0.25, "supported" },
    };

    [Theory]
    [MemberData(nameof(Judgements))]
    public void Verdict_FollowsFromTheSeeds(double[] values, double limit, double against, string expected) =>
        Assert.Equal(expected, new Criterion(limit, against).Judge(new Sample(values)).Words());

    [Theory]
    [InlineData(1, 0.5, "supported from 1, not supported up to 0.5")]
    [InlineData(1.25, 2, "supported up to 1.25, not supported from 2")]
    public void Criterion_ReadsAsASentence(double limit, double against, string expected) =>
        Assert.Equal(expected, new Criterion(limit, against).ToString());

    [Fact]
    public void List_HasBothKindsOfClaimsOnEachOptimizer_NoneTwice()
    {
        IReadOnlyList<Claim> claims = ClaimsStudy.Claims;

        Assert.Distinct(claims.Select(claim => (claim.Subject, claim.Words)));
        Assert.All((string[])["Momentum", "Nesterov", "Adagrad", "Adadelta", "RMSprop", "Adam"], optimizer => Assert.Equal(
            [false, true], claims.Where(claim => claim.Subject == optimizer).Select(claim => claim.IsAdvantage).Distinct().Order()));
        Assert.All(claims, claim => Assert.Subset(
            ClaimSources.All.Select(source => source.Letter).ToHashSet(), claim.Source.Split(", ").ToHashSet()));
    }

    [Theory]
    [InlineData("SGD", 0, 1)]
    [InlineData("Momentum", 4, 2)]
    [InlineData("Nesterov", 4, 3)]
    [InlineData("Adagrad", 4, 3)]
    [InlineData("RMSprop", 4, 3)]
    [InlineData("Adadelta", 8, 3)]
    [InlineData("Adam", 8, 4)]
    public void StateAndSettings_AreCounted(string optimizer, double bytes, int settings)
    {
        Assert.Equal(bytes, StateMeasure.BytesPerWeight(optimizer, BackendKind.Auto));
        Assert.Equal(settings, StateMeasure.SettingCount(optimizer));
    }

    [Fact]
    public void GradientDescent_MovesWeightsByItsRateTimesTheirGradients()
    {
        ArrayTrial trial = ArrayTrial.Run(
            new Quadratic(8, 10, seed: 1) { Noise = 1 }, new Sgd { LearningRate = 0.02 }, 200, BackendKind.Auto);

        Assert.Equal(0.02, trial.RateOf(_ => true), 1e-5);
        Assert.Equal((0.02, 0.02), (Math.Round(trial.EarlyRate, 5), Math.Round(trial.LateRate, 5)));
        Assert.InRange(trial.FinalError, 0, 0.2);
    }

    [Fact]
    public void Adagrad_SlowsDown_AndGivesRareFeaturesLargerRates()
    {
        Func<SparseRegression> sparse = SparseRegression.Prepare(64, 300, seed: 1);
        OptimizerRule rule = TutorialOptimizer.Of("Adagrad").At(1);

        ArrayTrial noisy = ArrayTrial.Run(new Quadratic(8, 10, seed: 1) { Noise = 5 }, rule, 300, BackendKind.Auto);
        ArrayTrial rare = ArrayTrial.Run(sparse(), rule, 300, BackendKind.Auto);

        Assert.InRange(noisy.LateRate / noisy.EarlyRate, 0.05, 0.5);
        Assert.InRange(rare.RateOf(sparse().IsRare) / rare.RateOf(sparse().IsFrequent), 1.2, 20);
    }

    [Fact]
    public void Trial_AtAnAbsurdRate_IsLeftToDoEntirely()
    {
        ArrayTrial trial = ArrayTrial.Run(new Quadratic(8, 10, seed: 1), new Sgd { LearningRate = 10 }, 100, BackendKind.Auto);

        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (trial.Error, trial.FinalError));
    }
}
