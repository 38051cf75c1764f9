using NativeOpt.Backends;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using NativeOpt.Tests.Backends;

namespace NativeOpt.Tests.Optimizers;

/// <summary>What a matrix kernel is run with: a row of a table.</summary>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Variant">Its variant bits.</param>
/// <param name="Iterations">Newton-Schulz iterations, with Muon's usual coefficients.</param>
/// <param name="Scalars">One row.</param>
internal sealed record MatrixCase(string Kernel, uint Variant, int Iterations, params double[] Scalars)
{
    /// <summary>All kernels and variants.</summary>
    public static IReadOnlyDictionary<string, MatrixCase> All { get; } = new Dictionary<string, MatrixCase>
    {
        ["adafactor"] = new("adafactor", 0, 0, 0.9, 0.1, 1e-30, 0, 1, 1e-3, 0.02, 0, 1),
        ["adafactor-momentum"] = new("adafactor", 1, 0, 0.9, 0.1, 0, -1, 0.5, 1e-3, 0.02, 0.9, 0.1),
        ["adafactor-absolute"] = new("adafactor", 2, 0, 0.9, 0.1, 0, 1e-7, 0, 1e-3, 0.02, 0, 1),
        ["adafactor-decayed-scale"] = new("adafactor", 4, 0, 0.9, 0.1, 1e-30, 0, 1, 1e-3, 0.02, 0, 1),
        ["unfactored"] = new("adafactor_unfactored", 0, 0, 0.9, 0.1, 1e-30, 0, 1, 1e-3, 0.02, 0, 1),
        ["unfactored-momentum"] = new("adafactor_unfactored", 1, 0, 0.9, 0.1, 0, -1, 0.5, 1e-3, 0.02, 0.9, 0.1),
        ["unfactored-absolute"] = new("adafactor_unfactored", 6, 0, 0.9, 0.1, 0, 1e-7, 0, 1e-3, 0.02, 0, 1),
        ["sm3"] = new("sm3", 0, 0, 0.9, 0.1, 1, 1, 1e-8, 0.1),
        ["sm3-fading"] = new("sm3", 0, 0, 0.9, 0.1, 0.99, 0.01, 1e-8, 0.1),
        ["muon"] = new("muon", 0, 5, 0.95, 1, 1, 0.95, 1e-7, 0, 0.02),
        ["muon-no-iterations"] = new("muon", 0, 0, 0.95, 0.05, 0.05, 0.95, 0, 1e-7, 0.02),
        ["muon-adaptive"] = new("muon", 1, 5, 0.95, 0.05, 0.05, 0.95, 1e-8, 0, 0.02),
        ["muon-spectral"] = new("muon", 8, 4, 0.95, 0.05, 0.05, 0.95, 1e-8, 0, 0.02),
        ["muon-aol"] = new("muon", 2, 4, 0.95, 0.05, 0.05, 0.95, 1e-8, 0, 0.02),
        ["muon-schatten"] = new("muon", 4, 4, 0.95, 0.05, 0.05, 0.95, 1e-8, 0, 0.02),
    };

    /// <summary>Whether the two backends give the same bits: no matrix is multiplied.</summary>
    public bool HasEqualBits => Iterations == 0;
}

/// <summary>One parameter with gradients and slots, and steps of a case straight on a backend.</summary>
internal sealed unsafe class MatrixArrays
{
    private readonly MatrixCase _case;
    private readonly OptimizerDescription _description;
    private readonly int _rows, _columns;

    public MatrixArrays(MatrixCase matrixCase, int rows, int columns, Func<float> next)
    {
        (_case, _rows, _columns) = (matrixCase, rows, columns);
        _description = ManagedOptimizers.Describe(matrixCase.Kernel);
        W = Fill(rows * columns, next);
        G = Fill(rows * columns, next);
        Slots =
        [
            .. Enumerable.Range(0, _description.SlotNames.Count)
                .Select(slot => Fill((int)_description.SlotLength(slot, rows, columns), () => MathF.Abs(next()))),
        ];
    }

    public float[] W { get; private init; }

    public float[] G { get; private init; }

    public float[][] Slots { get; private init; }

    public MatrixArrays Clone() => new(_case, _rows, _columns, () => 0)
    {
        W = [.. W],
        G = [.. G],
        Slots = [.. Slots.Select(slot => (float[])[.. slot])],
    };

    /// <summary>One step.</summary>
    public void Run(IBackend backend, NoptPrologue prologue, NoptStepFlags flags)
    {
        double[] coefficients = [.. Enumerable.Repeat(new[] { 3.4445, -4.775, 2.0315 }, _case.Iterations).SelectMany(row => row), 0];
        double[] scalars = _case.Scalars;
        var pins = Array.ConvertAll(Slots, slot => slot.AsMemory().Pin());
        void** slots = stackalloc void*[Slots.Length];
        for (int i = 0; i < pins.Length; i++)
            slots[i] = pins[i].Pointer;
        fixed (float* w = W, g = G)
        fixed (double* c = coefficients, a = scalars)
        {
            backend.Run(new NoptMatrixStepArgs
            {
                Optimizer = backend.FindOptimizer(_case.Kernel),
                Flags = (uint)flags,
                Variant = _case.Variant,
                SlotCount = Slots.Length,
                ScalarCount = scalars.Length,
                Rows = _rows,
                Columns = _columns,
                Parameters = w,
                Gradients = g,
                Slots = slots,
                Prologue = &prologue,
                Scalars = a,
                Coefficients = c,
                CoefficientCount = 3 * _case.Iterations,
            });
        }
        foreach (System.Buffers.MemoryHandle pin in pins)
            pin.Dispose();
    }

    private static float[] Fill(int count, Func<float> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
}
