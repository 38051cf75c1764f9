using System.Text.RegularExpressions;
using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>Wrong operations: both backends refuse them before anything runs, and say the same.</summary>
public sealed partial class ValidationTests
{
    private static readonly string[] Backends = ["managed", "native-scalar"];

    public static TheoryData<string, string> Faults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in Backends)
                foreach (string fault in InvalidOperations.All.Keys)
                    data.Add(backend, fault);
            return data;
        }
    }

    public static TheoryData<string> BothBackends => [.. Backends];

    [SkippableTheory]
    [MemberData(nameof(Faults))]
    public void Run_WithAFault_NamesArgumentValueAndLimitAndWritesNothing(string backendName, string faultName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        InvalidOperations.Fault fault = InvalidOperations.All[faultName];

        var failure = Assert.Throws<NativeOptException>(() => fault.Run(backend));

        string message = Address().Replace(failure.Message, "0x").Replace("-nan", "nan", StringComparison.Ordinal);
        Assert.Equal($"ops[1].{fault.Sentence}", message);
    }

    [SkippableTheory]
    [MemberData(nameof(BothBackends))]
    public unsafe void Run_WithAWrongListOfOperations_SaysWhatIsWrongWithIt(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using TestMatrix y = TestMatrix.Random(NoptDtype.F32, 1, 4, seed: 1);
        var args = new NoptActivationArgs { StructSize = (uint)sizeof(NoptActivationArgs), X = y.Native, Y = y.Native };
        var right = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)NoptOpKind.Activation, Args = &args };

        backend.Run(&right, 1);
        backend.Run(null, 0);
        Assert.Equal("ops is null", Assert.Throws<NativeOptException>(() => backend.Run(null, 1)).Message);
        Assert.Equal("op_count is -1, and must be 0 to 1048576", Refusal(backend, right, -1));
        Assert.Equal("ops[0].kind is 99, and must be 1 to 17", Refusal(backend, right with { Kind = 99 }));
        Assert.Equal("ops[0].kind is 0, and must be 1 to 17", Refusal(backend, right with { Kind = 0 }));
        Assert.Equal("ops[0].activation is null", Refusal(backend, right with { Args = null }));
        Assert.Equal("ops[0].struct_size is 8, and must be at least 16", Refusal(backend, right with { StructSize = 8 }));
    }

    [SkippableTheory]
    [MemberData(nameof(BothBackends))]
    public unsafe void Run_WithStructsOfANewerVersion_TakesThemIfTheUnknownBytesAreZero(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var y = new TestMatrix(NoptDtype.F32, 1, 4, [-1, 2, -3, 4]);
        int size = sizeof(NoptActivationArgs);
        byte* memory = stackalloc byte[size + 8];
        new Span<byte>(memory, size + 8).Clear();
        var args = (NoptActivationArgs*)memory;
        *args = new NoptActivationArgs { StructSize = (uint)size + 8, Activation = (int)NoptActivation.Relu, X = y.Native, Y = y.Native };
        var op = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)NoptOpKind.Activation, Args = args };

        memory[size + 3] = 5;
        string refusal = Refusal(backend, op);
        double[] before = y.Values();
        memory[size + 3] = 0;
        backend.Run(&op, 1);

        Assert.Equal($"ops[0].activation.struct_size is {size + 8} and byte {size + 3} is 5, but this version knows {size} bytes and the "
            + "others must be 0", refusal);
        Assert.Equal([-1, 2, -3, 4], before);
        Assert.Equal([0, 2, 0, 4], y.Values());
    }

    [SkippableTheory]
    [MemberData(nameof(BothBackends))]
    public void FindOptimizer_WithAnUnknownName_NamesIt(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);

        Assert.Contains("adaam", Assert.Throws<NativeOptException>(() => backend.FindOptimizer("adaam")).Message, StringComparison.Ordinal);
    }

    private static unsafe string Refusal(IBackend backend, NoptOp op, long count = 1)
    {
        try
        {
            backend.Run(&op, count);
        }
        catch (NativeOptException exception)
        {
            return exception.Message;
        }
        return "(not refused)";
    }

    [GeneratedRegex("0x[0-9a-f]{6,}")]
    private static partial Regex Address();
}
