using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt;

// Rules as text: by name, from "adam(lr=0.002, beta_1=0.8)", and back.
public abstract partial record OptimizerRule
{
    private static readonly Dictionary<string, Func<OptimizerRule>> Factories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sgd"] = () => new Sgd(),
        ["momentum"] = () => new Sgd { Momentum = 0.9 },
        ["nesterov"] = () => new Sgd { Momentum = 0.9, Nesterov = true },
        ["rmsprop"] = () => new RMSprop(),
        ["adam"] = () => new Adam(),
        ["adamw"] = () => new AdamW(),
        ["adagrad"] = () => new Adagrad(),
        ["adadelta"] = () => new Adadelta(),
        ["adamax"] = () => new Adamax(),
        ["adamaxw"] = () => new AdamaxW(),
        ["nadam"] = () => new Nadam(),
        ["nadamw"] = () => new NAdamW(),
        ["radam"] = () => new RAdam(),
        ["rprop"] = () => new Rprop(),
        ["asgd"] = () => new Asgd(),
        ["ftrl"] = () => new Ftrl(),
        ["lion"] = () => new Lion(),
        ["sign_sgd"] = () => new SignSgd(),
        ["signum"] = () => new SignSgd { Momentum = 0.9 },
        ["optimistic_adam"] = () => new OptimisticAdam(),
        ["amsgrad"] = () => new AmsGrad(),
        ["yogi"] = () => new Yogi(),
        ["madgrad"] = () => new Madgrad(),
        ["schedule_free_sgd"] = () => new ScheduleFreeSgd(),
        ["schedule_free_adamw"] = () => new ScheduleFreeAdamW(),
        ["adabelief"] = () => new AdaBelief(),
        ["adan"] = () => new Adan(),
        ["ademamix"] = () => new AdEMAMix(),
        ["adopt"] = () => new Adopt(),
        ["lamb"] = () => new Lamb(),
        ["lars"] = () => new Lars(),
        ["novograd"] = () => new NovoGrad(),
        ["fromage"] = () => new Fromage(),
        ["prodigy"] = () => new Prodigy(),
        ["dadapt_adamw"] = () => new DAdaptAdamW(),
        ["adafactor"] = () => new Adafactor(),
        ["muon"] = () => new Muon(),
        ["sm3"] = () => new Sm3(),
        ["sam"] = () => new Sam(new Sgd()),
        ["lookahead"] = () => new Lookahead(new Sgd()),
    };

    private static readonly RuleSetting[] SharedSettings =
    [
        RuleSetting.LearningRate,
        RuleSetting.OptionalNumber<OptimizerRule>("clip_value", rule => rule.ClipValue,
            (rule, value) => rule with { ClipValue = value }),
        RuleSetting.Number<OptimizerRule>("weight_decay", rule => rule.WeightDecay,
            (rule, value) => rule with { WeightDecay = value }),
        RuleSetting.Flag<OptimizerRule>("maximize", rule => rule.Maximize, (rule, value) => rule with { Maximize = value }),
        RuleSetting.Choice<OptimizerRule, Convention>("convention", rule => rule.Convention,
            (rule, value) => rule with { Convention = value }),
        RuleSetting.Choice<OptimizerRule, MathMode>("math_mode", rule => rule.MathMode, (rule, value) => rule with { MathMode = value }),
    ];

    /// <summary>
    /// The names <see cref="FromName"/> and <see cref="Parse"/> know, such as sgd, nesterov and adam, and those of <see cref="Register"/>.
    /// </summary>
    public static IReadOnlyCollection<string> KnownNames =>
        Registered.IsEmpty ? Factories.Keys : [.. Factories.Keys, .. Registered.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Names of the settings that all rules have, apart from the learning rate.</summary>
    internal static IEnumerable<string> SharedSettingNames => SharedSettings.Skip(1).Concat(GradientSettings).Concat(AverageSettings)
        .Select(setting => setting.Name);

    /// <summary>The settings only this rule has.</summary>
    internal abstract IReadOnlyList<RuleSetting> OwnSettings { get; }

    /// <summary>Names of other libraries that say what several settings of this rule say, or one in another form.</summary>
    internal virtual IReadOnlyList<RuleSetting> ForeignSettings => [];

    /// <summary>Whether the rule has the settings that all have; if not it has those of another rule.</summary>
    internal virtual bool HasSharedSettings => true;

    private IEnumerable<RuleSetting> AllSettings => HasSharedSettings
        ? SharedSettings.Take(1).Concat(OwnSettings).Concat(SharedSettings.Skip(1)).Concat(GradientSettings).Concat(AverageSettings)
        : OwnSettings;

    /// <summary>
    /// The rule of this name with its defaults. "momentum" and "nesterov" are <see cref="Sgd"/> with a momentum of 0.9.
    /// </summary>
    /// <param name="name">One of <see cref="KnownNames"/>; upper and lower case are the same.</param>
    /// <exception cref="ArgumentException">The name is unknown; the message lists the known ones and the nearest.</exception>
    public static OptimizerRule FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Func<OptimizerRule> factory = FindFactory(name.Trim())
            ?? throw new ArgumentException(NearestName.Explain("optimizer", name.Trim(), KnownNames), nameof(name));
        return factory() ?? throw new InvalidOperationException($"the registered optimizer '{name.Trim()}' was created as null");
    }

    /// <summary>
    /// Reads a rule with settings, such as "adam(lr=0.002, beta_1=0.8)" or "sgd(momentum=0.9, nesterov=true)". Settings have
    /// Keras' names, and those of PyTorch and optax where they differ (lr, eps, b1; element i of a list is "betas[i]"); case and
    /// underscores do not matter, numbers have a decimal point.
    /// A setting overrides what the name stands for: "nesterov(nesterov=false)" is momentum. The learning rate may be a schedule:
    /// "adam(lr=cosine_decay(initial_learning_rate=1e-3, decay_steps=1000))".
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A name or setting is unknown (the message suggests the nearest), is given twice, or has a value that cannot be used.
    /// </exception>
    public static OptimizerRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parsed = SettingsText.Parse(text, nameof(text));
        OptimizerRule rule = FromName(parsed.Name);
        var seen = new HashSet<RuleSetting>();
        foreach ((string name, string value) in parsed.Settings)
        {
            RuleSetting setting = rule.FindSetting(name);
            if (!seen.Add(setting))
                throw new ArgumentException($"'{text.Trim()}' sets {setting.Name} twice.", nameof(text));
            rule = setting.Write(rule, value);
        }
        rule.ValidateAll();
        return rule;
    }

    /// <summary>
    /// All settings by name, those at their defaults too, for tables and reports. Values are double, int, bool, string, or null for
    /// a setting that is switched off; a learning rate that follows a schedule is the schedule's text.
    /// </summary>
    public IReadOnlyDictionary<string, object?> GetSettings() =>
        AllSettings.ToDictionary(setting => setting.Name, setting => setting.Read(this));

    /// <summary>
    /// The rule as <see cref="Parse"/> reads it: its learning rate and whatever differs from the defaults, such as
    /// "adam(learning_rate=0.002, beta_1=0.8)". A schedule without a name, such as a function, is shown but cannot be parsed.
    /// </summary>
    public sealed override string ToString()
    {
        IEnumerable<string> shown = GetChangedSettings().Select(setting => $"{setting.Name}={setting.Value}");
        return $"{Name}({string.Join(", ", shown.Concat(TextOfShares))})";
    }

    /// <summary>The learning rate and whatever differs from the defaults, as text.</summary>
    internal IEnumerable<(string Name, string Value)> GetChangedSettings()
    {
        OptimizerRule? defaults = CreateDefaults();
        return AllSettings
            .Where((setting, index) => index == 0 || defaults is null || !Equals(setting.Read(this), setting.Read(defaults)))
            .Select(setting => (setting.Name, string.Create(CultureInfo.InvariantCulture,
                $"{(setting.Read(this) is bool flag ? (flag ? "true" : "false") : setting.Read(this) ?? RuleSetting.Off)}")));
    }

    /// <summary>The rule without settings, for comparison; null where nobody knows its defaults.</summary>
    internal virtual OptimizerRule? CreateDefaults() => FromName(Name);

    /// <summary>What a text says about the rules that parameters go to; nothing where this is the only one.</summary>
    internal virtual IEnumerable<string> TextOfShares => [];

    /// <summary>Name of the first setting of all rules that has another value in another rule; null where none has.</summary>
    internal string? FirstSharedDifference(OptimizerRule other) => SharedSettings.Concat(GradientSettings).Concat(AverageSettings)
        .FirstOrDefault(setting => !Equals(setting.Read(this), setting.Read(other)))?.Name;

    /// <summary>A setting by name or alias.</summary>
    /// <exception cref="ArgumentException">There is none; the message suggests the nearest.</exception>
    internal RuleSetting FindSetting(string name) =>
        SettingOrNull(name) ?? throw new ArgumentException(
            NearestName.Explain($"setting of {Name}", name, [.. AllSettings.Select(setting => setting.Name)]), nameof(name));

    /// <summary>A setting by name or alias, or null.</summary>
    internal RuleSetting? SettingOrNull(string name) =>
        AllSettings.Concat(ForeignSettings).FirstOrDefault(setting => setting.IsCalled(name));
}
