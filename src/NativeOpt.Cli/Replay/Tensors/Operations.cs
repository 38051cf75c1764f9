using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>Single operations of a backend.</summary>
internal static unsafe class Operations
{
    /// <summary>Runs an operation as a plan of length 1.</summary>
    public static void Run<TArgs>(IBackend backend, NoptOpKind kind, TArgs args) where TArgs : unmanaged
    {
        // All argument structs begin with struct_size.
        *(uint*)&args = (uint)sizeof(TArgs);
        var op = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)kind, Args = &args };
        backend.Run(&op, 1);
    }
}
