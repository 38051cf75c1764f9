namespace NativeOpt.Schedules;

/// <summary>What <see cref="ReduceOnPlateau"/> knows after some epochs.</summary>
/// <param name="Best">The best value so far.</param>
/// <param name="Wait">Epochs in a row that were not better.</param>
/// <param name="CooldownLeft">Epochs during which waiting does not count.</param>
/// <param name="Scale">Multiplies whatever schedule is active; 1 before the first reduction.</param>
internal readonly record struct PlateauState(double Best, int Wait, int CooldownLeft, double Scale);
