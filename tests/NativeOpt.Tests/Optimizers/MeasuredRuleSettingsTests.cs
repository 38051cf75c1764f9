using Xunit;

namespace NativeOpt.Tests.Optimizers;

public class MeasuredRuleSettingsTests
{
    public static TheoryData<string, Func<OptimizerRule>, string> InvalidSettings => new()
    {
        { "lamb beta 1", () => new Lamb { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "lamb beta 2", () => new Lamb { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "lamb epsilon", () => new Lamb { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "lamb root", () => new Lamb { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "lars momentum", () => new Lars { Momentum = 2 }, "Momentum is 2; it must be at least 0 and at most 1" },
        { "lars trust", () => new Lars { TrustCoefficient = -1 }, "TrustCoefficient is -1; it must be finite and not negative" },
        { "lars epsilon", () => new Lars { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "novograd beta 1", () => new NovoGrad { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "novograd beta 2", () => new NovoGrad { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "novograd epsilon", () => new NovoGrad { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "novograd root", () => new NovoGrad { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "fromage", () => new Fromage { MinNorm = -1 }, "MinNorm is -1; it must be finite and not negative" },
        { "prodigy beta 1", () => new Prodigy { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "prodigy beta 2", () => new Prodigy { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "prodigy beta 3", () => new Prodigy { Beta3 = 1 }, "Beta3 is 1; it must be at least 0 and less than 1" },
        { "prodigy epsilon", () => new Prodigy { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "prodigy start", () => new Prodigy { InitialEstimate = 0 }, "InitialEstimate is 0; it must be finite and greater than 0" },
        { "prodigy factor", () => new Prodigy { Coefficient = 0 }, "Coefficient is 0; it must be finite and greater than 0" },
        { "dadapt beta 1", () => new DAdaptAdamW { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "dadapt beta 2", () => new DAdaptAdamW { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "dadapt epsilon", () => new DAdaptAdamW { Epsilon = 0 }, "Epsilon is 0; it must be finite and greater than 0" },
        { "dadapt start", () => new DAdaptAdamW { InitialEstimate = 0 }, "InitialEstimate is 0; it must be finite and greater than 0" },
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

    /// <summary>The defaults of Keras for LAMB, of optax for the others, as printed.</summary>
    [Theory]
    [InlineData("lamb", "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-07, epsilon_root=0")]
    [InlineData("lars",
        "learning_rate=0.1, momentum=0.9, nesterov=False, trust_coefficient=0.001, epsilon=0, adapts_rate=True, decays_weights=True")]
    [InlineData("novograd", "learning_rate=0.001, beta_1=0.9, beta_2=0.25, epsilon=1E-06, epsilon_root=0")]
    [InlineData("fromage", "learning_rate=0.01, min_norm=1E-06")]
    [InlineData("prodigy",
        "learning_rate=1, beta_1=0.9, beta_2=0.999, beta_3=, epsilon=1E-08, initial_estimate=1E-06, coefficient=1, safeguard_warmup=False")]
    [InlineData("dadapt_adamw", "learning_rate=1, beta_1=0.9, beta_2=0.999, epsilon=1E-08, initial_estimate=1E-06")]
    public void Defaults_AreThoseOfTheirAuthors(string name, string expected)
    {
        IEnumerable<string> settings = OptimizerRule.FromName(name).GetSettings()
            .Where(setting => !OptimizerRule.SharedSettingNames.Contains(setting.Key))
            .Select(setting => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{setting.Key}={setting.Value}"));
        Assert.Equal(expected, string.Join(", ", settings));
    }

    [Theory]
    [InlineData("lamb", new[] { "m", "v" })]
    [InlineData("lars", new[] { "b" })]
    [InlineData("lars(momentum=0)", new string[0])]
    [InlineData("novograd", new[] { "m" })]
    [InlineData("fromage", new string[0])]
    [InlineData("prodigy", new[] { "m", "v", "sum", "way" })]
    [InlineData("dadapt_adamw", new[] { "m", "v", "sum" })]
    public void SlotNames_OfARule_AreThoseItUses(string rule, string[] slots)
    {
        using var optimizer = new Optimizer(OptimizerRule.Parse(rule), BackendKind.Managed);
        optimizer.Register("w", 2);
        Assert.Equal(slots, optimizer.State.SlotNames);
    }
}
