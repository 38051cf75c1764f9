namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What the optimizers keep and ask for; no seed changes it.</summary>
internal static class StateMeasure
{
    private const int Weights = 1000;

    /// <summary>Bytes of state for each weight, measured: the slots after a step.</summary>
    public static double BytesPerWeight(string optimizer, BackendKind backend)
    {
        using var stepper = new Optimizer(TutorialOptimizer.Of(optimizer).Rule, backend);
        OptimizerParameter parameter = stepper.Register("weights", Weights);
        stepper.Step(new float[Weights], new float[Weights]);
        return stepper.State.GetSlotNames(parameter.Name).Sum(slot => (double)stepper.State.GetSlot(parameter.Name, slot).Length)
            * sizeof(float) / Weights;
    }

    /// <summary>Settings that take part in an update: the learning rate, and the rule's own that are neither 0 nor off.</summary>
    public static int SettingCount(string optimizer) =>
        1 + TutorialOptimizer.Of(optimizer).Rule.OwnSettings.Count(setting =>
            setting.Read(TutorialOptimizer.Of(optimizer).Rule) is not (null or 0.0 or false));

    /// <summary>Share of the other optimizers for which something holds.</summary>
    public static double ShareOfOthers(string optimizer, Func<string, bool> holds) => TutorialOptimizer.All
        .Where(other => other.Name != optimizer).Average(other => holds(other.Name) ? 1.0 : 0);
}
