namespace NativeOpt;

/// <summary>An array as long as the parameter that a <see cref="CustomRule"/> keeps for each of them.</summary>
/// <param name="Name">Its name in the state, such as "v".</param>
/// <param name="InitialValue">What its elements start at; 0 by default.</param>
/// <param name="StartsAsWeights">Whether it starts as a copy of the weights instead, taken right before the first step.</param>
public sealed record RuleSlot(string Name, double InitialValue = 0, bool StartsAsWeights = false);
