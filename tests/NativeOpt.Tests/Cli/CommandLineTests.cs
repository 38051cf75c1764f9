using System.Text.Json;
using NativeOpt.Cli.Commands;
using Xunit;

namespace NativeOpt.Tests.Cli;

public class CommandLineTests
{
    /// <summary>A bad argument, and what the complaint must contain: the argument, its value, the limit or the nearest name.</summary>
    public static TheoryData<string, string> BadArguments => new()
    {
        { "--epochs 0", "--epochs is '0'; it must be a whole number from 1 to" },
        { "--epochs -3", "--epochs is '-3'" },
        { "--epochs ten", "--epochs is 'ten'" },
        { "--epochs 2.5", "--epochs is '2.5'" },
        { "--epochs 99999999999", "--epochs is '99999999999'" },
        { "--batch-size 0", "--batch-size is '0'" },
        { "--batch-size -32", "--batch-size is '-32'" },
        { "--learning-rate nan", "--learning-rate is 'nan'; 'nan' must be a finite number that is not negative" },
        { "--learning-rate inf", "--learning-rate is 'inf'" },
        { "--learning-rate -0.1", "--learning-rate is '-0.1'" },
        { "--learning-rate 0.1,", "--learning-rate is '0.1,'; '' must be a finite number" },
        { "--learning-rates 0.1,0.1", "--learning-rate has a value twice: 0.1, 0.1" },
        { "--batch-sizes 32,0", "--batch-size is '32,0'; '0' must be a whole number from 1 to" },
        { "--initializers he_norml", "did you mean 'he_normal'?" },
        { "--schedules none;cosin_decay(lr=1)", "did you mean 'cosine_decay'?" },
        { "--schedules step_lr(lr=0.1", "a ')' is missing at the end" },
        { "--seeds 0", "--seeds is '0'; it must be a whole number from 1 to" },
        { "--dataset make-regression", "a comparison is about classes, and the target is a number" },
        { "--dataset make-moons --test-split 0", "there are no rows for testing" },
        { "--seed -1", "--seed is '-1'" },
        { "--hidden 0", "--hidden is '0'; '0' must be a whole number from 1 to" },
        { "--hidden 128,-4", "'-4' must be" },
        { "--hidden 128,", "'' must be" },
        { "--hidden 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "17 sizes; there may be 16 at most" },
        { "--threads 0", "--threads is '0'; it must be a whole number from 1 to 1024" },
        { "--threads 1025", "--threads is '1025'" },
        { "--backend nativ", "did you mean 'native'?" },
        { "--dataset fashon-mnist", "did you mean 'fashion-mnist'?" },
        { "--dataset mnist", "Known: fashion-mnist, cifar-10, digits, iris, make-classification" },
        { "--optimizers adma", "did you mean 'adam'?" },
        { "--optimizers adam(beta1=2)", "beta1 is 2; it must be at least 0 and less than 1" },
        { "--optimizers adam(lr=-1)", "lr (learning_rate) is -1; it must be finite and not negative" },
        { "--optimizers adam(eps=-1)", "eps (epsilon) is -1" },
        { "--optimizers adam(lrr=0.1)", "unknown setting of adam 'lrr'; did you mean 'lr'? Known: learning_rate (lr), beta_1 (b1)," },
        { "--dataset digits --data-dir /nowhere", "--data-dir cannot be used with --dataset digits" },
        { "--epoch 3", "unknown option of compare '--epoch'; did you mean '--epochs'?" },
        { "--epochs", "--epochs" },
        { "--epochs 1 --epochs 2", "--epochs" },
        { "digits", "'digits' cannot be used: compare takes options only" },
    };

    [Theory]
    [MemberData(nameof(BadArguments))]
    public void Compare_WithABadArgument_SaysSoAndWritesNothing(string arguments, string complaint)
    {
        using var folder = new TemporaryFolder();

        Cli.Outcome outcome = Cli.Run(["compare", .. arguments.Split(' '), "--output", folder["out"]]);

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Compare_WithBlankSizes_SaysWhatTheyMustBe() =>
        Assert.StartsWith(
            "error: --hidden is blank; it must be one width or more", Cli.Run("compare", "--hidden", "").Error, StringComparison.Ordinal);

    [Fact]
    public void AnUnknownOptionWithAValue_GetsOneComplaint()
    {
        string error = Cli.Run("compare", "--epoch", "5").Error;

        Assert.Single(error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Compare_IntoAFolderThatCannotBeMade_SaysWhichOneIsNotWritable()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux has /proc");

        Cli.Outcome outcome = Cli.Run("compare", "--dataset", "digits", "--output", "/proc/x/y");

        Assert.Equal(
            (ExitCode.BadInput, "error: --output is '/proc/x/y'; files cannot be written there: '/proc' is not writable"),
            (outcome.ExitCode, outcome.Error.TrimEnd()));
    }

    [Theory]
    [InlineData("compere", "unknown command 'compere'; did you mean 'compare'?")]
    [InlineData("--versoin", "unknown option '--versoin'; did you mean '--version'?")]
    [InlineData("info --jsno", "unknown option of info '--jsno'; did you mean '--json'?")]
    public void AnUnknownName_GetsTheNearestOne(string arguments, string complaint)
    {
        Cli.Outcome outcome = Cli.Run(arguments.Split(' '));

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData("help compare")]
    [InlineData("compare --help")]
    [InlineData("compare --epochs 0 --help")]
    public void Help_HasExamplesAndExitCodes(string arguments)
    {
        Cli.Outcome outcome = Cli.Run(arguments.Split(' '));

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Contains("Examples:", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
    }

    [Theory]
    [InlineData("train --help", "nativeopt train --resume", "nativeopt replay")]
    [InlineData("data get --help", "nativeopt data get cifar-10", "nativeopt train")]
    [InlineData("data list --help", "nativeopt info --json", "nothing like this")]
    [InlineData("--help", "nativeopt info --json", "nothing like this")]
    public void Help_HasTheExamplesOfItsCommand(string arguments, string example, string other)
    {
        string help = Cli.Run(arguments.Split(' ')).Output;

        Assert.Contains(example, help, StringComparison.Ordinal);
        Assert.DoesNotContain(other, help, StringComparison.Ordinal);
    }

    [Fact]
    public void CompareHelp_NamesEveryOption()
    {
        string help = Cli.Run("compare", "--help").Output;

        Assert.All(
            ["--optimizers", "--epochs", "--batch-size", "--learning-rate", "--seed", "--hidden", "--dataset", "--data-dir", "--output",
                "--batch-sizes",
                "--backend", "--threads"],
            option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    [Fact]
    public void CompareHelp_NamesEveryOptimizerWithItsSettings()
    {
        string[] lines = [.. Cli.Run("compare", "--help").Output.Split('\n').Select(line => line.Trim())];

        // Other tests may have registered some in between.
        Assert.All(OptimizerRule.KnownNames.Where(name => !name.StartsWith("own_", StringComparison.Ordinal)), name =>
        {
            string line = Assert.Single(lines, line => line.StartsWith($"{name} ", StringComparison.Ordinal) && line.Contains('='));
            IEnumerable<string> on = line[name.Length..].Split(',').Where(s => !s.EndsWith("=off", StringComparison.Ordinal));
            Assert.Equal(OptimizerRule.FromName(name), OptimizerRule.Parse($"{name}({string.Join(',', on)})"));
        });
    }

    [Theory]
    [InlineData("nativeopt tra", "train")]
    [InlineData("nativeopt train --earl", "--early-stopping")]
    [InlineData("nativeopt train --dataset make-m", "make-moons")]
    [InlineData("nativeopt compare --backend n", "native")]
    [InlineData("nativeopt data get cif", "cifar-10")]
    [InlineData("nativeopt train --initializer he_n", "he_normal")]
    public void TheSuggestDirective_CompletesWhatWasTyped(string typed, string completion)
    {
        Cli.Outcome outcome = Cli.Run($"[suggest:{typed.Length}]", typed);

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains(completion, outcome.Output.Split('\n').Select(line => line.Trim()));
    }

    [Fact]
    public void EveryCommand_HasJson()
    {
        string[] commands = ["train", "evaluate", "predict", "compare", "lr-find", "schedule", "replay", "info", "data list", "data get", "bench"];

        string HelpOf(string command) => Cli.Run([.. command.Split(' '), "--help"]).Output;

        Assert.All(commands, command => Assert.Contains("--json", HelpOf(command), StringComparison.Ordinal));
    }

    [Fact]
    public void NoCommand_ShowsHelpAndFails()
    {
        Cli.Outcome outcome = Cli.Run();

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains("compare", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_IsThreeNumbers() => Assert.Matches(@"^\d+\.\d+\.\d+\s*$", Cli.Run("--version").Output);

    [Fact]
    public void Info_NamesTheBackendAndWhereItLooked()
    {
        Cli.Outcome outcome = Cli.Run("info");

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        string place = NativeOptRuntime.IsNativeAvailable ? NativeOptRuntime.Status.LibraryPath! : NativeOptRuntime.Status.LoadTrace[^1];
        Assert.Contains(place, outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"ABI {NativeOptRuntime.Status.AbiVersion}", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void InfoJson_IsJson()
    {
        using var document = JsonDocument.Parse(Cli.Run("info", "--json").Output);

        Assert.Equal(NativeOptRuntime.IsNativeAvailable ? "native" : "managed", document.RootElement.GetProperty("backend").GetString());
        int threads = NativeOptRuntime.IsNativeAvailable ? NativeOptRuntime.ThreadCount : 1;
        Assert.Equal(threads, document.RootElement.GetProperty("threads").GetInt32());
        JsonElement[] places = [.. document.RootElement.GetProperty("loadTrace").EnumerateArray()];
        Assert.NotEmpty(places);
        Assert.DoesNotContain(places, place => place.GetString()!.EndsWith(' '));
    }
}
