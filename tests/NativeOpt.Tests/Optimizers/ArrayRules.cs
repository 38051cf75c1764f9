namespace NativeOpt.Tests.Optimizers;

/// <summary>The rules that step on arrays of the caller's own.</summary>
internal static class ArrayRules
{
    /// <summary>All known names but that of <see cref="Sam"/>, which needs a model for its second gradient.</summary>
    public static IEnumerable<string> Names => OptimizerRule.KnownNames.Where(name => OptimizerRule.FromName(name) is not Sam);

    /// <summary>Those with settings of their own, without wrappers, whose settings are those of the rule inside.</summary>
    public static IEnumerable<string> Unwrapped => OptimizerRule.KnownNames.Where(name => OptimizerRule.FromName(name) is not WrapperRule);
}
