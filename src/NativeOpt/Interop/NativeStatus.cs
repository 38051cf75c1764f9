using System.Diagnostics.CodeAnalysis;

namespace NativeOpt.Interop;

/// <summary>Turns a nopt_status into an exception: the only place that does.</summary>
internal static unsafe class NativeStatus
{
    /// <summary>Does nothing for success.</summary>
    /// <exception cref="NativeOptException">The status is a failure; the message is the library's sentence.</exception>
    public static void ThrowIfFailed(int status)
    {
        if (status != (int)NoptStatusCode.Ok)
            Throw(status);
    }

    [DoesNotReturn]
    private static void Throw(int status)
    {
        // nopt_last_error is of this thread: nothing may be called in between.
        string sentence = NativeText.Read(NativeMethods.nopt_last_error());
        string name = NativeText.Read(NativeMethods.nopt_status_name(status));
        throw new NativeOptException(sentence.Length > 0 ? sentence : $"the native library failed with {name} ({status})");
    }
}
