using System.Diagnostics;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>
/// A training that is killed again and again, without a warning and mostly while it writes its checkpoint, ends as one that nobody
/// touched. The environment variable NOPT_KILLS gives another number of kills.
/// </summary>
public sealed class KilledTrainingTests : IDisposable
{
    private const int UsualKills = 10, Killed = 128 + 9;

    private static readonly string[] Training =
    [
        "train", "--dataset", "digits", "--hidden", "32", "--dropout", "0.2", "--epochs", "4", "--backend", "managed",
        "--early-stopping", "3", "--checkpoint-steps", "1",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(20_251);

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("NOPT_KILLS"), out int kills) ? kills : UsualKills;

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task AKilledTraining_EndsAsOneThatNobodyTouched()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        Cli.Run([.. Training, "--output", _folder["whole"]]);

        for (int kill = 0; kill < Kills; kill++)
            await RunAndKill();
        (int exitCode, string error) = await CliProcess.Run(Continue());

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(File.ReadAllBytes(Model("whole")), File.ReadAllBytes(Model("parts")));
        Assert.Equal(Files("whole"), Files("parts"));
    }

    /// <summary>The time counts from the first line of output on, so that a busy machine is not killed while it is starting.</summary>
    private async Task RunAndKill()
    {
        using Process process = Continue();
        await process.StandardOutput.ReadLineAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        bool ended = process.WaitForExit(_random.Next(300));
        if (!ended)
            process.Kill();
        await process.WaitForExitAsync();
        await output;
        Assert.True(process.ExitCode == (ended ? 0 : Killed), $"exit code {process.ExitCode}: {await error}");
    }

    private Process Continue() => HasCheckpoint()
        ? CliProcess.Start("train", "--resume", "--output", _folder["parts"])
        : CliProcess.Start([.. Training, "--overwrite", "--output", _folder["parts"]]);

    private bool HasCheckpoint() => File.Exists(Path.Combine(_folder["parts"], "checkpoint", "latest.safetensors"));

    private IEnumerable<string?> Files(string run) =>
        Directory.GetFileSystemEntries(_folder[run]).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private string Model(string run) => Path.Combine(_folder[run], "model.safetensors");
}
