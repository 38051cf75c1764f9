using NativeOpt.Text;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>
/// The optimizers of the other libraries: whose name stands for which rule, with the defaults of that library. A file that spells all
/// hyper-parameters out depends on none of them; what Keras leaves out of a configuration was None there, and is off here.
/// </summary>
internal static class KnownOptimizers
{
    private static readonly Dictionary<string, string> Rules = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pytorch/SGD"] = "sgd(lr=1e-3, convention=pytorch)",
        ["pytorch/Adam"] = "adam(eps=1e-8, convention=pytorch)",
        ["pytorch/AdamW"] = "adamw(eps=1e-8, weight_decay=1e-2, convention=pytorch)",
        ["pytorch/Adagrad"] = "adagrad(lr=1e-2, eps=1e-10, initial_accumulator_value=0, convention=pytorch)",
        ["pytorch/Adadelta"] = "adadelta(lr=1, rho=0.9, eps=1e-6, convention=pytorch)",
        ["pytorch/Adamax"] = "adamax(lr=2e-3, eps=1e-8, convention=pytorch)",
        ["pytorch/NAdam"] = "nadam(lr=2e-3, eps=1e-8, momentum_decay=4e-3, convention=pytorch)",
        ["pytorch/RAdam"] = "radam(lr=1e-3, eps=1e-8, convention=pytorch)",
        ["pytorch/RMSprop"] = "rmsprop(lr=1e-2, alpha=0.99, eps=1e-8, convention=pytorch)",
        ["pytorch/Rprop"] = "rprop(lr=1e-2, convention=pytorch)",
        ["pytorch/ASGD"] = "asgd(lr=1e-2, convention=pytorch)",
        ["pytorch/Adafactor"] = "adafactor(lr=1e-2, convention=pytorch)",
        ["pytorch/Muon"] =
            "muon(weight_decay=0.1, rms_rate=off, scale_by_shape=true, rows_are_outputs=true, convention=pytorch)",

        ["keras/SGD"] = "sgd",
        ["keras/RMSprop"] = "rmsprop",
        ["keras/Adam"] = "adam",
        ["keras/AdamW"] = "adamw",
        ["keras/Adagrad"] = "adagrad",
        ["keras/Adadelta"] = "adadelta",
        ["keras/Adamax"] = "adamax",
        ["keras/Nadam"] = "nadam",
        ["keras/Ftrl"] = "ftrl",
        ["keras/Lion"] = "lion",
        ["keras/Lamb"] = "lamb",
        ["keras/Adafactor"] = "adafactor",
        ["keras/Muon"] = "muon(weight_decay=0, rms_rate=off)",
        ["keras/ScheduleFreeAdamW"] = "schedule_free_adamw",

        ["optax/sgd"] = "sgd(convention=pytorch)",
        ["optax/adam"] = "adam(eps=1e-8, convention=pytorch)",
        ["optax/adamw"] = "adamw(eps=1e-8, weight_decay=1e-4, convention=pytorch)",
        ["optax/adamaxw"] = "adamaxw",
        ["optax/nadamw"] = "nadamw",
        ["optax/adagrad"] = "adagrad(eps=1e-7, initial_accumulator_value=0.1)",
        ["optax/adadelta"] = "adadelta(rho=0.9, eps=1e-6)",
        ["optax/adamax"] = "adamax(eps=1e-8, convention=pytorch)",
        ["optax/rmsprop"] = "rmsprop(eps=1e-8)",
        ["optax/lion"] = "lion(weight_decay=1e-3)",
        ["optax/sign_sgd"] = "sign_sgd",
        ["optax/signum"] = "signum",
        ["optax/optimistic_adam"] = "optimistic_adam",
        ["optax/amsgrad"] = "amsgrad",
        ["optax/yogi"] = "yogi",
        ["optax/madgrad"] = "madgrad",
        ["optax/schedule_free_sgd"] = "schedule_free_sgd",
        ["optax/schedule_free_adamw"] = "schedule_free_adamw(convention=pytorch)",
        ["optax/adabelief"] = "adabelief",
        ["optax/adan"] = "adan",
        ["optax/ademamix"] = "ademamix",
        ["optax/adopt"] = "adopt",
        ["optax/nadam"] = "nadamw(weight_decay=0)",
        ["optax/lamb"] = "lamb(eps=1e-6, convention=pytorch)",
        ["optax/lars"] = "lars",
        ["optax/novograd"] = "novograd",
        ["optax/fromage"] = "fromage",
        ["optax/sm3"] = "sm3",
        ["optax/prodigy"] = "prodigy",
        ["optax/dadapt_adamw"] = "dadapt_adamw",
        ["optax/adafactor"] = "adafactor(lr=1, limits_step=false, clip_threshold=off)",
        ["optax/muon"] =
            "muon(bias_correction=true, rms_rate=off, scale_by_shape=true, eps=1e-8, weight_decay=0, adam_weight_decay=0)",
    };

    /// <summary>The libraries whose optimizers are known: values of the field "convention".</summary>
    private static readonly string[] Conventions = ["pytorch", "keras", "optax"];

    /// <summary>The rule an optimizer of a library stands for, with that library's defaults.</summary>
    /// <exception cref="ReplayException">The library or its optimizer is unknown; the message has the nearest name.</exception>
    public static OptimizerRule Find(string convention, string optimizer)
    {
        if (!Conventions.Contains(convention, StringComparer.OrdinalIgnoreCase))
            throw new ReplayException(NearestName.Explain("convention", convention, Conventions));
        if (Rules.TryGetValue($"{convention}/{optimizer}", out string? rule))
            return OptimizerRule.Parse(rule);
        string prefix = convention.ToLowerInvariant() + "/";
        string[] known = [.. Rules.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])];
        throw new ReplayException(NearestName.Explain($"optimizer of {convention}", optimizer, known));
    }
}
