using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>
/// Backends paired with the element types they compute in and with what is to be tested: double shows the mathematics, float the
/// code that trains.
/// </summary>
internal static class ElementTypes
{
    /// <summary>(backend, element type, item) for each item.</summary>
    public static TheoryData<string, string, string> With(IEnumerable<string> items)
    {
        var data = new TheoryData<string, string, string>();
        foreach (string item in items)
        {
            data.Add("managed", nameof(NoptDtype.F64), item);
            foreach (string backend in TestBackends.Names)
                data.Add(backend, nameof(NoptDtype.F32), item);
        }
        return data;
    }

    public static NoptDtype Parse(string name) => Enum.Parse<NoptDtype>(name);

    /// <summary>How near the golden numbers a result must come.</summary>
    public static double Tolerance(NoptDtype dtype) => dtype == NoptDtype.F64 ? 1e-11 : 1e-5;
}
