using NativeOpt.Schedules;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>What cases about a monitored metric have in common.</summary>
internal static class Monitoring
{
    /// <summary>Whether a case follows Keras rather than PyTorch.</summary>
    public static bool IsKeras(Fields fields) => fields.Text("convention") switch
    {
        "keras" => true,
        "pytorch" => false,
        string other => throw new ReplayException($"unknown convention '{other}'. Known: keras, pytorch"),
    };

    /// <summary>Which way is better. "auto" goes by the name of the metric, and is "min" for one without a name.</summary>
    public static MonitorMode ReadMode(Fields hyper) => (hyper.Text("mode", "auto"), hyper.Text("monitor", "")) switch
    {
        ("min", _) => MonitorMode.Min,
        ("max", _) => MonitorMode.Max,
        ("auto", var monitor) => ReduceOnPlateau.AutomaticMode(monitor),
        (var other, _) => throw new ReplayException($"hyper.mode is '{other}'; it must be min, max or auto"),
    };
}
