namespace NativeOpt.Cli.Tutorial;

/// <summary>What the numbers say of a claim.</summary>
internal enum Verdict
{
    /// <summary>It holds with all seeds, or all but one of five.</summary>
    Supported,

    /// <summary>The contrary holds with so many.</summary>
    NotSupported,

    /// <summary>Neither.</summary>
    Depends,
}

/// <summary>Verdicts from numbers, and in words.</summary>
internal static class Verdicts
{
    /// <summary>Of four seeds of five at least.</summary>
    private const double Needed = 0.8;

    /// <summary>How many seeds must agree.</summary>
    public static int NeededOf(int seeds) => (int)Math.Ceiling(Needed * seeds);

    /// <summary>By votes.</summary>
    /// <param name="holds">Seeds for which the claim holds.</param>
    /// <param name="fails">Seeds for which the contrary holds.</param>
    /// <param name="seeds">All seeds.</param>
    public static Verdict Of(int holds, int fails, int seeds) =>
        holds >= NeededOf(seeds) ? Verdict.Supported : fails >= NeededOf(seeds) ? Verdict.NotSupported : Verdict.Depends;

    /// <summary>"supported", "not supported", "depends".</summary>
    public static string Words(this Verdict verdict) => verdict switch
    {
        Verdict.Supported => "supported",
        Verdict.NotSupported => "not supported",
        _ => "depends",
    };
}
