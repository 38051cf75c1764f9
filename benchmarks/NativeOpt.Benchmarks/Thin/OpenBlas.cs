using System.Runtime.InteropServices;

namespace NativeOpt.Benchmarks.Thin;

/// <summary>
/// The matrix product of the system's OpenBLAS, called from C# as it is: what a thin binding gives. Our own import of
/// <c>cblas_sgemm</c>, or with <c>-p:WithOpenBlasSharp=true</c> that of the package OpenBlasSharp.
/// </summary>
internal static unsafe partial class OpenBlas
{
    private const string File = "libopenblas.so.0";
    private const int RowMajor = 101, NoTranspose = 111, Transpose = 112;

    private static readonly nint Library = Load();

    /// <summary>Whether OpenBLAS is on this machine.</summary>
    public static bool IsAvailable => Library != 0;

    /// <summary>What calls it.</summary>
#if WITH_OPENBLASSHARP
    public const string Binding = "OpenBlasSharp";
#else
    public const string Binding = "our own import";
#endif

    /// <summary>c[m,n] = a b, or with the transposes of a and b; all row-major.</summary>
    public static void Multiply(
        bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        // Asking for the library first loads it with the right settings; the import by itself would load it without.
        if (!IsAvailable)
            throw new DllNotFoundException($"{File} is not on this machine (Debian: libopenblas0-pthread)");
        fixed (float* pa = a, pb = b, pc = c)
            Sgemm(RowMajor, transposeA ? Transpose : NoTranspose, transposeB ? Transpose : NoTranspose, m, n, k,
                1, pa, transposeA ? m : k, pb, transposeB ? k : n, 0, pc, n);
    }

    /// <summary>
    /// OpenBLAS reads the environment as it is loaded, and versions older than the processor choose slow kernels by themselves: it gets
    /// those that NativeOpt chose, and one thread, unless the environment says otherwise already.
    /// </summary>
    private static nint Load()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        SetVariable("OPENBLAS_CORETYPE", NativeOptRuntime.Status.BlasCore is { Length: > 0 } core and not "none" ? core : "Haswell", 0);
        SetVariable("OPENBLAS_NUM_THREADS", "1", 0);
        if (!NativeLibrary.TryLoad(File, out nint library))
            return 0;
#if WITH_OPENBLASSHARP
        NativeLibrary.SetDllImportResolver(typeof(OpenBlasSharp.Blas).Assembly, (_, _, _) => library);
#endif
        return library;
    }

#if WITH_OPENBLASSHARP
    private static void Sgemm(int order, int transposeA, int transposeB, int m, int n, int k,
        float alpha, float* a, int lda, float* b, int ldb, float beta, float* c, int ldc) =>
        OpenBlasSharp.Blas.Sgemm((OpenBlasSharp.Order)order, (OpenBlasSharp.Transpose)transposeA, (OpenBlasSharp.Transpose)transposeB,
            m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
#else
    [LibraryImport(File, EntryPoint = "cblas_sgemm")]
    private static partial void Sgemm(int order, int transposeA, int transposeB, int m, int n, int k,
        float alpha, float* a, int lda, float* b, int ldb, float beta, float* c, int ldc);
#endif

    // Variables set through .NET do not reach native libraries.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
