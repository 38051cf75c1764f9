namespace NativeOpt.Files;

/// <summary>What PyTorch and Keras call the arrays and numbers that their optimizers keep.</summary>
internal static class ForeignSlots
{
    // For each rule: their name, our name. The moments of Adam have the same names in all of its relatives.
    private static readonly Dictionary<string, (string Theirs, string Ours)[]> PyTorch = new()
    {
        ["sgd"] = [("momentum_buffer", "v")],
        ["adam"] = [("exp_avg", "m"), ("exp_avg_sq", "v"), ("max_exp_avg_sq", "vhat")],
        ["adamw"] = [("exp_avg", "m"), ("exp_avg_sq", "v"), ("max_exp_avg_sq", "vhat")],
        ["nadam"] = [("exp_avg", "m"), ("exp_avg_sq", "v")],
        ["radam"] = [("exp_avg", "m"), ("exp_avg_sq", "v")],
        ["adamax"] = [("exp_avg", "m"), ("exp_inf", "u")],
        ["adagrad"] = [("sum", "v")],
        ["adadelta"] = [("square_avg", "v"), ("acc_delta", "x")],
        ["rmsprop"] = [("square_avg", "v"), ("grad_avg", "m"), ("momentum_buffer", "b")],
        ["rprop"] = [("prev", "previous"), ("step_size", "step")],
        ["asgd"] = [("ax", "ax")],
    };

    private static readonly Dictionary<string, (string Theirs, string Ours)[]> Keras = new()
    {
        ["sgd"] = [("momentum", "v")],
        ["adam"] = [("momentum", "m"), ("velocity", "v"), ("velocity_hat", "vhat")],
        ["adamw"] = [("momentum", "m"), ("velocity", "v"), ("velocity_hat", "vhat")],
        ["nadam"] = [("momentum", "m"), ("velocity", "v")],
        ["lamb"] = [("momentum", "m"), ("velocity", "v")],
        ["lion"] = [("momentum", "m")],
        ["adamax"] = [("momentum", "m"), ("norm", "u")],
        ["adagrad"] = [("accumulator", "v")],
        ["adadelta"] = [("accumulated_grad", "v"), ("accumulated_delta_var", "x")],
        ["rmsprop"] = [("velocity", "v"), ("average_gradient", "m"), ("momentum", "b")],
        ["ftrl"] = [("accumulator", "n"), ("linear", "z")],
    };

    // Keras has these beside any rule; sums of gradients are recognised so that they can be refused by their name.
    private static readonly (string Theirs, string Ours) KerasAverage = ("average", "average");
    private const string KerasSum = "gradient_accumulator";

    /// <summary>All names of arrays in Keras, the longest first: a name may be the end of another one.</summary>
    public static IReadOnlyList<string> KerasNames { get; } =
    [
        .. Keras.Values.SelectMany(names => names).Select(names => names.Theirs).Append(KerasAverage.Theirs).Append(KerasSum)
            .Distinct().OrderByDescending(name => name.Length),
    ];

    /// <summary>The arrays of a rule, or null for a rule whose state is not read.</summary>
    /// <param name="source">Whose names.</param>
    /// <param name="rule">Name of the rule.</param>
    public static IReadOnlyList<(string Theirs, string Ours)>? Find(Convention source, string rule) => source == Convention.PyTorch
        ? PyTorch.GetValueOrDefault(rule)
        : Keras.TryGetValue(rule, out (string, string)[]? slots) ? [.. slots, KerasAverage] : null;
}
