using Xunit;

namespace NativeOpt.Tests.Optimizers;

public class OptimizerSettingsTests
{
    /// <summary>Settings that must be refused, and what the message must say.</summary>
    public static TheoryData<string, Func<OptimizerRule>, string> InvalidSettings => new()
    {
        { "rate NaN", () => new Sgd { LearningRate = double.NaN }, "LearningRate is NaN; it must be finite and not negative" },
        { "rate negative", () => new Adam { LearningRate = -1 }, "LearningRate is -1; it must be finite and not negative" },
        { "rate infinite", () => new RMSprop { LearningRate = double.PositiveInfinity }, "LearningRate is Infinity" },
        { "rate beyond float", () => new Sgd { LearningRate = 1e39 }, "LearningRate is 1E+39; it must be finite" },
        { "clip 0", () => new Sgd { ClipValue = 0 }, "ClipValue is 0; it must be finite and greater than 0" },
        { "clip negative", () => new Adam { ClipValue = -0.5 }, "ClipValue is -0.5; it must be finite and greater than 0" },
        { "clip NaN", () => new Adam { ClipValue = double.NaN }, "ClipValue is NaN; it must be finite and greater than 0" },
        { "clip subnormal", () => new Adam { ClipValue = 1e-40 }, "ClipValue is 1E-40; it must be finite and greater than 0" },
        { "decay negative", () => new Sgd { WeightDecay = -0.1 }, "WeightDecay is -0.1; it must be finite and not negative" },
        { "decay NaN", () => new RMSprop { WeightDecay = double.NaN }, "WeightDecay is NaN; it must be finite and not negative" },
        { "convention", () => new Sgd { Convention = (Convention)7 }, "Convention is 7; it must be Keras or PyTorch" },
        { "momentum above 1", () => new Sgd { Momentum = 1.5 }, "Momentum is 1.5; it must be at least 0 and at most 1" },
        { "momentum NaN", () => new Sgd { Momentum = double.NaN }, "Momentum is NaN; it must be at least 0 and at most 1" },
        { "dampening", () => new Sgd { Dampening = -1 }, "Dampening is -1; it must be at least 0 and at most 1" },
        { "rho 1", () => new RMSprop { Rho = 1 }, "Rho is 1; it must be at least 0 and less than 1" },
        { "rho negative", () => new RMSprop { Rho = -0.1 }, "Rho is -0.1; it must be at least 0 and less than 1" },
        { "rmsprop momentum", () => new RMSprop { Momentum = -1 }, "Momentum is -1; it must be at least 0 and at most 1" },
        { "rmsprop epsilon", () => new RMSprop { Epsilon = -1e-7 }, "Epsilon is -1E-07; it must be finite and not negative" },
        { "beta 1", () => new Adam { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "beta 2 NaN", () => new Adam { Beta2 = double.NaN }, "Beta2 is NaN; it must be at least 0 and less than 1" },
        { "adam epsilon", () => new Adam { Epsilon = double.NaN }, "Epsilon is NaN; it must be finite and not negative" },
    };

    /// <summary>Settings that are fine one by one and contradict each other.</summary>
    public static TheoryData<OptimizerRule, string> Contradictions => new()
    {
        {
            new Sgd { Momentum = 0.9, Dampening = 0.5 },
            "Dampening is 0.5; it must be 0 under Convention.Keras, because Keras has no dampening"
        },
        {
            new Sgd { Momentum = 0.9, Dampening = 0.5, Nesterov = true, Convention = Convention.PyTorch },
            "Dampening is 0.5; it must be 0 where Nesterov is true"
        },
        { new Sgd { Nesterov = true, Convention = Convention.PyTorch }, "it needs a Momentum greater than 0" },
    };

    [Theory]
    [MemberData(nameof(InvalidSettings))]
    public void Setter_WithValueOutOfRange_NamesPropertyValueAndLimit(string row, Func<OptimizerRule> create, string message)
    {
        _ = row;
        var exception = Assert.Throws<ArgumentOutOfRangeException>(create);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(message[..message.IndexOf(' ', StringComparison.Ordinal)], exception.ParamName);
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Optimizer_OfContradictingSettings_IsRefused(OptimizerRule rule, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Optimizer(rule, BackendKind.Managed));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreThoseOfKeras()
    {
        var sgd = new Sgd();
        Assert.Equal((0.01, 0.0, false, 0.0), (sgd.LearningRate, sgd.Momentum, sgd.Nesterov, sgd.Dampening));
        var rmsprop = new RMSprop();
        Assert.Equal((0.001, 0.9, 0.0, 1e-7, false),
            (rmsprop.LearningRate, rmsprop.Rho, rmsprop.Momentum, rmsprop.Epsilon, rmsprop.Centered));
        var adam = new Adam();
        Assert.Equal((0.001, 0.9, 0.999, 1e-7, false),
            (adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.AmsGrad));
        Assert.Equal((null, 0.0, false, Convention.Keras),
            (adam.ClipValue, adam.WeightDecay, adam.Maximize, adam.Convention));
    }

    [Fact]
    public void Rules_WithEqualSettings_AreEqual()
    {
        Assert.Equal(new Adam { Beta2 = 0.95 }, new Adam { Beta2 = 0.95 });
        Assert.NotEqual(new Adam { Beta2 = 0.95 }, new Adam());
        Assert.NotEqual<OptimizerRule>(new Sgd { LearningRate = 0.001 }, new Adam());
    }

    [Fact]
    public void LearningRate_SetToNaN_KeepsTheOldOne()
    {
        using var optimizer = new Optimizer(new Adam(), BackendKind.Managed);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = double.NaN);
        Assert.StartsWith("LearningRate is NaN; it must be finite and not negative", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0.001, optimizer.LearningRate);
    }

    [Fact]
    public void Optimizer_OfNull_IsRefused() => Assert.Throws<ArgumentNullException>(() => new Optimizer(null!));
}
