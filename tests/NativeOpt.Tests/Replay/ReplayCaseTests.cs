using NativeOpt.Cli.Replay;
using Xunit;

namespace NativeOpt.Tests.Replay;

/// <summary>What is unknown, missing or different in a case fails it by name.</summary>
public sealed class ReplayCaseTests
{
    private const string Sgd = """
        {"name": "a", "kind": "optimizer", "convention": "pytorch", "optimizer": "SGD", "hyper": {"lr": 0.5}, "problem": "p",
         "expected": {"weights": {"float64": {"1": [0.5, 2.0]}}}}
        """;

    /// <summary>What is replaced in the case above, by what, and what the complaint must have.</summary>
    public static TheoryData<string, string, string> Broken => new()
    {
        { "\"optimizer\", \"c", "\"optimiser\", \"c", "unknown kind 'optimiser'; did you mean 'optimizer'?" },
        { "SGD", "SDG", "unknown optimizer of pytorch 'SDG'; did you mean 'SGD'?" },
        { "pytorch", "torch", "unknown convention 'torch'; did you mean 'pytorch'?" },
        { "\"lr\"", "\"learning_rat\"", "unknown hyper-parameter 'learning_rat' of sgd" },
        { "\"lr\": 0.5", "\"lr\": 0.5, \"rho\": null", "unknown hyper-parameter 'rho' of sgd" },
        { "\"lr\": 0.5", "\"lr\": -1", "LearningRate is -1; it must be finite and not negative" },
        { "\"lr\": 0.5", "\"lr\": \"fast\"", "learning_rate is 'fast'; it must be a number" },
        { "\"lr\": 0.5", "\"lr\": 0.5, \"nesterov\": true", "under Convention.PyTorch it needs a Momentum greater than 0" },
        { "\"problem\": \"p\"", "\"problem\": \"q\"", "the file has no problem 'q'" },
        { "\"problem\": \"p\",", "", "problem is missing" },
        { "2.0]", "2.0, 3.0]", "expected.weights.1 has 3 numbers; replaying gives 2" },
        { "2.0]", "2.5]", "weights.1[1] is 2, expected 2.5: error 2.00e-1, tolerance 1e-11" },
        { "\"1\":", "\"first\":", "expected.weights.float64 has 'first'" },
        { "float64", "float32", "expected.weights.float64 is missing" },
        { "\"weights\"", "\"weigths\"", "expected.weights is missing" },
        { "}}}}", "}}, \"momentum\": [1]}}", "expected.momentum is not understood, so it was not compared" },
        { "\"hyper\"", "\"lr_chnge\": 1, \"hyper\"", "unknown field 'lr_chnge'" },
        { "\"hyper\"", "\"lr_change\": {\"after\": 1}, \"hyper\"", "lr_change.after_step is missing" },
        { "\"hyper\"", "\"variables\": [{\"name\": \"w\", \"from\": 0, \"to\": 1}], \"hyper\"", "variables end at 1; there are 2 weights" },
    };

    [Fact]
    public void ACaseThatAgrees_Passes()
    {
        CaseResult result = Replay(Sgd);

        Assert.True(result.Passed, string.Join('\n', result.Problems));
        Assert.Equal((2, 0, 0), (result.Checks.Count, result.Checks.Failed, result.Checks.LeftOut));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void ACaseThatDoesNotAgree_SaysWhatIsWrong(string text, string replacement, string complaint)
    {
        Assert.Contains(text, Sgd, StringComparison.Ordinal);

        CaseResult result = Replay(Sgd.Replace(text, replacement, StringComparison.Ordinal));

        Assert.False(result.Passed);
        Assert.Contains(result.Problems, problem => problem.Contains(complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("hinge_embedding")]
    [InlineData("loss.hinge_embedding_sum")]
    public void ALossThatBeginsLikeAKnownOne_IsNotTakenForIt(string name)
    {
        CaseResult result = Replay($$"""
            {"name": "{{name}}", "kind": "loss", "y_pred": [[1, 2]], "y_true": [[1, 2]], "expected": {"value": 1} }
            """);

        Assert.Contains(result.Problems, problem => problem.Contains("is not implemented", StringComparison.Ordinal));
    }

    [Fact]
    public void PyTorchsPoissonLoss_TakesLogarithmsUnlessItSaysOtherwise()
    {
        CaseResult result = Replay("""
            {"name": "loss.poisson_nll", "kind": "loss", "hyper": {}, "inputs": {"y_pred": [[0, 1]], "y_true": [[1, 2]]},
             "expected": {"loss": 0.8591409142295225, "d_y_pred": [[0, 0.3591409142295225]]}}
            """);

        Assert.True(result.Passed, string.Join('\n', result.Problems));
    }

    [Theory]
    [InlineData("\"foreach\": true")]
    [InlineData("\"fused\": null, \"capturable\": false, \"differentiable\": false")]
    [InlineData("\"jit_compile\": \"auto\", \"name\": \"opt\", \"global_clipnorm\": null, \"use_ema\": false")]
    public void AnArgumentThatOnlySteersTheOtherLibrary_IsAccepted(string arguments) =>
        Assert.True(Replay(Sgd.Replace("\"lr\": 0.5", $"\"lr\": 0.5, {arguments}", StringComparison.Ordinal)).Passed);

    /// <summary>Loss, library, hyper-parameters, and the value for predictions and targets of two rows of two.</summary>
    [Theory]
    [InlineData("mse", "Keras", "\"reduction\": \"sum\"", 0.875)]
    [InlineData("mse", "PyTorch", "\"reduction\": \"sum\"", 1.75)]
    [InlineData("mse", "Keras", "\"reduction\": \"sum_over_batch_size\"", 0.4375)]
    [InlineData("kl_div", "PyTorch", "\"reduction\": \"batchmean\"", -1.75)]
    [InlineData("kl_div", "PyTorch", "\"reduction\": \"mean\"", -0.875)]
    [InlineData("dice", "Keras", "\"epsilon\": 1", 1 - 2 * 3.5 / (2 + 4.5 + 1))]
    [InlineData("tversky", "Keras", "\"axis\": -1, \"epsilon\": 0", (1 - 2 / 1.75) / 2)]
    public void ALoss_IsReducedAsItsLibraryDoes(string loss, string library, string hyper, double expected)
    {
        string value = expected.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        string json = $$"""
            {"name": "loss.{{loss}}", "kind": "loss", "source": {"library": "{{library}}"}, "hyper": { {{hyper}} },
             "inputs": {"y_pred": [[2, 0.5], [0.5, 1.5]], "y_true": [[1, 0], [0, 1]]},
             "expected": {"loss": {{value}} } }
            """;

        CaseResult result = Replay(json);

        Assert.Equal([], result.Problems.Where(problem => !problem.Contains("d_y_pred", StringComparison.Ordinal)));
    }

    [Fact]
    public void NotANumber_IsNeverClose()
    {
        CaseResult result = Replay(Sgd.Replace("2.0]", "\"nan\"]", StringComparison.Ordinal));

        Assert.Contains("expected NaN", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""
        {"name": "a", "kind": "lr_schedule", "scheduler": "SWALR", "convention": "pytorch", "hyper": {"optimizer_lr": 1,
         "swa_lr": 0.5, "anneal_epochs": 2, "anneal_strategy": "linear"}, "expected": {"lr": [1, 0.75, 0.5]}}
        """)]
    [InlineData("""
        {"name": "a", "kind": "loss", "loss": "cross_entropy", "hyper": {}, "inputs": {"y_pred": [[0, 0]], "labels": [1]},
         "expected": {"loss": 0.6931471805599453, "d_y_pred": [[0.5, -0.5]]}}
        """)]
    [InlineData("""
        {"name": "a", "kind": "loss", "loss": "cross_entropy", "hyper": {}, "inputs": {"y_pred": [[0, 0]], "y_true": [[1, 0]]},
         "expected": {"loss": 0.6931471805599453, "d_y_pred": [[-0.5, 0.5]]}}
        """)]
    [InlineData("""
        {"name": "a", "kind": "loss", "loss": "bce_with_logits", "hyper": {}, "inputs": {"y_pred": [[0]], "y_true": [[1]]},
         "expected": {"loss": 0.6931471805599453, "d_y_pred": [[-0.5]]}}
        """)]
    [InlineData("""
        {"name": "a", "kind": "activation_table", "activation": "softplus", "hyper": {"beta": 1, "threshold": 20},
         "inputs": {"x": [0]}, "expected": {"y": [0.6931471805599453], "dy_dx": [0.5]}}
        """)]
    public void NamesAndSettingsOfPyTorch_AreUnderstood(string text)
    {
        CaseResult result = Replay(text);

        Assert.True(result.Passed, string.Join('\n', result.Problems));
    }

    private static CaseResult Replay(string json)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "case.json");
        File.WriteAllText(path, $$"""
            {"schema": "nativeopt-golden/1", "cases": [{{json}}],
             "problems": {"p": {"type": "fixed_gradients", "w0": [1.0, 2.0], "gradients": [[1.0, 0.0]]} } }
            """);
        return Replayer.Replay(GoldenFile.Load(path).Cases[0], ReplayTarget.ManagedDouble, new ReplayOptions());
    }
}
