using System.Diagnostics;
using System.Globalization;
using NativeOpt.Cli.Bench;

namespace NativeOpt.Benchmarks.Startup;

/// <summary>Starts programs in turns and prints how long each ran, as CSV: <c>NativeOpt.Benchmarks startup NATIVEOPT PYTHON</c>.</summary>
internal static class StartupRun
{
    private const string TorchStep =
        "import torch; m = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)); "
        + "o = torch.optim.Adam(m.parameters()); "
        + "torch.nn.functional.cross_entropy(m(torch.zeros(32, 784)), torch.zeros(32, dtype=torch.int64)).backward(); o.step()";

    /// <summary>Measures and prints.</summary>
    /// <param name="arguments">The command nativeopt, and a Python with PyTorch; both may be missing.</param>
    public static void Run(IReadOnlyList<string> arguments)
    {
        string self = typeof(StartupRun).Assembly.Location;
        var programs = new List<(string Name, string[] Words)>();
        if (arguments.Count > 0 && File.Exists(arguments[0]))
            programs.Add(("nativeopt info", [arguments[0], "info"]));
        programs.Add(("first training step", ["dotnet", self, "first-step", "native"]));
        programs.Add(("first step (managed)", ["dotnet", self, "first-step", "managed"]));
        programs.Add((".NET (nothing done)", ["dotnet", self, "nothing"]));
        if (arguments.Count > 1 && CanRun([arguments[1], "-c", "import torch"]))
            programs.AddRange(
                [("first step in PyTorch", [arguments[1], "-c", TorchStep]), ("Python (nothing done)", [arguments[1], "-c", ""])]);
        Turns turns = new(ShortConfig.IsFull ? 15 : 5, Seconds: 0, WarmUp: 0);
        Sample[] times = turns.Take([.. programs.Select(program => (Action)(() => Start(program.Words)))]);
        Console.WriteLine("what,rounds,median,low,high");
        for (int i = 0; i < times.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{programs[i].Name},{turns.Rounds},{1e3 * times[i].Median:F1},")
                + string.Create(CultureInfo.InvariantCulture, $"{1e3 * times[i].Values.Min():F1},{1e3 * times[i].Values.Max():F1}"));
    }

    private static bool CanRun(string[] words)
    {
        try
        {
            Start(words);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Start(string[] words)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', words)} ended with {process.ExitCode}");
    }
}
