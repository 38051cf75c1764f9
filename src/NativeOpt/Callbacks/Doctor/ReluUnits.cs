using System.Numerics.Tensors;

namespace NativeOpt.Doctor;

/// <summary>For how many rows in a row each unit of a layer with relu has given 0.</summary>
internal sealed class ReluUnits(int count)
{
    private readonly long[] _deadRows = new long[count];
    private readonly float[] _largest = new float[count];

    /// <summary>Looks at a batch, [rows, units].</summary>
    /// <returns>Share of the units that are 0 in all of it.</returns>
    public double Look(ReadOnlySpan<float> output)
    {
        int rows = output.Length / count;
        _largest.AsSpan().Clear();
        for (int row = 0; row < rows; row++)
            TensorPrimitives.MaxMagnitude(_largest, output.Slice(row * count, count), _largest);
        int dead = 0;
        for (int unit = 0; unit < count; unit++)
        {
            bool isDead = _largest[unit] == 0;
            _deadRows[unit] = isDead ? _deadRows[unit] + rows : 0;
            dead += isDead ? 1 : 0;
        }
        return (double)dead / count;
    }

    /// <summary>Share of the units that have given 0 for at least so many rows.</summary>
    public double ShareDeadFor(int rows) => (double)_deadRows.Count(dead => dead >= rows) / count;
}
