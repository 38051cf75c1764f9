using System.CommandLine;
using System.CommandLine.Completions;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;

namespace NativeOpt.Cli.Commands;

/// <summary>What several commands take.</summary>
internal static class CommonOptions
{
    /// <summary>A saved model.</summary>
    public static Argument<string> Model() => new("model")
    {
        Description = $"File of a model, or the folder of a training with {ModelFile.Name}",
        Arity = ArgumentArity.ExactlyOne,
    };

    /// <summary>What computes.</summary>
    public static Option<string?> Backend() => OptionValue.Choice("--backend",
        "What computes [default: auto, which is native where the library can be loaded]", "auto", "native", "managed");

    /// <summary>The value of <see cref="Backend"/>.</summary>
    public static BackendKind ReadBackend(string? text) => Enum.Parse<BackendKind>(text ?? nameof(BackendKind.Auto), ignoreCase: true);

    /// <summary>Names of initializers, looked up only where a completion is asked for.</summary>
    public static IEnumerable<CompletionItem> Initializers(CompletionContext context) =>
        Initializer.KnownNames.Select(name => new CompletionItem(name));

    /// <summary>How inputs are scaled.</summary>
    public static Option<string?> Scale() => OptionValue.Choice("--scale",
        "How inputs are scaled: learnt from the training rows, saved with the model [default: auto, which is none for pictures and "
        + "standard for the others]", "auto", "none", "standard", "minmax");

    /// <summary>The value of <see cref="Scale"/>.</summary>
    public static ScaleKind ReadScale(string? text) => Enum.Parse<ScaleKind>(text ?? nameof(ScaleKind.Auto), ignoreCase: true);

    /// <summary>Threads of a step.</summary>
    public static Option<int?> Threads() => OptionValue.Whole("--threads",
        "Threads that share a step [default: as many as there are processors]", 1, 1024);
}
