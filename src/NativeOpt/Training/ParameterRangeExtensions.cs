using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>Parameters seen as matrices: [inputs, outputs], or one row.</summary>
internal static class ParameterRangeExtensions
{
    /// <summary>Rows of the logical matrix: 1 for a vector.</summary>
    public static int Rows(this ParameterRange range) => range.Shape.Length == 1 ? 1 : range.Shape[0];

    /// <summary>Columns of the logical matrix.</summary>
    public static int Columns(this ParameterRange range) => range.Shape[^1];

    /// <summary>The parameter at <paramref name="data"/>.</summary>
    public static unsafe NoptMatrix ToMatrix(this ParameterRange range, void* data, NoptDtype dtype) => new()
    {
        Data = data,
        Rows = range.Rows(),
        Columns = range.Columns(),
        Stride = range.Columns(),
        Dtype = (int)dtype,
    };
}
