using NativeOpt.Text;

namespace NativeOpt.Regularization;

/// <summary>Regularizers by the names of Keras.</summary>
internal static class RegularizerNames
{
    /// <summary>All of them, and those of the program.</summary>
    public static SettingsTable<Regularizer> Table { get; } = new(
        "regularizer",
        new Dictionary<string, Func<SettingsReader, Regularizer>>
        {
            ["l1"] = settings => new L1(settings.Number("l1", 0.01, "factor")),
            ["l2"] = settings => new L2(settings.Number("l2", 0.01, "factor")),
            ["l1_l2"] = CreateL1L2,
            ["orthogonal_regularizer"] = settings => new OrthogonalRegularizer(settings.Number("factor", 0.01), ModeOf(settings.Word("mode"))),
        },
        new Dictionary<string, string> { ["orthogonal"] = "orthogonal_regularizer" });

    // A factor that is left out is 0 where the other one is given.
    private static L1L2 CreateL1L2(SettingsReader settings)
    {
        (double l1, double l2) = (settings.Number("l1", double.NaN), settings.Number("l2", double.NaN));
        return double.IsNaN(l1) && double.IsNaN(l2) ? new L1L2() : new L1L2(double.IsNaN(l1) ? 0 : l1, double.IsNaN(l2) ? 0 : l2);
    }

    private static OrthogonalMode ModeOf(string? word) => word?.ToUpperInvariant() switch
    {
        null or "ROWS" => OrthogonalMode.Rows,
        "COLUMNS" => OrthogonalMode.Columns,
        _ => throw new ArgumentException($"mode is '{word}'; it must be rows or columns."),
    };
}
