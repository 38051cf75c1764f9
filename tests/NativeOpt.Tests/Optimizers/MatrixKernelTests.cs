using NativeOpt.Backends;
using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>The matrix kernels of both backends against each other.</summary>
public class MatrixKernelTests
{
    private static readonly (int Rows, int Columns)[] Shapes =
        [(1, 1), (1, 37), (37, 1), (5, 3), (3, 5), (16, 16), (17, 33), (200, 100), (3, 4099), (700, 64)];

    public static TheoryData<string, string> NativeBackendsAndCases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Native)
                foreach (string name in MatrixCase.All.Keys)
                    data.Add(backend, name);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(NativeBackendsAndCases))]
    public void Step_OnEachShapeAndPrologue_AgreesWithTheManagedKernel(string backend, string name)
    {
        MatrixCase matrixCase = MatrixCase.All[name];
        using IBackend native = TestBackends.Open(backend);
        using var managed = new ManagedBackend();
        foreach ((int rows, int columns) in Shapes)
            foreach (string prologue in (string[])["none", "all"])
            {
                var random = new Random(rows * 1000 + columns);
                var expected = new MatrixArrays(matrixCase, rows, columns, () => (float)(random.NextDouble() * 4 - 2));
                MatrixArrays actual = expected.Clone();
                for (int step = 0; step < 3; step++)
                {
                    expected.Run(managed, StepCases.Prologues[prologue].Prologue, StepCases.Prologues[prologue].Flags);
                    actual.Run(native, StepCases.Prologues[prologue].Prologue, StepCases.Prologues[prologue].Flags);
                }
                AssertSame(expected, actual, matrixCase.HasEqualBits ? 0 : 2e-4, $"{name}, {prologue}, {rows} x {columns} on {backend}");
            }
    }

    private static void AssertSame(MatrixArrays expected, MatrixArrays actual, double tolerance, string what)
    {
        AssertSame(expected.W, actual.W, tolerance, $"{what}, weights");
        AssertSame(expected.G, actual.G, 0, $"{what}, gradients");
        for (int slot = 0; slot < expected.Slots.Length; slot++)
            AssertSame(expected.Slots[slot], actual.Slots[slot], tolerance, $"{what}, slot {slot}");
    }

    private static void AssertSame(float[] expected, float[] actual, double tolerance, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i])) || Math.Abs(expected[i] - actual[i]) <= tolerance;
            Assert.True(same, $"{what} at {i}: {expected[i]:R} and {actual[i]:R}");
        }
    }
}
