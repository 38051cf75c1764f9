using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

/// <summary>Operations that must be refused: for each the fault and the sentence, without "ops[1]." in front.</summary>
internal static unsafe partial class InvalidOperations
{
    private const int Batch = 4, In = 3, Out = 2;

    /// <summary>One fault.</summary>
    /// <param name="Name">Unique in the table.</param>
    /// <param name="Sentence">What the message says; addresses are written 0x.</param>
    /// <param name="Run">Runs a plan whose second operation has the fault.</param>
    public sealed record Fault(string Name, string Sentence, Action<IBackend> Run);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Fault> All { get; } =
        new[]
        {
            Forward(), Backward(), Activations(), ActivationBackwards(), Losses(), Steps(), MatrixSteps(), Gradients(), Random(), Noises(),
            Normalizations(), NormalizationGradients(), Weights(),
        }
            .SelectMany(faults => faults).ToDictionary(fault => fault.Name);

    /// <summary>A right operation, whose output must stay untouched, and then the given one.</summary>
    private static void RunSecond<TArgs>(IBackend backend, NoptOpKind kind, TArgs args) where TArgs : unmanaged
    {
        if (*(uint*)&args == 0)
            *(uint*)&args = (uint)sizeof(TArgs);
        using var untouched = new TestMatrix(NoptDtype.F32, 2, 2);
        var first = new NoptRandomUniformArgs { StructSize = (uint)sizeof(NoptRandomUniformArgs), High = 1, Y = untouched.Native };
        NoptOp* ops = stackalloc NoptOp[2];
        ops[0] = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)NoptOpKind.RandomUniform, Args = &first };
        ops[1] = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)kind, Args = &args };
        try
        {
            backend.Run(ops, 2);
        }
        catch (NativeOptException) when (!untouched.Values().All(double.IsNaN))
        {
            throw new InvalidOperationException("the first operation ran although the second is wrong");
        }
    }

    /// <summary>A way to make arguments wrong.</summary>
    private delegate void Mistake<TArgs>(ref TArgs args);

    private static Fault Make<TArgs>(NoptOpKind kind, string operation, string sentence, Func<List<TestMatrix>, TArgs> right,
        Mistake<TArgs> mistake) where TArgs : unmanaged =>
        new($"{operation}: {sentence}", $"{operation}.{sentence}", backend =>
        {
            var matrices = new List<TestMatrix>();
            TArgs args = right(matrices);
            mistake(ref args);
            try
            {
                RunSecond(backend, kind, args);
            }
            finally
            {
                matrices.ForEach(matrix => matrix.Dispose());
            }
        });

    private static NoptMatrix Matrix(this List<TestMatrix> matrices, int rows, int columns, NoptDtype dtype = NoptDtype.F32)
    {
        var matrix = new TestMatrix(dtype, rows, columns);
        matrices.Add(matrix);
        return matrix.Native;
    }
}
