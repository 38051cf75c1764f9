using System.Text.Json;
using NativeOpt.Tests.Golden;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Turns the convention, optimizer and hyper-parameters of a golden case into a rule, or says why there is none.</summary>
internal static class GoldenRule
{
    /// <summary>Optimizers of the golden files that this library has.</summary>
    private static readonly Dictionary<string, Func<OptimizerRule>> Rules = new()
    {
        ["pytorch/SGD"] = () => new Sgd { Convention = Convention.PyTorch },
        ["pytorch/RMSprop"] = () => new RMSprop { Convention = Convention.PyTorch },
        ["pytorch/Adam"] = () => new Adam { Convention = Convention.PyTorch },
        ["keras/SGD"] = () => new Sgd(),
        ["keras/RMSprop"] = () => new RMSprop(),
        ["keras/Adam"] = () => new Adam(),
        ["pytorch/AdamW"] = () => new AdamW { Convention = Convention.PyTorch },
        ["pytorch/Adagrad"] = () => new Adagrad { Convention = Convention.PyTorch },
        ["pytorch/Adadelta"] = () => new Adadelta { Convention = Convention.PyTorch },
        ["pytorch/Adamax"] = () => new Adamax { Convention = Convention.PyTorch },
        ["pytorch/NAdam"] = () => new Nadam { Convention = Convention.PyTorch },
        ["pytorch/RAdam"] = () => new RAdam { Convention = Convention.PyTorch },
        ["pytorch/Rprop"] = () => new Rprop { Convention = Convention.PyTorch },
        ["pytorch/ASGD"] = () => new Asgd { Convention = Convention.PyTorch },
        ["keras/AdamW"] = () => new AdamW(),
        ["keras/Adagrad"] = () => new Adagrad(),
        ["keras/Adadelta"] = () => new Adadelta(),
        ["keras/Adamax"] = () => new Adamax(),
        ["keras/Nadam"] = () => new Nadam(),
        ["keras/Ftrl"] = () => new Ftrl(),
        ["keras/Lion"] = () => new Lion(),
        ["optax/lion"] = () => new Lion(),
        ["optax/sign_sgd"] = () => new SignSgd(),
        ["optax/signum"] = () => new SignSgd(),
        ["optax/optimistic_adam"] = () => new OptimisticAdam(),
        ["optax/amsgrad"] = () => new AmsGrad(),
        ["optax/yogi"] = () => new Yogi(),
        ["optax/madgrad"] = () => new Madgrad(),
        ["optax/schedule_free_sgd"] = () => new ScheduleFreeSgd(),
        ["optax/schedule_free_adamw"] = () => new ScheduleFreeAdamW(),
        ["optax/adabelief"] = () => new AdaBelief(),
        ["optax/adan"] = () => new Adan(),
        ["optax/ademamix"] = () => new AdEMAMix(),
        ["optax/adopt"] = () => new Adopt(),
    };

    /// <summary>Hyper-parameters of features that rules do not have yet, and when they are on.</summary>
    private static readonly Dictionary<string, Predicate<JsonElement>> FeaturesToCome = new()
    {
        ["clipnorm"] = value => value.ValueKind != JsonValueKind.Null,
        ["global_clipnorm"] = value => value.ValueKind != JsonValueKind.Null,
        ["use_ema"] = value => value.GetBoolean(),
        ["ema_momentum"] = _ => false,
        ["ema_overwrite_frequency"] = _ => false,
        ["gradient_accumulation_steps"] = value => value.ValueKind != JsonValueKind.Null && value.GetInt32() > 1,
        ["loss_scale_factor"] = value => value.ValueKind != JsonValueKind.Null,
    };

    /// <summary>Why the case cannot be replayed, or null if it can.</summary>
    public static string? ReasonToSkip(GoldenCase golden)
    {
        string optimizer = NameOf(golden);
        if (!Rules.ContainsKey(optimizer))
            return $"optimizer {optimizer}";
        JsonProperty feature = golden.Json("hyper").EnumerateObject()
            .FirstOrDefault(hyper => FeaturesToCome.TryGetValue(hyper.Name, out Predicate<JsonElement>? isOn) && isOn(hyper.Value));
        return feature.Value.ValueKind == JsonValueKind.Undefined ? null : $"feature {feature.Name}";
    }

    /// <summary>The rule of a case that can be replayed. A hyper-parameter it does not know fails.</summary>
    public static OptimizerRule Create(GoldenCase golden)
    {
        OptimizerRule rule = Rules[NameOf(golden)]();
        foreach (JsonProperty hyper in golden.Json("hyper").EnumerateObject())
            if (!FeaturesToCome.ContainsKey(hyper.Name) && hyper.Value.ValueKind != JsonValueKind.Null)
                rule = Apply(rule, hyper.Name, hyper.Value);
        return rule;
    }

    private static OptimizerRule Apply(OptimizerRule rule, string name, JsonElement value) => (name, rule) switch
    {
        ("lr" or "learning_rate", _) => rule with { LearningRate = value.GetDouble() },
        ("weight_decay", _) => rule with { WeightDecay = value.GetDouble() },
        ("clipvalue", _) => rule with { ClipValue = value.GetDouble() },
        ("maximize", _) => rule with { Maximize = value.GetBoolean() },
        ("momentum", Sgd sgd) => sgd with { Momentum = value.GetDouble() },
        ("nesterov", Sgd sgd) => sgd with { Nesterov = value.GetBoolean() },
        ("dampening", Sgd sgd) => sgd with { Dampening = value.GetDouble() },
        ("momentum", RMSprop rmsprop) => rmsprop with { Momentum = value.GetDouble() },
        ("alpha" or "rho", RMSprop rmsprop) => rmsprop with { Rho = value.GetDouble() },
        ("eps" or "epsilon", RMSprop rmsprop) => rmsprop with { Epsilon = value.GetDouble() },
        ("centered", RMSprop rmsprop) => rmsprop with { Centered = value.GetBoolean() },
        ("betas", Adam adam) => adam with { Beta1 = value[0].GetDouble(), Beta2 = value[1].GetDouble() },
        ("beta_1", Adam adam) => adam with { Beta1 = value.GetDouble() },
        ("beta_2", Adam adam) => adam with { Beta2 = value.GetDouble() },
        ("eps" or "epsilon", Adam adam) => adam with { Epsilon = value.GetDouble() },
        ("amsgrad", Adam adam) => adam with { AmsGrad = value.GetBoolean() },
        _ => ApplyOptax(rule, name, value),
    };

    /// <summary>Under the short names of optax.</summary>
    private static OptimizerRule ApplyOptax(OptimizerRule rule, string name, JsonElement value) => (name, rule) switch
    {
        ("beta", SignSgd signum) => signum with { Momentum = value.GetDouble() },
        ("optimism", OptimisticAdam optimistic) => optimistic with { Optimism = value.GetDouble() },
        ("b1", OptimisticAdam optimistic) => optimistic with { Beta1 = value.GetDouble() },
        ("b2", OptimisticAdam optimistic) => optimistic with { Beta2 = value.GetDouble() },
        ("eps", OptimisticAdam optimistic) => optimistic with { Epsilon = value.GetDouble() },
        ("eps_root", OptimisticAdam optimistic) => optimistic with { EpsilonRoot = value.GetDouble() },
        ("nesterov", OptimisticAdam optimistic) => optimistic with { Nesterov = value.GetBoolean() },
        ("b1", AmsGrad amsgrad) => amsgrad with { Beta1 = value.GetDouble() },
        ("b2", AmsGrad amsgrad) => amsgrad with { Beta2 = value.GetDouble() },
        ("eps", AmsGrad amsgrad) => amsgrad with { Epsilon = value.GetDouble() },
        ("eps_root", AmsGrad amsgrad) => amsgrad with { EpsilonRoot = value.GetDouble() },
        ("bias_correction_mu", AmsGrad amsgrad) => amsgrad with { CorrectMean = value.GetBoolean() },
        ("bias_correction_nu", AmsGrad amsgrad) => amsgrad with { CorrectSquares = value.GetBoolean() },
        ("b1", Yogi yogi) => yogi with { Beta1 = value.GetDouble() },
        ("b2", Yogi yogi) => yogi with { Beta2 = value.GetDouble() },
        ("eps", Yogi yogi) => yogi with { Epsilon = value.GetDouble() },
        ("momentum", Madgrad madgrad) => madgrad with { Momentum = value.GetDouble() },
        ("eps", Madgrad madgrad) => madgrad with { Epsilon = value.GetDouble() },
        ("b1", ScheduleFree scheduleFree) => scheduleFree with { Beta1 = value.GetDouble() },
        ("weight_lr_power", ScheduleFree scheduleFree) => scheduleFree with { WeightPower = value.GetDouble() },
        ("b2", ScheduleFreeAdamW adamw) => adamw with { Beta2 = value.GetDouble() },
        ("eps", ScheduleFreeAdamW adamw) => adamw with { Epsilon = value.GetDouble() },
        ("b1", AdaBelief adabelief) => adabelief with { Beta1 = value.GetDouble() },
        ("b2", AdaBelief adabelief) => adabelief with { Beta2 = value.GetDouble() },
        ("eps", AdaBelief adabelief) => adabelief with { Epsilon = value.GetDouble() },
        ("eps_root", AdaBelief adabelief) => adabelief with { EpsilonRoot = value.GetDouble() },
        ("nesterov", AdaBelief adabelief) => adabelief with { Nesterov = value.GetBoolean() },
        ("b1", Adan adan) => adan with { Beta1 = value.GetDouble() },
        ("b2", Adan adan) => adan with { Beta2 = value.GetDouble() },
        ("b3", Adan adan) => adan with { Beta3 = value.GetDouble() },
        ("eps", Adan adan) => adan with { Epsilon = value.GetDouble() },
        ("eps_root", Adan adan) => adan with { EpsilonRoot = value.GetDouble() },
        ("b1", AdEMAMix ademamix) => ademamix with { Beta1 = value.GetDouble() },
        ("b2", AdEMAMix ademamix) => ademamix with { Beta2 = value.GetDouble() },
        ("b3", AdEMAMix ademamix) => ademamix with { Beta3 = value.GetDouble() },
        ("alpha", AdEMAMix ademamix) => ademamix with { Alpha = value.GetDouble() },
        ("eps", AdEMAMix ademamix) => ademamix with { Epsilon = value.GetDouble() },
        ("eps_root", AdEMAMix ademamix) => ademamix with { EpsilonRoot = value.GetDouble() },
        ("b1", Adopt adopt) => adopt with { Beta1 = value.GetDouble() },
        ("b2", Adopt adopt) => adopt with { Beta2 = value.GetDouble() },
        ("eps", Adopt adopt) => adopt with { Epsilon = value.GetDouble() },
        ("use_clipping", Adopt adopt) => adopt with { Clipping = value.GetBoolean() },
        ("nesterov", Adopt adopt) => adopt with { Nesterov = value.GetBoolean() },
        ("betas", _) => ApplySetting(ApplySetting(rule, "beta_1", value[0]), "beta_2", value[1]),
        ("etas", Rprop) => ApplySetting(ApplySetting(rule, "eta_minus", value[0]), "eta_plus", value[1]),
        ("step_sizes", Rprop) => ApplySetting(ApplySetting(rule, "step_size_min", value[0]), "step_size_max", value[1]),
        _ => ApplySetting(rule, name, value),
    };

    /// <summary>Under the names that the rule's settings have as text.</summary>
    private static OptimizerRule ApplySetting(OptimizerRule rule, string name, JsonElement value)
    {
        RuleSetting setting = rule.OwnSettings.FirstOrDefault(candidate => candidate.IsCalled(name))
            ?? throw new NotSupportedException($"hyper-parameter '{name}' of {rule.Name}");
        return setting.Write(rule, value.GetRawText());
    }

    private static string NameOf(GoldenCase golden) =>
        $"{golden.Text("convention")}/{golden.Text("optimizer")}";
}
