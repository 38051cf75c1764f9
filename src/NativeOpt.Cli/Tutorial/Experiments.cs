using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Tutorial.Batches;
using NativeOpt.Cli.Tutorial.Cifar;
using NativeOpt.Cli.Tutorial.Claims;
using NativeOpt.Cli.Tutorial.Classification;
using NativeOpt.Cli.Tutorial.Gradients;
using NativeOpt.Cli.Tutorial.Inputs;
using NativeOpt.Cli.Tutorial.Mlp;
using NativeOpt.Cli.Tutorial.Overfitting;
using NativeOpt.Cli.Tutorial.Surfaces;
using NativeOpt.Text;

namespace NativeOpt.Cli.Tutorial;

/// <summary>All experiments of the tutorials, in the order of the tutorials.</summary>
internal static class Experiments
{
    public static IReadOnlyList<IExperiment> All { get; } =
    [
        new ClassificationExperiment(),
        new MlpExperiment(),
        new CifarExperiment(),
        new BatchSizesExperiment(),
        new GradientsExperiment(),
        new OverfittingExperiment(),
        new InputsExperiment(),
        new SurfacesExperiment(),
        new ClaimsExperiment(),
    ];

    /// <summary>The experiment of a name; case does not matter.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static IExperiment Find(string name) =>
        All.FirstOrDefault(experiment => string.Equals(experiment.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException(NearestName.Explain("experiment", name, [.. All.Select(experiment => experiment.Name), "list"]));
}
