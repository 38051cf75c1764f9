using System.Text;

namespace NativeOpt.Interop;

/// <summary>Questions to the loaded library that need no context.</summary>
internal static unsafe class NativeLibraryInfo
{
    /// <summary>nopt_runtime_info with its strings.</summary>
    public sealed record Machine(
        string Version, string Compiler, string Processor, string BlasVersion, string BlasCore, string BlasThreading);

    /// <summary>Describes the library and the machine.</summary>
    public static Machine Describe()
    {
        var info = new NoptRuntimeInfo { StructSize = (uint)sizeof(NoptRuntimeInfo) };
        NativeStatus.ThrowIfFailed(NativeMethods.nopt_runtime_info_get(&info));
        return new Machine(
            NativeText.Read(info.Version), NativeText.Read(info.Compiler), NativeText.Read(info.Processor),
            NativeText.Read(info.BlasVersion), NativeText.Read(info.BlasCore), NativeText.Read(info.BlasThreading));
    }

    /// <summary>Whether this processor and this build run an instruction set.</summary>
    public static bool Supports(NoptIsa isa) => NativeMethods.nopt_isa_supported((int)isa) != 0;

    /// <summary>Id of an optimizer.</summary>
    /// <exception cref="NativeOptException">There is none of that name.</exception>
    public static int FindOptimizer(string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name + "\0");
        int id;
        fixed (byte* pointer = text)
            NativeStatus.ThrowIfFailed(NativeMethods.nopt_optimizer_find(pointer, &id));
        return id;
    }
}
