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
        ["optax/nadamw"] = () => new NAdamW(),
        ["optax/adamaxw"] = () => new AdamaxW(),
    };

    /// <summary>Hyper-parameters of features that rules do not have yet, and when they are on.</summary>
    private static readonly Dictionary<string, Predicate<JsonElement>> FeaturesToCome = new()
    {
        ["use_ema"] = value => value.GetBoolean(),
        ["ema_momentum"] = _ => false,
        ["ema_overwrite_frequency"] = _ => false,
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
            if (!FeaturesToCome.ContainsKey(hyper.Name))
                rule = Apply(rule, hyper.Name, hyper.Value);
        return rule;
    }

    /// <summary>Under the names of the library that computed the case; element i of a list is the setting "name[i]".</summary>
    private static OptimizerRule Apply(OptimizerRule rule, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => rule,
        JsonValueKind.Array => value.EnumerateArray().Select((element, i) => (Name: $"{name}[{i}]", Value: element))
            .Aggregate(rule, (changed, element) => Apply(changed, element.Name, element.Value)),
        _ => rule.FindSetting(name).Write(rule, value.GetRawText()),
    };

    private static string NameOf(GoldenCase golden) =>
        $"{golden.Text("convention")}/{golden.Text("optimizer")}";
}
