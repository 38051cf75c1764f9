namespace NativeOpt.Cli.Replay;

/// <summary>One case on one target, while it is replayed.</summary>
internal sealed class ReplayRun(GoldenCase golden, ReplayTarget target, ReplayOptions options)
{
    private Fields? _hyper, _expected, _inputs;

    /// <summary>The case.</summary>
    public GoldenCase Case { get; } = golden;

    /// <summary>What it runs on.</summary>
    public ReplayTarget Target { get; } = target;

    /// <summary>Where data are, and when to stop.</summary>
    public ReplayOptions Options { get; } = options;

    /// <summary>All fields of the case.</summary>
    public Fields Fields { get; } = golden.ReadFields();

    /// <summary>The comparisons so far.</summary>
    public Checks Checks { get; } = new(target);

    /// <summary>The hyper-parameters.</summary>
    public Fields Hyper => _hyper ??= Fields.Object("hyper");

    /// <summary>What the other library computed.</summary>
    public Fields Expected => _expected ??= Fields.Object("expected");

    /// <summary>Arrays that the case is about.</summary>
    public Fields Inputs => _inputs ??= Fields.Object("inputs");

    /// <summary>The tolerance of everything but optimizer steps.</summary>
    public double Tolerance => Tolerances.For(Target);

    /// <summary>Compares with a list, matrix or number of <see cref="Expected"/>.</summary>
    public void Check(string name, ReadOnlySpan<double> actual) => Checks.Add(Expected.Numbers(name), actual, Tolerance, name);

    /// <summary>Compares with a number of <see cref="Expected"/>.</summary>
    public void Check(string name, double actual) => Check(name, [actual]);
}
