using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt.Initializers;

/// <summary>Initializers as text, in both directions. In names, case and underscores do not matter.</summary>
internal static class InitializerText
{
    private static readonly NameTable<Func<SettingsReader, Initializer>> Table = new("initializer", new()
    {
        ["zeros"] = _ => Initializer.Zeros,
        ["ones"] = _ => Initializer.Ones,
        ["constant"] = s => new Constant(s.Number("value", 0, "val")),
        ["identity"] = s => new Identity(s.Number("gain", 1)),
        ["random_normal"] = s => new RandomNormal(s.Number("mean", 0), s.Number("stddev", 0.05, "std")),
        ["random_uniform"] = s => new RandomUniform(s.Number("minval", -0.05, "a"), s.Number("maxval", 0.05, "b")),
        ["truncated_normal"] = s => new TruncatedNormal(s.Number("mean", 0), s.Number("stddev", 0.05, "std")),
        ["variance_scaling"] = s => new VarianceScaling(s.Number("scale", 1), Mode(s), Distribution(s)),
        ["glorot_uniform"] = _ => Initializer.GlorotUniform,
        ["glorot_normal"] = _ => Initializer.GlorotNormal,
        ["he_uniform"] = _ => Initializer.HeUniform,
        ["he_normal"] = _ => Initializer.HeNormal,
        ["lecun_uniform"] = _ => Initializer.LecunUniform,
        ["lecun_normal"] = _ => Initializer.LecunNormal,
        ["xavier_uniform"] = s => Xavier(s, VarianceDistribution.Uniform),
        ["xavier_normal"] = s => Xavier(s, VarianceDistribution.UntruncatedNormal),
        ["kaiming_uniform"] = s => Kaiming(s, VarianceDistribution.Uniform),
        ["kaiming_normal"] = s => Kaiming(s, VarianceDistribution.UntruncatedNormal),
        ["orthogonal"] = s => new Orthogonal(s.Number("gain", 1)),
        ["torch_default"] = _ => Initializer.TorchDefault,
    }, new()
    {
        ["zero"] = "zeros",
        ["one"] = "ones",
        ["eye"] = "identity",
        ["normal"] = "random_normal",
        ["uniform"] = "random_uniform",
        ["trunc_normal"] = "truncated_normal",
        ["pytorch"] = "torch_default",
        ["pytorch_default"] = "torch_default",
    });

    // Names that a variance scaling is written under.
    private static readonly string[] ScalingNames =
        ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "torch_default"];

    /// <summary>Canonical names.</summary>
    public static IReadOnlyCollection<string> Names => Table.Names;

    /// <summary>The initializer that a text means.</summary>
    /// <exception cref="ArgumentException">A name or setting is unknown, or a number is out of range.</exception>
    public static Initializer Parse(string text, string parameterName)
    {
        SettingsText parsed = SettingsText.Parse(text, parameterName);
        var settings = new SettingsReader(parsed);
        Initializer initializer = Table.Find(parsed.Name, parameterName)(settings);
        settings.Finish();
        return initializer;
    }

    /// <summary>Adds a name.</summary>
    /// <exception cref="ArgumentException">It is taken, or is none.</exception>
    public static void Register(string name, Func<Initializer> create) => Table.Add(name, _ => create());

    /// <summary>"name(setting=value, ...)".</summary>
    public static string Write(string name, params ReadOnlySpan<(string Name, double Value)> settings)
    {
        var parts = new List<string>();
        foreach ((string setting, double value) in settings)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{setting}={value}"));
        return $"{name}({string.Join(", ", parts)})";
    }

    /// <summary>The name of a variance scaling that has one, else its numbers.</summary>
    public static string Write(VarianceScaling scaling)
    {
        if (Array.Find(ScalingNames, name => Parse(name, nameof(name)) == scaling) is { } known)
            return known;
        string mode = scaling.Mode switch { FanMode.Input => "fan_in", FanMode.Output => "fan_out", _ => "fan_avg" };
        string distribution = scaling.Distribution switch
        {
            VarianceDistribution.Uniform => "uniform",
            VarianceDistribution.TruncatedNormal => "truncated_normal",
            _ => "untruncated_normal",
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"variance_scaling(scale={scaling.Scale}, mode={mode}, distribution={distribution})");
    }

    // PyTorch's normal distributions are not cut off. The gain multiplies the deviation.
    private static VarianceScaling Xavier(SettingsReader settings, VarianceDistribution distribution)
    {
        double gain = Require.Positive(settings.Number("gain", 1), "gain");
        return new VarianceScaling(gain * gain, FanMode.Average, distribution);
    }

    // a is the slope of the leaky relu behind the layer.
    private static VarianceScaling Kaiming(SettingsReader settings, VarianceDistribution distribution)
    {
        double a = Require.Finite(settings.Number("a", 0), "a");
        return new VarianceScaling(2 / (1 + a * a), Mode(settings), distribution);
    }

    private static FanMode Mode(SettingsReader settings) => settings.Word("mode")?.ToLowerInvariant() switch
    {
        null or "fan_in" => FanMode.Input,
        "fan_out" => FanMode.Output,
        "fan_avg" => FanMode.Average,
        var other => throw new ArgumentException($"mode is '{other}'; it must be fan_in, fan_out or fan_avg."),
    };

    private static VarianceDistribution Distribution(SettingsReader settings) => settings.Word("distribution")?.ToLowerInvariant() switch
    {
        null or "truncated_normal" or "normal" => VarianceDistribution.TruncatedNormal,
        "untruncated_normal" => VarianceDistribution.UntruncatedNormal,
        "uniform" => VarianceDistribution.Uniform,
        var other => throw new ArgumentException(
            $"distribution is '{other}'; it must be truncated_normal, untruncated_normal or uniform."),
    };
}
