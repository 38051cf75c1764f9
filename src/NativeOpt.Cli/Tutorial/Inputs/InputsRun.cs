using NativeOpt.Cli.Tutorial.Trials;

namespace NativeOpt.Cli.Tutorial.Inputs;

/// <summary>A network that was trained with each seed.</summary>
/// <param name="Network">The network.</param>
/// <param name="Preparation">How it got its inputs.</param>
/// <param name="Optimizer">Name of what trained it.</param>
/// <param name="Group">A training for each seed.</param>
internal sealed record InputsRun(InputsNetwork Network, Preparation Preparation, string Optimizer, TrialGroup Group)
{
    /// <summary>Training loss of the last epoch.</summary>
    public Sample Loss => Of(trial => trial.Last.Loss);

    /// <summary>On the test rows, afterwards.</summary>
    public Sample Accuracy => Of(trial => trial.TestAccuracy);

    private Sample Of(Func<TrialResult, double> value) => new([.. Group.Trials.Select(value)]);
}
