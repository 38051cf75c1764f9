using System.Text.Json;
using NativeOpt.Text;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Finds the activation of a case by its name and hyper-parameters.</summary>
internal static class ActivationReader
{
    /// <summary>Hyper-parameters of the layer, not of its activation.</summary>
    private static readonly string[] OfTheLayer = ["use_bias", "note", "inplace"];

    /// <summary>Settings of PyTorch that are understood at these values only, at which nothing depends on them.</summary>
    private static readonly (string Name, double Value)[] AtTheirDefaults = [("threshold", 20), ("min_val", -1), ("max_val", 1)];

    /// <summary>Reads "activation"; its settings in "hyper" count as understood.</summary>
    /// <exception cref="ArgumentException">The activation or a setting is unknown.</exception>
    public static Activation Read(ReplayRun run)
    {
        string name = run.Fields.Text("activation");
        var settings = new List<string>();
        if (run.Fields.FindObject("hyper") is { } hyper)
            foreach (string setting in hyper.Names.Except(OfTheLayer))
                if (hyper.Find(setting) is { } value && !IsAtItsDefault(setting, value))
                    settings.Add($"{setting}={Write(value)}");
        // "gelu_tanh" with approximate=tanh says it twice.
        if (name == "gelu_tanh" && settings.Contains("approximate=tanh"))
            name = "gelu";
        return Activation.FromName($"{name}({string.Join(", ", settings)})");
    }

    private static bool IsAtItsDefault(string setting, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && AtTheirDefaults.Contains((setting, value.GetDouble()));

    // "none (erf)": a remark in parentheses explains the word.
    private static string Write(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()!.Split('(')[0].Trim()
        : value.ValueKind == JsonValueKind.Number ? SettingValue.Write(value.GetDouble())
        : value.GetRawText();
}
