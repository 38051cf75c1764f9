using System.Runtime.InteropServices;

namespace NativeOpt.Interop;

/// <summary>Strings that the library returns: UTF-8, zero-terminated, never freed by us.</summary>
internal static unsafe class NativeText
{
    public static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
