using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>Opens pages in Chromium without a window.</summary>
internal static partial class Chromium
{
    private static readonly string? Program = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Catches what the page's own scripts throw. It stands before them.</summary>
    private const string Watch = """
        <script>window.faults = []; addEventListener("error", event => window.faults.push(event.message));</script>
        """;

    /// <summary>Uses the page as a reader does, and writes down what was to be seen. It stands behind the page's scripts.</summary>
    private const string Probe = """
        <script>
        const visible = element => { const box = element.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
        const size = element => { const box = element.getBoundingClientRect(); return box.width + box.height; };
        const drawn = svg => [...svg.querySelectorAll(".run")].filter(run =>
          [...run.querySelectorAll("path, rect, circle")].some(part => size(part) > 0)).length;
        const charts = [...document.querySelectorAll("svg.chart")].filter(visible);
        const isEmpty = svg => drawn(svg) === 0 || drawn(svg) < svg.querySelectorAll('g.run:has(path:not([d=""]), rect, circle)').length;
        const report = { charts: charts.length, empty: charts.filter(isEmpty).map(svg => svg.id) };
        report.wide = document.documentElement.scrollWidth > innerWidth;
        report.background = getComputedStyle(document.body).backgroundColor;
        report.tips = charts.filter(svg => {
          const box = svg.getBoundingClientRect();
          svg.dispatchEvent(new PointerEvent("pointermove", { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }));
          const tip = svg.closest("figure").querySelector(".tip");
          return tip && !tip.hidden && tip.textContent.length > 0;
        }).length;
        report.sorted = [...document.querySelectorAll("thead button")].map(button => {
          button.click();
          return [...button.closest("table").tBodies[0].rows].map(row => row.cells[0].dataset.value);
        });
        for (const box of document.querySelectorAll(".legend input[id$=-log]")) box.click();
        report.logarithmic = [...document.querySelectorAll("svg.chart.log")].filter(visible).length;
        report.faults = window.faults;
        document.documentElement.dataset.probe = JSON.stringify(report);
        </script>
        """;

    public static void Require() => Skip.If(Program is null, "Chromium is not installed");

    /// <summary>What is to be seen on a page after a reader has used it.</summary>
    /// <param name="folder">For a copy of the page.</param>
    /// <param name="page">Its text.</param>
    /// <param name="dark">Whether the reader prefers dark pages.</param>
    public static JsonElement Use(TemporaryFolder folder, string page, bool dark = false)
    {
        string copy = Path.Combine(folder.Path, "page.html");
        File.WriteAllText(copy, page.Replace("<head>", "<head>" + Watch, StringComparison.Ordinal)
            .Replace("</body>", Probe + "</body>", StringComparison.Ordinal));
        (string dom, string messages) = Open(folder, copy, dark, "--dump-dom");
        Match found = ProbePattern().Match(dom);
        Assert.True(found.Success, $"the page did not come to its end: {messages}");
        Assert.DoesNotContain("Uncaught", messages, StringComparison.Ordinal);
        return JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(found.Groups[1].Value)).RootElement;
    }

    /// <summary>A picture of a page or drawing.</summary>
    public static byte[] Photograph(TemporaryFolder folder, string path, bool dark = false)
    {
        string picture = Path.Combine(folder.Path, "picture.png");
        Open(folder, path, dark, $"--screenshot={picture}");
        return File.ReadAllBytes(picture);
    }

    private static (string Output, string Messages) Open(TemporaryFolder folder, string path, bool dark, string action)
    {
        string profile = Path.Combine(folder.Path, "profile");
        string[] arguments =
        [
            // No sandbox: it cannot be had in containers, and the pages are our own.
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--enable-logging=stderr",
            "--window-size=1280,900", "--virtual-time-budget=2000", $"--user-data-dir={profile}",
            $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", action, new Uri(path).AbsoluteUri,
        ];
        var start = new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = folder.Path;
        using Process process = Process.Start(start)!;
        Task<string> messages = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (output.Result, messages.Result);
    }

    [GeneratedRegex("<html[^>]* data-probe=\"([^\"]*)\"")]
    private static partial Regex ProbePattern();
}
