namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What was measured, and what follows.</summary>
/// <param name="Evidence">An entry for each seed.</param>
/// <param name="Claims">An entry for each claim.</param>
internal sealed record ClaimsResult(IReadOnlyList<Evidence> Evidence, IReadOnlyList<ClaimResult> Claims);

/// <summary>Everything the tutorials' lists say of optimizers, measured.</summary>
/// <param name="Settings">How thoroughly.</param>
internal sealed record ClaimsStudy(ClaimsSettings Settings)
{
    /// <summary>All claims, by what they are about.</summary>
    public static IReadOnlyList<Claim> Claims { get; } =
        [.. DescentClaims.All, .. MomentumClaims.All, .. AdagradClaims.All, .. AdamClaims.All];

    /// <summary>What is said of people rather than of rules: no run can measure it.</summary>
    public static IReadOnlyList<string> Untested { get; } =
        ["gradient descent is widely used (A)", "mini-batches are standard (C)", "Adam is popular (C)"];

    /// <summary>Measures everything under each seed, and judges.</summary>
    public ClaimsResult Run(ExperimentProgress progress, CancellationToken cancellation)
    {
        progress.Plan(Settings.Seeds.Count);
        var evidence = new List<Evidence>();
        var values = new List<double[]>();
        foreach (int seed in Settings.Seeds)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Begin($"seed {seed}");
            evidence.Add(Evidence.Of(Settings, seed));
            values.Add([.. Claims.Select(claim => claim.Value(evidence[^1]))]);
            progress.Done($"seed {seed}");
        }
        return new ClaimsResult(evidence,
            [.. Claims.Select((claim, index) => new ClaimResult(claim, new Sample([.. values.Select(numbers => numbers[index])])))]);
    }
}
