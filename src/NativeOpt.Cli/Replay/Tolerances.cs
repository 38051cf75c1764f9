namespace NativeOpt.Cli.Replay;

/// <summary>How near an expected value a result must come: the rules of the schema, in one place.</summary>
internal static class Tolerances
{
    /// <summary>Weights after optimizer steps, and schedules, in double.</summary>
    public const double Float64Steps = 1e-11;

    /// <summary>Layers, losses and everything else in double.</summary>
    public const double Float64 = 1e-9;

    /// <summary>Floats where the file has doubles only.</summary>
    public const double Float32ToFloat64 = 1e-5;

    /// <summary>Floats where the file says how far the other library's own floats drifted: at least this.</summary>
    private const double Float32 = 2e-6;

    /// <summary>Times the drift, which is measured with another order of additions.</summary>
    private const double DriftFactor = 4;

    /// <summary>In cases that are marked as chaotic, floats with a larger drift are not compared.</summary>
    private const double ChaoticDrift = 1e-4;

    /// <summary>For floats whose drift is known.</summary>
    public static double ForDrift(double drift) => Math.Max(Float32, DriftFactor * drift);

    /// <summary>For doubles on a path where floats drift that much: doubles drift by as much less as they are finer, 2^-29.</summary>
    public static double ForDriftOfDoubles(double driftOfFloats) =>
        Math.Max(Float64Steps, DriftFactor * driftOfFloats * Math.ScaleB(1, -29));

    /// <summary>For weights at a step; null: not compared.</summary>
    /// <param name="target">What the case runs on.</param>
    /// <param name="drift">What the other library's floats drifted at that step; null where the file does not say.</param>
    /// <param name="isChaotic">Whether the file marks the case as chaotic.</param>
    public static double? ForStep(ReplayTarget target, double? drift, bool isChaotic) => (target.IsDouble, drift) switch
    {
        (true, _) => Float64Steps,
        (false, null) => Float32ToFloat64,
        (false, > ChaoticDrift) when isChaotic => null,
        (false, { } known) => ForDrift(known),
    };

    /// <summary>For everything but optimizer steps.</summary>
    public static double For(ReplayTarget target) => target.IsDouble ? Float64 : Float32ToFloat64;
}
