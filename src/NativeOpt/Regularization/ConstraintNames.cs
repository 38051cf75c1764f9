using NativeOpt.Text;

namespace NativeOpt.Regularization;

/// <summary>Constraints by the names of Keras.</summary>
internal static class ConstraintNames
{
    /// <summary>All of them, and those of the program.</summary>
    public static SettingsTable<Constraint> Table { get; } = new(
        "constraint",
        new Dictionary<string, Func<SettingsReader, Constraint>>
        {
            ["max_norm"] = settings => new MaxNorm(settings.Number("max_value", 2), AxisOf(settings)),
            ["non_neg"] = _ => new NonNeg(),
            ["unit_norm"] = settings => new UnitNorm(AxisOf(settings)),
            ["min_max_norm"] = settings => new MinMaxNorm(
                settings.Number("min_value", 0), settings.Number("max_value", 1), settings.Number("rate", 1), AxisOf(settings)),
        });

    private static int? AxisOf(SettingsReader settings)
    {
        if (settings.Word("axis") is not { } word)
            return 0;
        if (word.Equals("none", StringComparison.OrdinalIgnoreCase))
            return null;
        double axis = SettingValue.ParseNumber("axis", word);
        return axis == Math.Floor(axis) && Math.Abs(axis) <= 2
            ? (int)axis
            : throw new ArgumentException($"axis is '{word}'; it must be -2 to 1, or none for all weights together.");
    }
}
