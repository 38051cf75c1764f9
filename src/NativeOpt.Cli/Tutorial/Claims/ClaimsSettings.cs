namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>How thoroughly claims are tested.</summary>
/// <param name="Quick">Shorter trainings on fewer rows.</param>
/// <param name="Seeds">Each with other data, first weights and orders.</param>
/// <param name="Backend">What computes.</param>
internal sealed record ClaimsSettings(bool Quick, IReadOnlyList<int> Seeds, BackendKind Backend)
{
    /// <summary>One of two numbers.</summary>
    public T Pick<T>(T thorough, T quick) => Quick ? quick : thorough;
}
