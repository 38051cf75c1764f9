using System.Collections.Concurrent;
using System.Globalization;
using NativeOpt.Interop;
using NativeOpt.Text;

namespace NativeOpt.Layers;

/// <summary>Activations as text, in both directions. In names, case and underscores do not matter.</summary>
internal static class ActivationText
{
    private static readonly Entry[] All =
    [
        new(NoptActivation.Linear, "linear") { Aliases = ["identity", "none"] },
        new(NoptActivation.Relu, "relu"),
        new(NoptActivation.CappedRelu, "relu6", Default: 6),
        new(NoptActivation.LeakyRelu, "leaky_relu", "negative_slope", 0.2) { SettingAliases = ["alpha", "slope"] },
        new(NoptActivation.Elu, "elu", "alpha", 1),
        new(NoptActivation.Selu, "selu"),
        new(NoptActivation.Celu, "celu", "alpha", 1),
        new(NoptActivation.Gelu, "gelu"),
        new(NoptActivation.GeluTanh, "gelu_tanh") { Aliases = ["gelu_approximate", "gelu_new"] },
        new(NoptActivation.Silu, "silu", "beta", 1) { Aliases = ["swish"] },
        new(NoptActivation.Mish, "mish"),
        new(NoptActivation.Sigmoid, "sigmoid") { Aliases = ["logistic"] },
        new(NoptActivation.HardSigmoid, "hard_sigmoid"),
        new(NoptActivation.HardSilu, "hard_silu") { Aliases = ["hard_swish"] },
        new(NoptActivation.Tanh, "tanh"),
        new(NoptActivation.HardTanh, "hard_tanh"),
        new(NoptActivation.TanhShrink, "tanh_shrink"),
        new(NoptActivation.Softplus, "softplus", "beta", 1),
        new(NoptActivation.Softsign, "softsign"),
        new(NoptActivation.Softmax, "softmax"),
        new(NoptActivation.LogSoftmax, "log_softmax"),
        new(NoptActivation.Exponential, "exponential") { Aliases = ["exp"] },
        new(NoptActivation.LogSigmoid, "log_sigmoid"),
        new(NoptActivation.SoftShrink, "soft_shrink", "threshold", 0.5) { SettingAliases = ["lambd", "lambda"] },
        new(NoptActivation.HardShrink, "hard_shrink", "threshold", 0.5) { SettingAliases = ["lambd", "lambda"] },
        new(NoptActivation.Squareplus, "squareplus", "b", 4),
    ];

    private static readonly ConcurrentDictionary<string, Activation> Registered = new();

    /// <summary>Canonical names, as Keras writes them, then those that were registered.</summary>
    public static string[] Names =>
        [.. All.Select(entry => entry.Name), .. Registered.Values.Select(own => own.Name).Order(StringComparer.Ordinal)];

    /// <summary>Canonical name.</summary>
    public static string NameOf(Activation activation) =>
        activation.Kind == NoptActivation.CappedRelu && activation.KernelParameter != 6 ? "relu" : EntryOf(activation).Name;

    /// <summary>Name, and the parameter where it is not the default.</summary>
    public static string Write(Activation activation)
    {
        Entry entry = EntryOf(activation);
        if (activation.KernelParameter == entry.Default)
            return entry.Name;
        return string.Create(CultureInfo.InvariantCulture,
            $"{NameOf(activation)}({entry.Setting ?? "max_value"}={activation.KernelParameter})");
    }

    /// <summary>Refuses what cannot be the name of an activation.</summary>
    /// <exception cref="ArgumentException">It has other characters than letters, digits, '_' and '-', or none.</exception>
    public static void RequireName(string name, string parameterName)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            throw new ArgumentException($"name is '{name}'; it must be made of letters, digits, '_' and '-'.", parameterName);
    }

    /// <summary>Makes a name mean an activation of the user's.</summary>
    /// <exception cref="ArgumentException">It is taken.</exception>
    public static void Register(Activation activation)
    {
        bool isTaken = All.Any(entry => entry.IsCalled(activation.Name));
        if (isTaken || !Registered.TryAdd(SettingsText.Normalize(activation.Name), activation))
            throw new ArgumentException($"there is an activation '{activation.Name}' already", nameof(activation));
    }

    /// <summary>The activation that a text means.</summary>
    /// <exception cref="ArgumentException">A name or setting is unknown, or a number is out of range.</exception>
    public static Activation Parse(string text, string parameterName)
    {
        SettingsText parsed = SettingsText.Parse(text, parameterName);
        if (parsed.Settings.Count == 0 && Registered.TryGetValue(SettingsText.Normalize(parsed.Name), out Activation? own))
            return own;
        Entry entry = Array.Find(All, candidate => candidate.IsCalled(parsed.Name)) ?? throw new ArgumentException(
            NearestName.Explain("activation", parsed.Name, Names), parameterName);
        var settings = new SettingsReader(parsed);
        Activation activation = Create(entry, settings);
        settings.Finish();
        return activation;
    }

    private static Activation Create(Entry entry, SettingsReader settings)
    {
        switch (entry.Kind)
        {
            case NoptActivation.Relu:
                return CreateRelu(settings);
            case NoptActivation.Gelu:
                return IsTanh(settings.Word("approximate")) ? Activation.GeluTanh : Activation.Gelu;
            case NoptActivation.Softmax or NoptActivation.LogSoftmax:
                // Rows of a matrix have one axis.
                if (settings.Number("axis", -1, "dim") is not (-1 or 1) and var axis)
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"axis is {axis}; {entry.Name} works along the last axis, -1."));
                break;
        }
        double parameter = entry.Setting is null ? entry.Default : settings.Number(entry.Setting, entry.Default, entry.SettingAliases);
        return Activation.Create(entry.Kind, parameter, entry.Setting ?? entry.Name);
    }

    // Keras' relu takes a slope, a largest value and a threshold; each of the first two makes a function that there is.
    private static Activation CreateRelu(SettingsReader settings)
    {
        double slope = settings.Number("negative_slope", 0);
        string? cap = settings.Word("max_value");
        if (settings.Number("threshold", 0) != 0)
            throw new ArgumentException("threshold must be 0: a relu with another threshold is not supported.");
        bool isCapped = cap is not null && !cap.Equals("none", StringComparison.OrdinalIgnoreCase);
        if (slope != 0 && isCapped)
            throw new ArgumentException("relu with both negative_slope and max_value is not supported; leave one of them out.");
        if (isCapped)
            return Activation.Create(NoptActivation.CappedRelu, SettingValue.ParseNumber("max_value", cap!), "max_value");
        return slope == 0 ? Activation.Relu : Activation.Create(NoptActivation.LeakyRelu, slope, "negative_slope");
    }

    // Keras has true and false, PyTorch "tanh" and "none".
    private static bool IsTanh(string? approximate) => approximate?.ToLowerInvariant() switch
    {
        null or "false" or "none" => false,
        "true" or "tanh" => true,
        _ => throw new ArgumentException($"approximate is '{approximate}'; it must be none or tanh."),
    };

    private static Entry EntryOf(Activation activation) => Array.Find(All, entry => entry.Kind == activation.Kind)!;

    /// <summary>An activation and its name.</summary>
    /// <param name="Kind">What the kernels call it.</param>
    /// <param name="Name">Canonical name, as Keras writes it.</param>
    /// <param name="Setting">Name of its parameter; null: it has none that a text sets.</param>
    /// <param name="Default">Its parameter where the text has none.</param>
    private sealed record Entry(NoptActivation Kind, string Name, string? Setting = null, double Default = 0)
    {
        public string[] Aliases { get; init; } = [];

        public string[] SettingAliases { get; init; } = [];

        public bool IsCalled(string name) =>
            Aliases.Prepend(Name).Any(alias => SettingsText.Normalize(alias) == SettingsText.Normalize(name));
    }
}
