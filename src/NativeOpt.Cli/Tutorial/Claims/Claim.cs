namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>Something the tutorials say of an optimizer.</summary>
/// <param name="Source">The tutorials that say it, by their letters in <see cref="ClaimSources"/>.</param>
/// <param name="Subject">What it is said of.</param>
/// <param name="IsAdvantage">Whether it is in its favour.</param>
/// <param name="Words">What is said, in short.</param>
/// <param name="Measured">What is measured, and of what.</param>
/// <param name="Value">The number, from everything that was measured under one seed.</param>
/// <param name="Criterion">When it speaks for the claim.</param>
internal sealed record Claim(
    string Source, string Subject, bool IsAdvantage, string Words, string Measured, Func<Evidence, double> Value, Criterion Criterion);

/// <summary>A claim and what became of it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Sample">The measured number, for each seed.</param>
internal sealed record ClaimResult(Claim Claim, Sample Sample)
{
    /// <summary>From the numbers.</summary>
    public Verdict Verdict => Claim.Criterion.Judge(Sample);
}
