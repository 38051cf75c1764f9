using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

/// <summary>Every loss with settings that make a difference, by name.</summary>
internal static class LossKinds
{
    /// <summary>Loss, flags and numbers; the rest is up to the test.</summary>
    public static IReadOnlyDictionary<string, NoptLossArgs> All { get; } = Create();

    /// <summary>Names, for MemberData.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Whether predictions are probabilities or other positive numbers.</summary>
    public static bool TakesPositive(in NoptLossArgs args) => (NoptLoss)args.Loss switch
    {
        NoptLoss.BinaryCrossEntropy or NoptLoss.CategoricalCrossEntropy or NoptLoss.SparseCategoricalCrossEntropy
            or NoptLoss.BinaryFocalCrossEntropy or NoptLoss.CategoricalFocalCrossEntropy => !Has(args, NoptLossFlags.FromLogits),
        NoptLoss.Poisson or NoptLoss.KlDivergence => !Has(args, NoptLossFlags.LogInput),
        NoptLoss.Tversky => true,
        _ => false,
    };

    /// <summary>Whether the row sum counts as a constant in the gradient, so that this is no slope of the value.</summary>
    public static bool DividesByTheSum(in NoptLossArgs args) =>
        (NoptLoss)args.Loss is NoptLoss.CategoricalCrossEntropy or NoptLoss.SparseCategoricalCrossEntropy
        && !Has(args, NoptLossFlags.FromLogits) && !Has(args, NoptLossFlags.Unclipped);

    /// <summary>Whether targets are class numbers.</summary>
    public static bool IsSparse(in NoptLossArgs args) => (NoptLoss)args.Loss == NoptLoss.SparseCategoricalCrossEntropy;

    private static bool Has(in NoptLossArgs args, NoptLossFlags flag) => (args.Flags & (uint)flag) != 0;

    private static Dictionary<string, NoptLossArgs> Create()
    {
        var all = new Dictionary<string, NoptLossArgs>
        {
            ["mean squared error"] = new() { Loss = (int)NoptLoss.MeanSquaredError },
            ["mean absolute error"] = new() { Loss = (int)NoptLoss.MeanAbsoluteError },
            ["percentage error"] = new() { Loss = (int)NoptLoss.MeanAbsolutePercentageError, Epsilon = 0.25 },
            ["logarithmic error"] = new() { Loss = (int)NoptLoss.MeanSquaredLogarithmicError, Epsilon = 1e-7 },
            ["huber"] = new() { Loss = (int)NoptLoss.Huber, Delta = 1.5 },
            ["smooth l1"] = new() { Loss = (int)NoptLoss.SmoothL1, Delta = 0.75 },
            ["smooth l1 of beta 0"] = new() { Loss = (int)NoptLoss.SmoothL1 },
            ["log cosh"] = new() { Loss = (int)NoptLoss.LogCosh },
            ["cosine"] = new() { Loss = (int)NoptLoss.CosineSimilarity, Epsilon = 1e-7 },
            ["poisson"] = new() { Loss = (int)NoptLoss.Poisson, Epsilon = 1e-3 },
            ["poisson of logarithms"] = new()
            {
                Loss = (int)NoptLoss.Poisson,
                Flags = (uint)(NoptLossFlags.LogInput | NoptLossFlags.Full),
            },
            ["divergence"] = new() { Loss = (int)NoptLoss.KlDivergence, Epsilon = 1e-7 },
            ["divergence of logarithms"] = new() { Loss = (int)NoptLoss.KlDivergence, Flags = (uint)NoptLossFlags.LogInput },
            ["divergence of two logarithms"] = new()
            {
                Loss = (int)NoptLoss.KlDivergence,
                Flags = (uint)(NoptLossFlags.LogInput | NoptLossFlags.LogTargets),
            },
            ["hinge"] = new() { Loss = (int)NoptLoss.Hinge },
            ["squared hinge"] = new() { Loss = (int)NoptLoss.SquaredHinge },
            ["categorical hinge"] = new() { Loss = (int)NoptLoss.CategoricalHinge },
            ["tversky"] = new() { Loss = (int)NoptLoss.Tversky, Alpha = 0.3, Beta = 0.7, Epsilon = 1e-7 },
            ["tversky of the batch"] = new()
            {
                Loss = (int)NoptLoss.Tversky,
                Flags = (uint)NoptLossFlags.WholeBatch,
                Alpha = 0.3,
                Beta = 0.7,
                Epsilon = 1e-7,
            },
        };
        foreach (NoptLossFlags flags in new NoptLossFlags[] { 0, NoptLossFlags.FromLogits, NoptLossFlags.Unclipped })
        {
            foreach (NoptLoss loss in new[]
            {
                NoptLoss.BinaryCrossEntropy, NoptLoss.CategoricalCrossEntropy, NoptLoss.SparseCategoricalCrossEntropy,
            })
            {
                var args = new NoptLossArgs { Loss = (int)loss, Flags = (uint)flags };
                all[$"{loss}, {flags}"] = args;
                all[$"{loss}, {flags}, smoothed"] = args with { LabelSmoothing = 0.2 };
            }
        }
        foreach (NoptLossFlags flags in new NoptLossFlags[] { 0, NoptLossFlags.FromLogits })
        {
            foreach (double gamma in new[] { 0, 0.5, 1, 2, 3.5 })
            {
                var args = new NoptLossArgs { Flags = (uint)flags, Gamma = gamma, Alpha = 0.3, LabelSmoothing = gamma / 10 };
                all[$"categorical focal, {flags}, {gamma}"] = args with { Loss = (int)NoptLoss.CategoricalFocalCrossEntropy };
                all[$"binary focal, {flags}, {gamma}"] = args with { Loss = (int)NoptLoss.BinaryFocalCrossEntropy };
                all[$"balanced binary focal, {flags}, {gamma}"] = args with
                {
                    Loss = (int)NoptLoss.BinaryFocalCrossEntropy,
                    Flags = (uint)(flags | NoptLossFlags.ClassBalancing),
                };
            }
        }
        return all;
    }
}
