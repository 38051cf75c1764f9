using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt;

// Muon's settings as text.
public sealed partial record Muon
{
    private const StringSplitOptions Separated = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Muon>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }, "beta"),
        RuleSetting.Flag<Muon>("nesterov", rule => rule.Nesterov, (rule, value) => rule with { Nesterov = value }),
        RuleSetting.Flag<Muon>("bias_correction", rule => rule.BiasCorrection, (rule, value) => rule with { BiasCorrection = value }),
        RuleSetting.Integer<Muon>("ns_steps", rule => rule.NsSteps, (rule, value) => rule with { NsSteps = value }),
        Coefficient("muon_a", 0, rule => rule.MuonA, (rule, value) => rule with { MuonA = value }),
        Coefficient("muon_b", 1, rule => rule.MuonB, (rule, value) => rule with { MuonB = value }),
        Coefficient("muon_c", 2, rule => rule.MuonC, (rule, value) => rule with { MuonC = value }),
        RuleSetting.Text<Muon>("ns_coefficients", rule => CoefficientText(rule.NsCoefficients),
            (rule, text) => rule with { NsCoefficients = ParseCoefficients(text) }, "ns_coeffs"),
        RuleSetting.Number<Muon>("ns_epsilon", rule => rule.NsEpsilon, (rule, value) => rule with { NsEpsilon = value }),
        RuleSetting.Choice<Muon, MuonPreconditioning>("preconditioning", rule => rule.Preconditioning,
            (rule, value) => rule with { Preconditioning = value }),
        RuleSetting.Flag<Muon>("adaptive", rule => rule.Adaptive, (rule, value) => rule with { Adaptive = value }),
        RuleSetting.OptionalNumber<Muon>("rms_rate", rule => rule.RmsRate, (rule, value) => rule with { RmsRate = value },
            "consistent_rms"),
        RuleSetting.Flag<Muon>("scale_by_shape", rule => rule.ScaleByShape, (rule, value) => rule with { ScaleByShape = value }),
        RuleSetting.Flag<Muon>("rows_are_outputs", rule => rule.RowsAreOutputs, (rule, value) => rule with { RowsAreOutputs = value }),
        RuleSetting.Number<Muon>("adam_beta_1", rule => rule.AdamBeta1, (rule, value) => rule with { AdamBeta1 = value }, "adam_b1"),
        RuleSetting.Number<Muon>("adam_beta_2", rule => rule.AdamBeta2, (rule, value) => rule with { AdamBeta2 = value }, "adam_b2"),
        RuleSetting.Number<Muon>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }),
        RuleSetting.Number<Muon>("adam_epsilon_root", rule => rule.AdamEpsilonRoot,
            (rule, value) => rule with { AdamEpsilonRoot = value }, "adam_eps_root"),
        RuleSetting.Number<Muon>("adam_weight_decay", rule => rule.AdamWeightDecay,
            (rule, value) => rule with { AdamWeightDecay = value }),
        RuleSetting.Number<Muon>("adam_learning_rate_ratio", rule => rule.AdamLearningRateRatio,
            (rule, value) => rule with { AdamLearningRateRatio = value }, "adam_lr_ratio"),
        RuleSetting.OptionalNumber<Muon>("adam_learning_rate", rule => rule.AdamLearningRate,
            (rule, value) => rule with { AdamLearningRate = value }),
        RuleSetting.Flag<Muon>("exclude_embeddings", rule => rule.ExcludeEmbeddings,
            (rule, value) => rule with { ExcludeEmbeddings = value }),
        RuleSetting.Text<Muon>("exclude_layers", rule => string.Join(';', rule.ExcludeLayers),
            (rule, text) => rule with { ExcludeLayers = text.Split(';', Separated) }),
    ];

    private static readonly RuleSetting[] ForeignSettingTable =
    [
        // PyTorch's, and optax' for AdamW too.
        RuleSetting.Foreign<Muon>("eps", (rule, text) =>
            ((Muon)rule.FindSetting("ns_epsilon").Write(rule, text)) with { Epsilon = SettingValue.ParseNumber("eps", text) }),
        // PyTorch's.
        RuleSetting.Foreign<Muon>("adjust_lr_fn", (rule, text) => text switch
        {
            "original" => rule with { RmsRate = null, ScaleByShape = true },
            "match_rms_adamw" => rule with { RmsRate = 0.2 },
            _ => throw new ArgumentException($"adjust_lr_fn is '{text}'; it must be original or match_rms_adamw.", nameof(text)),
        }),
    ];

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override IReadOnlyList<RuleSetting> ForeignSettings => ForeignSettingTable;

    /// <summary>Keras' name, and those of PyTorch's and optax' lists.</summary>
    private static RuleSetting Coefficient(string name, int index, Func<Muon, double> read, Func<Muon, double, Muon> write) =>
        RuleSetting.Number(name, read, write, $"ns_coefficients[{index}]", $"ns_coeffs[{index}]");

    /// <summary>"a b c; a b c": a setting has no commas.</summary>
    private static string CoefficientText(IReadOnlyList<NewtonSchulzStep> steps) =>
        string.Join("; ", steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.A} {step.B} {step.C}")));

    /// <summary>Reads such a list, or the names that optax has for its lists.</summary>
    private static IReadOnlyList<NewtonSchulzStep> ParseCoefficients(string text)
    {
        if (text == "standard")
            return [];
        if (text == "dion")
            return DionCoefficients;
        var steps = new List<NewtonSchulzStep>();
        foreach (string row in text.Split(';', Separated))
        {
            double[] numbers = Array.ConvertAll(row.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                number => SettingValue.ParseNumber("ns_coefficients", number));
            if (numbers.Length != 3)
                throw new ArgumentException(
                    $"ns_coefficients has '{row.Trim()}'; an iteration must have three numbers such as 3.4445 -4.775 2.0315.",
                    nameof(text));
            steps.Add(new NewtonSchulzStep(numbers[0], numbers[1], numbers[2]));
        }
        return steps;
    }
}
