namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>The tutorials whose claims are tested.</summary>
internal static class ClaimSources
{
    /// <summary>Letters and titles.</summary>
    public static IReadOnlyList<(string Letter, string Title)> All { get; } =
    [
        ("A", "Optimization technique in Deep Learning: lists of advantages and disadvantages"),
        ("B", "Optimization Techniques: challenges, algorithms, schedules, regularization"),
        ("C", "Day 18, Optimization Techniques in Deep Learning: tables of pros and cons"),
        ("D", "Optimizers in deep learning model"),
        ("E", "Optimization Techniques in Deep Learning: make_classification"),
    ];
}
