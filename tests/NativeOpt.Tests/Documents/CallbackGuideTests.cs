using System.Globalization;
using System.Text.RegularExpressions;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The tables of src/NativeOpt/Callbacks/README.md are complete.</summary>
public class CallbackGuideTests
{
    private static readonly string Guide =
        File.ReadAllText(RepositoryFiles.At("src/NativeOpt/Callbacks/README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Callbacks_AreAllThere()
    {
        IEnumerable<string> names = typeof(Callback).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Callback)) && !type.IsAbstract).Select(type => type.Name);
        Assert.All(names, name => Assert.Contains($"`{name}`", Guide, StringComparison.Ordinal));
    }

    [Fact]
    public void Illnesses_AreAllThereWithTheirLimits()
    {
        var doctor = new TrainingDoctor();
        var limits = new Dictionary<TrainingIllness, double?>
        {
            [TrainingIllness.NonFinite] = null,
            [TrainingIllness.VanishingGradients] = doctor.VanishingLimit,
            [TrainingIllness.ExplodingGradients] = doctor.ExplodingLimit,
            [TrainingIllness.Diverging] = doctor.DivergingLimit,
            [TrainingIllness.Plateau] = doctor.PlateauLimit,
            [TrainingIllness.DeadUnits] = doctor.DeadLimit,
            [TrainingIllness.Saturated] = doctor.SaturatedLimit,
        };
        foreach (TrainingIllness illness in Enum.GetValues<TrainingIllness>())
        {
            string name = new TrainingFinding(illness, null, 0, 0, "", 0, 0, "").Name;
            string limit = limits[illness]?.ToString(CultureInfo.InvariantCulture) ?? "each step";
            Assert.Matches($@"(?m)^\| {name} \|.*\| {Regex.Escape(limit)} \|$", Guide);
        }
    }
}
