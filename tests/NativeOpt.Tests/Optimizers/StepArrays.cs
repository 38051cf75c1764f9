using NativeOpt.Backends;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>
/// Parameters, gradients and slots of one optimizer operation, each in pinned memory with guard elements on both sides and
/// not aligned to more than an element. Runs steps straight on a backend.
/// </summary>
internal sealed unsafe class StepArrays
{
    private const int Guard = 20;
    private const int GuardBits = 0x7FC5A5A5;

    private readonly OptimizerRule _rule;
    private readonly OptimizerDescription _description;
    private readonly int _start;

    private StepArrays(OptimizerRule rule, int length, int start)
    {
        _rule = rule;
        _description = ManagedOptimizers.Describe(rule.KernelName);
        _start = Guard + start;
        Length = length;
        W = Allocate();
        G = Allocate();
        Slots = [.. Enumerable.Range(0, _description.SlotNames.Count).Select(_ => Allocate())];
    }

    public int Length { get; }

    private float[] W { get; }

    private float[] G { get; }

    private float[][] Slots { get; }

    /// <summary>What rules of two passes keep for each segment or have summed up.</summary>
    private double[] Numbers { get; } = new double[16];

    /// <summary>The weights without their guards.</summary>
    public Span<float> Weights => W.AsSpan(_start, Length);

    /// <summary>Fills all arrays; slots that average squares get the size of the numbers only.</summary>
    public static StepArrays Create(OptimizerRule rule, int length, int start, Func<float> next)
    {
        var arrays = new StepArrays(rule, length, start);
        for (int i = 0; i < length; i++)
        {
            arrays.W[arrays._start + i] = next();
            arrays.G[arrays._start + i] = next();
            for (int s = 0; s < arrays.Slots.Length; s++)
                arrays.Slots[s][arrays._start + i] = arrays._description.SlotNames[s] switch
                {
                    "v" or "vhat" or "n" when rule is not Sgd => MathF.Abs(next()),
                    // Two slots that make subnormal numbers of extremes: divisors of no root, and averages of smaller squares.
                    "u" => MathF.Sqrt(MathF.Abs(next())),
                    "x" => MathF.Abs(next()) + 1e-20f,
                    _ => next(),
                };
        }
        return arrays;
    }

    public StepArrays Clone()
    {
        var clone = new StepArrays(_rule, Length, _start - Guard);
        W.CopyTo(clone.W, 0);
        G.CopyTo(clone.G, 0);
        for (int s = 0; s < Slots.Length; s++)
            Slots[s].CopyTo(clone.Slots[s], 0);
        Numbers.CopyTo(clone.Numbers, 0);
        return clone;
    }

    /// <summary>One step over <paramref name="segments"/>; row r of the scalars belongs to the learning rate rates[r].</summary>
    public void Run(IBackend backend, long step, NoptPrologue prologue, NoptStepFlags flags, NoptSegment[] segments, double[] rates)
    {
        if (_rule.NeedsRowPerParameter)
        {
            rates = [.. segments.Select(segment => rates[segment.ScalarsIndex])];
            segments = [.. segments.Select((segment, i) => segment with { ScalarsIndex = i })];
        }
        var scalars = new double[rates.Length * _description.ScalarNames.Count];
        double[] kept = [.. _rule.KeptNumbers.Select(number => number.Value)];
        for (int row = 0; row < rates.Length; row++)
        {
            Span<double> values = scalars.AsSpan(row * _description.ScalarNames.Count, _description.ScalarNames.Count);
            _rule.WriteScalars(step, rates[row], values);
            _rule.WriteKeptScalars(step, rates[row], kept, values);
        }
        var prologues = new NoptPrologue[rates.Length];
        Array.Fill(prologues, prologue);
        void** slots = stackalloc void*[Slots.Length + 1];
        for (int s = 0; s < Slots.Length; s++)
            slots[s] = _description.UsesSlot(s, _rule.Variant) ? Pointer(Slots[s]) : null;
        fixed (double* scalarsPointer = scalars)
        fixed (NoptPrologue* prologuesPointer = prologues)
        fixed (NoptSegment* segmentsPointer = segments)
        fixed (double* numbersPointer = Numbers)
        {
            var args = new NoptOptimizerStepArgs
            {
                StructSize = (uint)sizeof(NoptOptimizerStepArgs),
                Optimizer = backend.FindOptimizer(_rule.KernelName),
                Flags = (uint)flags,
                Variant = _rule.Variant,
                SlotCount = Slots.Length,
                ScalarCount = _description.ScalarNames.Count,
                Length = Length,
                Parameters = Pointer(W),
                Gradients = Pointer(G),
                Slots = slots,
                Segments = segmentsPointer,
                SegmentCount = segments.Length,
                Prologues = prologuesPointer,
                Scalars = scalarsPointer,
                RowCount = rates.Length,
                Numbers = _description.NumberNames.Count > 0 ? numbersPointer : null,
            };
            var op = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)NoptOpKind.OptimizerStep, Args = &args };
            if (_description.Scope == NoptScope.All)
            {
                args.Flags = (uint)((flags & ~NoptStepFlags.ZeroGradients) | NoptStepFlags.Measure);
                backend.Run(&op, 1);
                args.Flags = (uint)flags;
            }
            backend.Run(&op, 1);
        }
    }

    /// <summary>One step over everything at the rule's learning rate.</summary>
    public void Run(IBackend backend, long step, NoptPrologue prologue, NoptStepFlags flags) =>
        Run(backend, step, prologue, flags, [new NoptSegment { Offset = 0, Count = Length }], [_rule.LearningRate]);

    /// <summary>
    /// All arrays agree, guards included: bit for bit where <paramref name="tolerance"/> is 0. Any NaN equals any other, because
    /// processors choose differently whose payload survives.
    /// </summary>
    public void AssertSame(StepArrays other, float tolerance, string what)
    {
        AssertSame(W, other.W, tolerance, what, "weights");
        AssertSame(G, other.G, tolerance, what, "gradients");
        for (int s = 0; s < Slots.Length; s++)
            AssertSame(Slots[s], other.Slots[s], tolerance, what, _description.SlotNames[s]);
        if (tolerance == 0)
            Assert.Equal(Numbers, other.Numbers);
        AssertGuards(what);
    }

    /// <summary>Nothing was written before or behind the arrays.</summary>
    public void AssertGuards(string what)
    {
        foreach (float[] array in Slots.Append(W).Append(G))
            for (int i = 0; i < array.Length; i++)
                if (i < _start || i >= _start + Length)
                    Assert.True(BitConverter.SingleToInt32Bits(array[i]) == GuardBits, $"{what}: a guard at {i - _start} was overwritten");
    }

    private static void AssertSame(float[] expected, float[] actual, float tolerance, string what, string array)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i]))
                || MathF.Abs(expected[i] - actual[i]) < tolerance;
            if (!same)
                Assert.Fail($"{what}: {array} at {i}: {expected[i]:R} and {actual[i]:R}");
        }
    }

    private float* Pointer(float[] array) =>
        (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(array, _start);

    private float[] Allocate()
    {
        float[] array = GC.AllocateUninitializedArray<float>(_start + Length + Guard, pinned: true);
        Array.Fill(array, BitConverter.Int32BitsToSingle(GuardBits));
        return array;
    }
}
