using System.Text.Json;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>
/// Hyper-parameters of the other libraries that are no settings here: those that steer how that library executes a step, and those
/// that switch something off which a rule does not have.
/// </summary>
internal static class ForeignArguments
{
    /// <summary>They change speed, names or memory, never the numbers.</summary>
    private static readonly string[] ExecutionOnly =
    [
        // PyTorch
        "foreach", "fused", "capturable", "differentiable",
        // Keras
        "name", "jit_compile", "is_legacy_optimizer",
        // optax
        "mu_dtype", "accumulator_dtype", "preconditioner_dtype", "state_dtype",
    ];

    /// <summary>They are accepted where they are null or have this value: what they do then is what the rule does.</summary>
    private static readonly Dictionary<string, string> Neutral = new()
    {
        ["clipnorm"] = "null", ["global_clipnorm"] = "null", ["clipvalue"] = "null",
        ["loss_scale_factor"] = "1", ["gradient_accumulation_steps"] = "1",
        ["weight_decay_mask"] = "true", ["trust_ratio_mask"] = "true", ["mask"] = "null",
        ["eps_root"] = "0", ["initial_scale"] = "0", ["momentum"] = "0", ["nesterov"] = "false", ["centered"] = "false",
        ["amsgrad"] = "false", ["maximize"] = "false", ["decoupled_weight_decay"] = "false",
        ["eps_in_sqrt"] = "true", ["bias_correction"] = "false",
    };

    /// <summary>Whether a hyper-parameter that is no setting of the rule changes nothing.</summary>
    public static bool IsNeutral(string name, JsonElement value) =>
        ExecutionOnly.Contains(name)
        || (Neutral.TryGetValue(name, out string? neutral)
            && (value.ValueKind == JsonValueKind.Null || value.GetRawText() == neutral
                || (value.ValueKind == JsonValueKind.Number && double.TryParse(neutral, out double number) && value.GetDouble() == number)));
}
