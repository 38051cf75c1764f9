using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>
/// The operation of a plan that is being checked; messages begin "ops[3].loss.". The sentences are the native core's, so that a
/// mistake reads the same on both backends.
/// </summary>
internal readonly unsafe struct OpSite(long index, string name)
{
    private readonly long _index = index;
    private readonly string _name = name;

    [DoesNotReturn]
    public void Fail(string sentence) => throw new NativeOptException($"ops[{_index}].{_name}.{sentence}");

    /// <summary>Finite, also when rounded to the element type.</summary>
    public void CheckFinite(string name, double value, int dtype)
    {
        if (IsFinite(value, dtype))
            return;
        Fail($"{name} is {Text(value)}, and must be finite{(dtype == (int)NoptDtype.F64 ? "" : " as a 32-bit number")}");
    }

    public static bool IsFinite(double value, int dtype) =>
        Math.Abs(value) <= (dtype == (int)NoptDtype.F64 ? double.MaxValue : float.MaxValue);

    /// <summary>In [0, 1].</summary>
    public void CheckFraction(string name, double value)
    {
        if (!(value is >= 0 and <= 1))
            Fail($"{name} is {Text(value)}, and must be 0 to 1");
    }

    /// <summary>A range of <paramref name="count"/> elements of a random stream, counted in 64 bits.</summary>
    public void CheckStreamRange(ulong offset, ulong count)
    {
        if (offset > ulong.MaxValue - count)
            Fail($"offset is {offset}, and must be at most {ulong.MaxValue - count} for {count} elements");
    }

    public void CheckFlags(uint flags, uint known)
    {
        if ((flags & ~known) != 0)
            Fail($"flags is 0x{flags:x}, and only bits of 0x{known:x} are known");
    }

    public void CheckReserved(int reserved)
    {
        if (reserved != 0)
            Fail($"reserved is {reserved}, and must be 0");
    }

    /// <summary>At a multiple of <paramref name="alignment"/> bytes; null is.</summary>
    public void CheckAligned(string name, void* pointer, int alignment)
    {
        if ((nuint)pointer % (nuint)alignment != 0)
            Fail($"{name} is at 0x{(nuint)pointer:x}, and must be at a multiple of {alignment} bytes");
    }

    /// <summary>Six digits, as C's %g writes them.</summary>
    public static string Text(double value) => double.IsInfinity(value)
        ? value > 0 ? "inf" : "-inf"
        : value.ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant();
}
