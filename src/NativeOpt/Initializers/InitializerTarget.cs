using NativeOpt.Interop;

namespace NativeOpt.Initializers;

/// <summary>A parameter that gets its first values.</summary>
/// <param name="Matrix">The parameter as one block, [inputs, outputs] or one row, of element type F32 or F64.</param>
/// <param name="Name">Of the parameter, such as "dense/kernel".</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Fans">Inputs and outputs of its layer.</param>
/// <param name="Random">Where its random numbers come from.</param>
internal readonly unsafe record struct InitializerTarget(NoptMatrix Matrix, string Name, int[] Shape, Fans Fans, RandomSource Random)
{
    /// <summary>Number of elements.</summary>
    public long Count => Matrix.Rows * Matrix.Columns;

    /// <summary>Writes an element, in row-major order.</summary>
    public void Write(long index, double value)
    {
        if (Matrix.Dtype == (int)NoptDtype.F64)
            ((double*)Matrix.Data)[index] = value;
        else
            ((float*)Matrix.Data)[index] = (float)value;
    }

    /// <summary>Refuses a parameter that is no matrix.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public void RequireMatrix(Initializer initializer)
    {
        if (Shape.Length != 2)
            throw new InvalidOperationException(
                $"the initializer {initializer} fills matrices; parameter '{Name}' has shape [{string.Join(", ", Shape)}]");
    }
}
