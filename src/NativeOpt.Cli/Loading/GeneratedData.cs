using System.Globalization;
using NativeOpt.Cli.Commands;
using NativeOpt.Text;

namespace NativeOpt.Cli.Loading;

/// <summary>Made-up data by name, with settings in parentheses: "make-moons(samples=500, noise=0.1)".</summary>
internal static class GeneratedData
{
    private const int DefaultSamples = 1000;

    private static readonly (string Name, Func<GeneratorSettings, InMemoryDataset> Make)[] Known =
    [
        ("make-classification", s => Datasets.MakeClassification(
            s.Whole("samples", DefaultSamples), s.Whole("features", 20), s.Whole("informative", 2), s.Whole("redundant", 2),
            s.Whole("repeated", 0), s.Whole("classes", 2), s.Whole("clusters_per_class", 2), flipY: s.Number("flip_y", 0.01),
            classSep: s.Number("class_sep", 1), seed: s.Whole("seed", 0))),
        ("make-moons", s => Datasets.MakeMoons(s.Whole("samples", DefaultSamples), s.Number("noise", 0.1), seed: s.Whole("seed", 0))),
        ("make-blobs", s => Datasets.MakeBlobs(
            s.Whole("samples", DefaultSamples), s.Whole("features", 2), s.Whole("centers", 3), s.Number("cluster_std", 1),
            seed: s.Whole("seed", 0))),
        ("make-regression", s => Datasets.MakeRegression(
            s.Whole("samples", DefaultSamples), s.Whole("features", 20), s.Whole("informative", 10), s.Whole("targets", 1),
            s.Number("bias", 0), s.Number("noise", 1), seed: s.Whole("seed", 0))),
    ];

    /// <summary>The generators.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>Whether it is the name of one; '_' is as good as '-'.</summary>
    public static bool IsKnown(string name) => Known.Any(known => IsNamed(known.Name, name));

    /// <summary>Refuses settings that cannot be read.</summary>
    /// <exception cref="InputException">One is unknown, or no number.</exception>
    public static void Check(string text)
    {
        try
        {
            Load(text);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"--dataset is '{text}': {ArgumentFailure.Sentence(e)}", e);
        }
    }

    /// <summary>Makes the data.</summary>
    /// <exception cref="ArgumentException">A setting is unknown or cannot be used.</exception>
    public static LoadedData Load(string text)
    {
        SettingsText parsed = SettingsText.Parse(text, "dataset");
        (string name, Func<GeneratorSettings, InMemoryDataset> make) = Known.First(known => IsNamed(known.Name, parsed.Name));
        var settings = new GeneratorSettings(name, parsed.Settings);
        InMemoryDataset data = make(settings);
        settings.Finish();
        int classes = data.Y.HasLabels ? 1 + data.Y.ToLabels().Max() : 0;
        return new LoadedData
        {
            Name = text,
            Title = text,
            Train = data,
            ClassNames = [.. Enumerable.Range(0, classes).Select(number => number.ToString(CultureInfo.InvariantCulture))],
        };
    }

    private static bool IsNamed(string known, string name) => SettingsText.Normalize(known) == SettingsText.Normalize(name);
}

/// <summary>The settings of a generator, asked for one by one.</summary>
internal sealed class GeneratorSettings(string generator, IReadOnlyList<(string Name, string Value)> given)
{
    private readonly List<string> _asked = [];

    /// <summary>A whole number.</summary>
    public int Whole(string name, int missing) => Find(name) is not { } text ? missing
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
        : throw new ArgumentException($"{name} is '{text}'; it must be a whole number");

    /// <summary>A number.</summary>
    public double Number(string name, double missing) => Find(name) is not { } text ? missing
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
        : throw new ArgumentException($"{name} is '{text}'; it must be a number");

    /// <summary>Refuses settings that nobody has asked for.</summary>
    public void Finish()
    {
        foreach ((string name, _) in given)
            if (!_asked.Exists(asked => SettingsText.Normalize(asked) == SettingsText.Normalize(name)))
                throw new ArgumentException(NearestName.Explain($"setting of {generator}", name, _asked));
    }

    private string? Find(string name)
    {
        _asked.Add(name);
        return given.Where(setting => SettingsText.Normalize(setting.Name) == SettingsText.Normalize(name))
            .Select(setting => setting.Value).FirstOrDefault();
    }
}
