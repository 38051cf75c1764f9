using NativeOpt.Backends;
using NativeOpt.Backends.Managed;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>The managed kernels and the native ones on every instruction set give the same bits.</summary>
public class OptimizerBitEqualityTests
{
    private const int Steps = 3;

    /// <summary>Finite extremes whose squares neither overflow nor become subnormal, zeros of both signs, and what is no number.</summary>
    private static readonly float[] Extremes =
        [0, -0f, 1e17f, -1e17f, 1e-15f, -1e-15f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 1, -1];

    private static readonly float[] Subnormals =
    [
        float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 5e-39f, -5e-39f, VectorMath.SmallestNormal, -VectorMath.SmallestNormal, 0, 1e-30f,
        0.5f,
    ];

    public static TheoryData<string, string> NativeBackendsAndRules
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Native)
                foreach (string rule in StepCases.RuleNames)
                    data.Add(backend, rule);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(NativeBackendsAndRules))]
    public void Step_OnShortArrays_HasTheBitsOfTheManagedKernel(string backend, string rule)
    {
        foreach (string prologue in StepCases.Prologues.Keys)
            for (int length = 1; length <= 67; length++)
                CompareWithManaged(backend, rule, prologue, length);
    }

    /// <summary>Long enough for several blocks and for more than one thread.</summary>
    [SkippableTheory]
    [MemberData(nameof(NativeBackendsAndRules))]
    public void Step_OnLongArrays_HasTheBitsOfTheManagedKernel(string backend, string rule)
    {
        foreach (int length in new[] { 1000, 16384, 16385, 100_003 })
        {
            CompareWithManaged(backend, rule, "none", length);
            CompareWithManaged(backend, rule, "all", length);
        }
    }

    /// <summary>Two rows of scalars, gaps between the segments, segments of a single element.</summary>
    [SkippableTheory]
    [MemberData(nameof(NativeBackendsAndRules))]
    public void Step_OverSegments_LeavesTheGapsAndHasTheBitsOfTheManagedKernel(string backend, string rule)
    {
        NoptSegment[] segments =
        [
            new() { Offset = 3, Count = 50, ScalarsIndex = 1 },
            new() { Offset = 60, Count = 1, ScalarsIndex = 0 },
            new() { Offset = 61, Count = 100, ScalarsIndex = 1 },
            new() { Offset = 170, Count = 29, ScalarsIndex = 0 },
        ];
        StepArrays start = RandomArrays(StepCases.Rules[rule], length: 200, seed: 5);
        (StepArrays expected, StepArrays actual) = (start.Clone(), start.Clone());
        (NoptPrologue prologue, NoptStepFlags flags) = StepCases.Prologues["decoupled decay"];
        using IBackend native = TestBackends.Open(backend);
        using var managed = new ManagedBackend();
        expected.Run(managed, 1, prologue, flags, segments, [0.1, 0.01]);
        actual.Run(native, 1, prologue, flags, segments, [0.1, 0.01]);
        expected.AssertSame(actual, tolerance: 0, $"{rule} on {backend}");
        for (int i = 0; i < start.Length; i++)
            if (!segments.Any(segment => i >= segment.Offset && i < segment.Offset + segment.Count))
                Assert.Equal(BitConverter.SingleToInt32Bits(start.Weights[i]), BitConverter.SingleToInt32Bits(actual.Weights[i]));
    }

    /// <summary>
    /// The native core treats subnormal numbers as zeros everywhere, the managed kernels only in slots they store: a few of the
    /// smallest normal number apart. An epsilon of 1 keeps divisions from magnifying that.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(NativeBackendsAndRules))]
    public void Step_OnSubnormals_IsWithinAFewSmallestNormals(string backend, string rule)
    {
        OptimizerRule withEpsilonOne = StepCases.Rules[rule] switch
        {
            RMSprop rmsprop => rmsprop with { Epsilon = 1 },
            Adam adam => adam with { Epsilon = 1, Convention = Convention.Keras },
            AdamW adam => adam with { Epsilon = 1, Convention = Convention.Keras },
            Adagrad adagrad => adagrad with { Epsilon = 1 },
            Adadelta adadelta => adadelta with { Epsilon = 1 },
            Adamax adamax => adamax with { Epsilon = 1 },
            NAdamW nadamw => nadamw with { Epsilon = 1 / Math.Sqrt(0.001) },
            AdamaxW adamaxw => adamaxw with { Epsilon = 1 },
            Nadam nadam => nadam with { Epsilon = 1 / Math.Sqrt(0.001) },
            RAdam radam => radam with { Epsilon = 1 },
            Ftrl ftrl => ftrl with { L2 = 0.5 },
            Lion lion => lion with { LearningRate = VectorMath.SmallestNormal },
            AdaBelief adabelief => adabelief with { Epsilon = 1 / Math.Sqrt(0.001), EpsilonRoot = 1e-3 },
            Adan adan => adan with { Epsilon = 10 },
            OptimisticAdam optimistic => optimistic with { Epsilon = 1 / Math.Sqrt(0.001) },
            AmsGrad amsgrad => amsgrad with { Epsilon = 1, CorrectSquares = false },
            Yogi yogi => yogi with { Epsilon = 1 / Math.Sqrt(0.001) },
            Madgrad madgrad => madgrad with { Epsilon = 1, LearningRate = 0.01 },
            ScheduleFreeAdamW adamw => adamw with { Epsilon = 1 / Math.Sqrt(0.001) },
            SignSgd sign => sign with { LearningRate = VectorMath.SmallestNormal },
            AdEMAMix ademamix => ademamix with { Epsilon = 1 / Math.Sqrt(0.001) },
            Adopt adopt => adopt with { Epsilon = 1 },
            Lamb lamb => lamb with { Epsilon = 1 / Math.Sqrt(0.001), WeightDecay = 0 },
            DAdaptAdamW adamw => adamw with { Epsilon = 1 },
            Prodigy prodigy => prodigy with { Epsilon = 1e4, WeightDecay = 0 },
            Sm3 sm3 => sm3 with { Epsilon = 1 },
            OptimizerRule other => other,
        };
        var random = new Random(11);
        StepArrays managed = StepArrays.Create(withEpsilonOne, 67, 0, () => Subnormals[random.Next(Subnormals.Length)]);
        StepArrays native = managed.Clone();
        Run(managed, "managed", "none");
        Run(native, backend, "none");
        managed.AssertSame(native, 8 * VectorMath.SmallestNormal, $"{rule} on {backend}");
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Step_OverNothingOrTooMuch_ChangesNothing(string backend)
    {
        using IBackend opened = TestBackends.Open(backend);
        StepArrays start = RandomArrays(new Adam(), length: 8, seed: 1);
        StepArrays arrays = start.Clone();
        (NoptPrologue prologue, NoptStepFlags flags) = StepCases.Prologues["all"];
        arrays.Run(opened, 1, prologue, flags, [], [0.1]);
        Assert.Throws<NativeOptException>(() => arrays.Run(opened, 1, prologue, flags, [new NoptSegment { Count = 0 }], [0.1]));
        Assert.Throws<NativeOptException>(() => arrays.Run(opened, 1, prologue, flags, [new NoptSegment { Count = 9 }], [0.1]));
        Assert.Throws<NativeOptException>(() => arrays.Run(opened, 1, prologue, flags, [new NoptSegment { Count = 8 }], [double.NaN]));
        Assert.Throws<NativeOptException>(() => arrays.Run(opened, 1, prologue, flags, [new NoptSegment { Count = 8 }], [1e300]));
        start.AssertSame(arrays, tolerance: 0, backend);
    }

    [SkippableFact]
    public unsafe void Descriptions_OfTheManagedKernels_AreThoseOfTheNativeLibrary()
    {
        TestBackends.RequireNative();
        Assert.Equal(NativeMethods.nopt_optimizer_count(), ManagedOptimizers.Names.Count());
        for (int id = 0; id < NativeMethods.nopt_optimizer_count(); id++)
        {
            var info = new NoptOptimizerInfo { StructSize = (uint)sizeof(NoptOptimizerInfo) };
            Assert.Equal(0, NativeMethods.nopt_optimizer_info_get(id, &info));
            OptimizerDescription description = ManagedOptimizers.Describe(Text(info.Name));
            Assert.Equal(description.SlotNames, Texts(info.SlotNames, info.SlotCount));
            Assert.Equal(description.ScalarNames, Texts(info.ScalarNames, info.ScalarCount));
            Assert.Equal(description.VariantNames, Texts(info.VariantNames, info.VariantCount));
            Assert.Equal(description.SlotVariants, new ReadOnlySpan<uint>(info.SlotVariants, info.SlotCount).ToArray());
            Assert.Equal((int)description.Scope, info.Scope);
            Assert.Equal(description.NumberNames, Texts(info.NumberNames, info.NumberCount));
            if (description.IsMatrixRule)
                Assert.Equal(description.SlotShapes!.Select(shape => (int)shape),
                    new ReadOnlySpan<int>(info.SlotShapes, info.SlotCount).ToArray());
        }
    }

    private static void CompareWithManaged(string backend, string rule, string prologue, int length)
    {
        StepArrays managed = RandomArrays(StepCases.Rules[rule], length, seed: length);
        StepArrays native = managed.Clone();
        Run(managed, "managed", prologue);
        Run(native, backend, prologue);
        managed.AssertSame(native, tolerance: 0, $"{rule}, {prologue}, {length} elements on {backend}");
    }

    private static void Run(StepArrays arrays, string backend, string prologue)
    {
        using IBackend opened = TestBackends.Open(backend);
        for (int step = 1; step <= Steps; step++)
            arrays.Run(opened, step, StepCases.Prologues[prologue].Prologue, StepCases.Prologues[prologue].Flags);
    }

    /// <summary>Mostly numbers around 1, every eighth an extreme; the arrays begin at a different element each time.</summary>
    private static StepArrays RandomArrays(OptimizerRule rule, int length, int seed)
    {
        var random = new Random(seed);
        return StepArrays.Create(rule, length, start: length % 4, () =>
            random.Next(8) == 0 ? Extremes[random.Next(Extremes.Length)] : (float)(random.NextDouble() * 4 - 2));
    }

    private static unsafe string Text(byte* text) => System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)text)!;

    private static unsafe string[] Texts(byte** texts, int count)
    {
        var all = new string[count];
        for (int i = 0; i < count; i++)
            all[i] = Text(texts[i]);
        return all;
    }
}
