using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using Xunit;

namespace NativeOpt.Tests.Cli;

public class OptimizerChoiceTests
{
    [Fact]
    public void ParseList_OfTheDefault_HasTheTutorialsRates()
    {
        IReadOnlyList<OptimizerChoice> choices = OptimizerChoice.ParseList(OptimizerChoice.DefaultList, learningRate: null);

        Assert.Equal(
            [("sgd", 0.01), ("momentum", 0.01), ("nesterov", 0.01), ("rmsprop", 0.001), ("adam", 0.001)],
            choices.Select(c => (c.Name, c.Rule.LearningRate)));
        Assert.Equal([0.0, 0.9, 0.9], choices.Take(3).Select(c => ((Sgd)c.Rule).Momentum));
        Assert.True(((Sgd)choices[2].Rule).Nesterov);
        Assert.Equal(choices.Select(c => c.Name), choices.Select(c => c.Label));
    }

    [Fact]
    public void ParseList_WithSettings_SplitsAtTheCommasOutsideOfParentheses()
    {
        IReadOnlyList<OptimizerChoice> choices = OptimizerChoice.ParseList(
            "adam(lr=0.002, beta_1=0.8), SGD(momentum=0.9,nesterov=true),adam", learningRate: null);

        Assert.Equal(["adam(lr=0.002,beta_1=0.8)", "sgd(momentum=0.9,nesterov=true)", "adam"], choices.Select(c => c.Label));
        Assert.Equal(["adam", "sgd", "adam"], choices.Select(c => c.Name));
        Assert.Equal(0.8, ((Adam)choices[0].Rule).Beta1);
    }

    [Fact]
    public void ParseList_WithALearningRate_GivesItToThoseThatNameNone()
    {
        IReadOnlyList<OptimizerChoice> choices = OptimizerChoice.ParseList(
            "adam(lr=0.002),adam(Learning_Rate=0.003),adam(beta_1=0.8),sgd", learningRate: 0.5);

        Assert.Equal([0.002, 0.003, 0.5, 0.5], choices.Select(c => c.Rule.LearningRate));
    }

    [Fact]
    public void ParseList_OfARuleInsideOfARule_GivesTheRateToTheInnerOne()
    {
        IReadOnlyList<OptimizerChoice> choices = OptimizerChoice.ParseList(
            "sam(inner=sgd(momentum=0.9), rho=0.1),sam(inner=sgd(lr=0.25)),sam", learningRate: 0.5);

        Assert.Equal(["sam(inner=sgd(momentum=0.9),rho=0.1)", "sam(inner=sgd(lr=0.25))", "sam"], choices.Select(c => c.Label));
        Assert.Equal([0.5, 0.25, 0.5], choices.Select(c => ((Sam)c.Rule).Inner.LearningRate));
        Assert.Equal([0.5, 0.25, 0.5], choices.Select(c => c.Rule.LearningRate));
    }

    [Fact]
    public void ParseList_WithASchedule_SplitsAtTheCommasOutsideOfIt()
    {
        IReadOnlyList<OptimizerChoice> choices = OptimizerChoice.ParseList(
            "adam(lr=cosine_decay(lr=1e-3, decay_steps=1000), beta_1=0.8), sgd", learningRate: 0.5);

        Assert.Equal(["adam(lr=cosine_decay(lr=1e-3,decay_steps=1000),beta_1=0.8)", "sgd"], choices.Select(c => c.Label));
        Assert.Equal(new CosineDecay(1e-3, 1000), choices[0].Rule.LearningRate.Schedule);
    }

    [Theory]
    [InlineData("adom", "adam")]
    [InlineData("", "missing")]
    [InlineData("adam,,sgd", "missing")]
    [InlineData("adam(lr=0.1", "closing parenthesis")]
    [InlineData("adam)lr=0.1(", "parentheses do not match at character 5")]
    [InlineData("adam((lr=0.1))", "unknown setting of adam '(lr'")]
    [InlineData("adam(lr=step_lr(lr=0.1))", "step_size is missing")]
    [InlineData("adam, adam()", "'adam' twice")]
    [InlineData("adam(beta_3=0.1)", "beta_1")]
    [InlineData("adam(beta_1=1.5)", "1.5")]
    [InlineData("adam(lr=nan)", "lr=nan|learning|LearningRate")]
    public void ParseList_OfWhatCannotBeUsed_SaysWhatIsWrong(string list, string partOfMessage)
    {
        var failure = Assert.Throws<InputException>(() => OptimizerChoice.ParseList(list, learningRate: null));

        Assert.StartsWith("--optimizers", failure.Message, StringComparison.Ordinal);
        Assert.Contains(partOfMessage.Split('|'), part => failure.Message.Contains(part, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Parameter '", failure.Message, StringComparison.Ordinal);
    }
}
