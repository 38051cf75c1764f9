using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Models;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>A training that was interrupted, and goes on to the last bit.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 9;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Settings with something to remember: slots, schedules, dropout, moving statistics, states of callbacks.</summary>
    public static TheoryData<string> Settings =>
    [
        "--optimizer adam --dropout 0.2 --batch-norm",
        "--optimizer sgd(momentum=0.9) --schedule cosine_decay(lr=0.1,decay_steps=200)",
        "--optimizer adam(lr=0.02) --reduce-lr 1 --early-stopping 4",
        "--optimizer adam --checkpoint-steps 7",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Settings))]
    public void AnInterruptedTraining_GoesOnToTheLastBit(string settings)
    {
        string[] arguments =
            ["train", "--dataset", "digits", "--hidden", "32", "--backend", "managed", "--epochs", $"{Epochs}", .. settings.Split(' ')];
        Cli.Run([.. arguments, "--output", _folder["whole"]]);

        string message = Cli.Interrupt($"epoch 4/{Epochs}", [.. arguments, "--output", _folder["parts"]]);
        TrainingResults between = Results("parts");
        Cli.Outcome rest = Cli.Run("train", "--resume", "--output", _folder["parts"]);

        Assert.Equal(
            $"'{_folder["parts"]}' has the model after epoch 4 of {Epochs}; "
            + $"`nativeopt train --resume --output {_folder["parts"]}` goes on", message);
        Assert.Equal((false, 4), (between.Finished, between.Epochs.Count));
        Assert.Equal((ExitCode.Success, ""), (rest.ExitCode, rest.Error));
        Assert.DoesNotContain($"epoch 4/{Epochs}", rest.Output, StringComparison.Ordinal);
        Assert.Equal(Numbers("whole"), Numbers("parts"));
        Assert.Equal(Results("whole").Test, Results("parts").Test);
        Assert.Equal(File.ReadAllBytes(Model("whole")), File.ReadAllBytes(Model("parts")));
    }

    [Fact]
    public void AFinishedTraining_GoesOnWithMoreEpochsAsIfItHadNotEnded()
    {
        string[] arguments = ["train", "--dataset", "iris", "--dropout", "0.1", "--backend", "managed"];
        Cli.Run([.. arguments, "--epochs", "8", "--output", _folder["whole"]]);
        Cli.Run([.. arguments, "--epochs", "5", "--output", _folder["parts"]]);

        Cli.Outcome more = Cli.Run("train", "--resume", "--epochs", "8", "--output", _folder["parts"]);

        Assert.Equal((ExitCode.Success, ""), (more.ExitCode, more.Error));
        Assert.Equal(Numbers("whole"), Numbers("parts"));
        Assert.Equal(File.ReadAllBytes(Model("whole")), File.ReadAllBytes(Model("parts")));
    }

    [Fact]
    public void TheModelOfAnInterruptedTraining_IsUsable()
    {
        Cli.Interrupt("epoch  2/50", "train", "--dataset", "digits", "--epochs", "50", "--backend", "managed", "--output", _folder["out"]);

        Cli.Outcome outcome = Cli.Run("evaluate", _folder["out"], "--dataset", "digits");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.StartsWith("355 samples: loss ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterruptionBeforeTheFirstEpoch_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Cli.Run(
            source.Token, "train", "--dataset", "digits", "--output", _folder["out"]));

        Assert.Empty(_folder.Entries());
    }

    [Fact]
    public void ATrainingThatWaits_IsNotThrownAway()
    {
        string[] arguments = ["train", "--dataset", "digits", "--epochs", "50", "--backend", "managed", "--output", _folder["out"]];
        Cli.Interrupt("epoch  2/50", arguments);

        Cli.Outcome refused = Cli.Run(arguments);
        Cli.Outcome other = Cli.Run("train", "--resume", "--batch-size", "8", "--output", _folder["out"]);
        Cli.Outcome anew = Cli.Run("train", "--dataset", "digits", "--epochs", "3", "--overwrite", "--output", _folder["out"]);

        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains(
            "a training that was interrupted after epoch 2 of 50 waits there: --resume goes on", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--batch-size cannot be used with --resume", other.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Success, 3), (anew.ExitCode, Results("out").Epochs.Count));
    }

    [Fact]
    public void AFileInThePlaceOfTheCheckpoint_IsNamed()
    {
        Tables.Write(_folder, "checkpoint", "kept");

        Cli.Outcome outcome = Cli.Run("train", "--dataset", "iris", "--output", _folder.Path);

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains("the checkpoint cannot be written", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["checkpoint"], _folder.Entries());
    }

    [Theory]
    [InlineData("checkpoint/latest.safetensors")]
    [InlineData("checkpoint/recipe.json")]
    public void ADamagedCheckpoint_IsRefusedAndTheModelIsStillThere(string file)
    {
        Cli.Run("train", "--dataset", "iris", "--epochs", "2", "--backend", "managed", "--output", _folder.Path);
        byte[] model = File.ReadAllBytes(_folder["model.safetensors"]);
        byte[] bytes = File.ReadAllBytes(_folder[file]);
        File.WriteAllBytes(_folder[file], bytes[..(bytes.Length / 2)]);

        Cli.Outcome outcome = Cli.Run("train", "--resume", "--epochs", "4", "--output", _folder.Path);

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains("--resume", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(model, File.ReadAllBytes(_folder["model.safetensors"]));
    }

    private string Model(string run) => Path.Combine(_folder[run], "model.safetensors");

    private TrainingResults Results(string run) => TrainingJson.Read(File.ReadAllText(Path.Combine(_folder[run], "results.json")));

    /// <summary>history.csv without the times.</summary>
    private string[] Numbers(string run) =>
        [.. File.ReadAllLines(Path.Combine(_folder[run], "history.csv")).Select(line => line[..line.LastIndexOf(',')])];
}
