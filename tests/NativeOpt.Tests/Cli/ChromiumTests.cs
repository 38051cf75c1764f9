using System.Globalization;
using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Compare;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>Reports as a reader sees them.</summary>
public sealed class ChromiumTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("compare --dataset iris --epochs 4 --optimizers sgd,adam", 4, 1)]
    [InlineData("compare --dataset iris --epochs 3 --optimizers sgd,adam --learning-rates 0.1,0.01 --batch-sizes 16,32 --initializers "
        + "glorot_uniform,he_normal --seeds 2", 7, 1)]
    [InlineData("compare --dataset iris --epochs 2 --optimizers sgd(lr=1e30),adam", 4, 1)]
    [InlineData("train --dataset iris --epochs 5", 4, 1)]
    [InlineData("train --dataset make-regression --epochs 3", 4, 2)]
    public void AReport_IsDrawnAndItsScriptRuns(string arguments, int charts, int logarithmic)
    {
        Chromium.Require();
        Cli.Outcome outcome = Cli.Run([.. arguments.Split(' '), "--backend", "managed", "--output", _folder["out"]]);
        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));

        JsonElement seen = Chromium.Use(_folder, File.ReadAllText(_folder["out/report.html"]));

        Assert.Empty(seen.GetProperty("faults").EnumerateArray());
        Assert.Empty(seen.GetProperty("empty").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal((charts, logarithmic), (seen.GetProperty("charts").GetInt32(), seen.GetProperty("logarithmic").GetInt32()));
        Assert.InRange(seen.GetProperty("tips").GetInt32(), 3, charts);
        Assert.False(seen.GetProperty("wide").GetBoolean());
    }

    [SkippableFact]
    public void TheTable_IsSortedByEachOfItsColumns()
    {
        Chromium.Require();
        string page = HtmlReport.Write(CompareReport.Create(SampleResults.Create()));

        JsonElement seen = Chromium.Use(_folder, page);

        string[][] orders = [.. seen.GetProperty("sorted").EnumerateArray()
            .Select(order => order.EnumerateArray().Select(name => name.GetString()!).ToArray())];
        Assert.Equal(["adam", "momentum", "nesterov", "rmsprop", "sgd"], orders[0]);
        // Test accuracy: the best comes first.
        Assert.Equal(["adam", "rmsprop", "nesterov", "momentum", "sgd"], orders[6]);
        Assert.All(orders, order => Assert.Equal(5, order.Distinct().Count()));
    }

    [SkippableFact]
    public void AReaderWhoPrefersDarkPages_GetsOne()
    {
        Chromium.Require();
        string page = HtmlReport.Write(CompareReport.Create(SampleResults.Create()));

        string light = Chromium.Use(_folder, page).GetProperty("background").GetString()!;
        string dark = Chromium.Use(_folder, page, dark: true).GetProperty("background").GetString()!;

        Assert.True(Brightness(light) > 230 && Brightness(dark) < 40, $"{light}, {dark}");

        static double Brightness(string colour) => colour[(colour.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',').Take(3)
            .Average(part => double.Parse(part, CultureInfo.InvariantCulture));
    }

    [SkippableTheory]
    [InlineData("schedule", "schedule.svg")]
    [InlineData("lr-find", "lr-find.svg")]
    public void APicture_IsDrawn(string command, string file)
    {
        Chromium.Require();
        string[] what = command == "schedule" ? ["cosine_decay(lr=0.1, decay_steps=150)"] : ["--dataset", "iris", "--backend", "managed"];
        Cli.Run([command, .. what, "--output", _folder["out"]]);

        byte[] picture = Chromium.Photograph(_folder, _folder[$"out/{file}"]);
        File.WriteAllText(_folder["blank.svg"], "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        Assert.True(picture.Length > 2 * Chromium.Photograph(_folder, _folder["blank.svg"]).Length);
    }
}
