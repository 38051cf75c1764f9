using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>Constraints, running averages and penalties: Keras' formulas in double, and the bits of the managed backend elsewhere.</summary>
public sealed unsafe class WeightOperationTests
{
    private static readonly int[] Widths = [1, 3, 8, 15, 16, 17, 33, 67, 300];

    private static readonly (double Minimum, double Maximum, double Rate)[] Ranges = [(0, 2, 1), (0.5, 0.75, 1), (0.2, 3, 0.25)];

    public static TheoryData<string, string, string> Constraints => ElementTypes.With(Enum.GetNames<NoptConstraint>());

    public static TheoryData<string, string, string> Penalties => ElementTypes.With(["l1_l2", "l1"]);

    public static TheoryData<string, string, string> Forms => ElementTypes.With(Enum.GetNames<NoptAverageForm>());

    [SkippableTheory]
    [MemberData(nameof(Constraints))]
    public void Constraint_ForEachGroup_FollowsKerasAndTheManagedBackend(string backendName, string dtypeName, string constraintName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using IBackend managed = TestBackends.Open("managed");
        NoptDtype dtype = ElementTypes.Parse(dtypeName);
        foreach (NoptNormGroup group in Enum.GetValues<NoptNormGroup>())
            foreach (int width in Widths)
                foreach ((double minimum, double maximum, double rate) in Ranges)
                {
                    using TestMatrix actual = TestMatrix.Random(dtype, 5, width, seed: width);
                    using TestMatrix twin = TestMatrix.Random(dtype, 5, width, seed: width);
                    var args = new NoptConstraintArgs
                    {
                        Constraint = (int)Enum.Parse<NoptConstraint>(constraintName),
                        Group = (int)group,
                        Minimum = minimum,
                        Maximum = maximum,
                        Rate = rate,
                        Epsilon = 1e-7,
                    };
                    double[] expected = Constrain(args, actual.Values(), width);
                    backend.Run(args with { W = actual.Native });
                    managed.Run(args with { W = twin.Native });
                    Assert.Equal(twin.Values(), actual.Values());
                    AssertClose(expected, actual.Values(), dtype);
                }
    }

    [SkippableTheory]
    [MemberData(nameof(Forms))]
    public void Average_FollowsItsFormAndTheManagedBackend(string backendName, string dtypeName, string formName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using IBackend managed = TestBackends.Open("managed");
        NoptDtype dtype = ElementTypes.Parse(dtypeName);
        foreach (double keep in new[] { 0, 0.25, 0.99, 1 })
            foreach (int width in Widths)
            {
                using TestMatrix w = TestMatrix.Random(dtype, 3, width, seed: 1);
                using TestMatrix actual = TestMatrix.Random(dtype, 3, width, seed: 2);
                using TestMatrix twin = TestMatrix.Random(dtype, 3, width, seed: 2);
                double[] expected = [.. w.Values().Zip(actual.Values(), (value, old) => keep * old + (1 - keep) * value)];
                var args = new NoptAverageArgs { Form = (int)Enum.Parse<NoptAverageForm>(formName), Keep = keep, W = w.Native };
                backend.Run(args with { A = actual.Native });
                managed.Run(args with { A = twin.Native });
                Assert.Equal(twin.Values(), actual.Values());
                AssertClose(expected, actual.Values(), dtype);
            }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void AverageTowards_OfConstantWeights_IsConstant(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using TestMatrix w = TestMatrix.Random(NoptDtype.F32, 3, 33, seed: 1);
        using TestMatrix a = TestMatrix.Random(NoptDtype.F32, 3, 33, seed: 1);
        for (int n = 1; n < 20; n++)
            backend.Run(new NoptAverageArgs { Form = (int)NoptAverageForm.Towards, Keep = n / (n + 1.0), W = w.Native, A = a.Native });
        Assert.Equal(w.Values(), a.Values());
    }

    [SkippableTheory]
    [MemberData(nameof(Penalties))]
    public void Penalty_HasItsFormulaItsGradientAndTheBitsOfTheManagedBackend(string backendName, string dtypeName, string penaltyName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using IBackend managed = TestBackends.Open("managed");
        NoptDtype dtype = ElementTypes.Parse(dtypeName);
        (double l1, double l2) = penaltyName == "l1_l2" ? (0.01, 0.03) : (0.25, 0);
        foreach (int width in Widths.Append(70_001))
        {
            using TestMatrix x = TestMatrix.Random(dtype, 3, width, seed: 4);
            using TestMatrix dx = TestMatrix.Random(dtype, 3, width, seed: 5);
            using TestMatrix twin = TestMatrix.Random(dtype, 3, width, seed: 5);
            x[0, 0] = 0;
            double[] values = x.Values();
            double[] expected = [.. values.Zip(dx.Values(), (v, d) => d + 0.5 * (l1 * Math.Sign(v) + 2 * l2 * v))];
            double actual = 0, twinValue = 0;
            var args = new NoptPenaltyArgs { L1 = l1, L2 = l2, GradientScale = 0.5, X = x.Native };
            backend.Run(args with { Dx = dx.Native, Value = &actual });
            managed.Run(args with { Dx = twin.Native, Value = &twinValue });
            Assert.Equal(twinValue, actual);
            Assert.Equal(twin.Values(), dx.Values());
            AssertClose(expected, dx.Values(), dtype);
            double sum = values.Sum(v => l1 * Math.Abs(v) + l2 * v * v);
            Assert.InRange(actual, sum * (1 - 1e-6), sum * (1 + 1e-6));
        }
    }

    private static double[] Constrain(in NoptConstraintArgs args, double[] w, int columns)
    {
        var result = new double[w.Length];
        for (int i = 0; i < w.Length; i++)
        {
            int row = i / columns, column = i % columns;
            IEnumerable<double> group = (NoptNormGroup)args.Group switch
            {
                NoptNormGroup.Column => w.Where((_, j) => j % columns == column),
                NoptNormGroup.Row => w.Where((_, j) => j / columns == row),
                _ => w,
            };
            double norm = Math.Sqrt(group.Sum(value => value * value));
            result[i] = (NoptConstraint)args.Constraint switch
            {
                NoptConstraint.NonNegative => Math.Max(w[i], 0),
                NoptConstraint.UnitNorm => w[i] / (args.Epsilon + norm),
                NoptConstraint.MaxNorm => w[i] * (Math.Min(norm, args.Maximum) / (args.Epsilon + norm)),
                _ => w[i] * ((args.Rate * Math.Clamp(norm, args.Minimum, args.Maximum) + (1 - args.Rate) * norm) / (args.Epsilon + norm)),
            };
        }
        return result;
    }

    private static void AssertClose(double[] expected, double[] actual, NoptDtype dtype)
    {
        double tolerance = dtype == NoptDtype.F64 ? 1e-12 : 2e-6;
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"element {i} is {actual[i]}, expected {expected[i]}");
    }
}
