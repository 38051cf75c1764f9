namespace NativeOpt.Tests.Files.Onnx;

/// <summary>An array between two operations.</summary>
internal sealed record OnnxValue(int[] Shape, double[] Data)
{
    public int Columns => Shape.Length == 0 ? 1 : Shape[^1];

    public int Rows => Columns == 0 ? 0 : Data.Length / Columns;

    public OnnxValue Map(Func<double, double> function) => this with { Data = Array.ConvertAll(Data, value => function(value)) };

    /// <summary>Each row on its own.</summary>
    public OnnxValue MapRows(Func<double[], IEnumerable<double>> function) =>
        this with { Data = [.. Data.Chunk(Columns).SelectMany(function)] };

    /// <summary>Element by element; a size of 1, or none, stands for the other's.</summary>
    public OnnxValue Combine(OnnxValue other, Func<double, double, double> function)
    {
        (int rows, int columns) = (Math.Max(Rows, other.Rows), Math.Max(Columns, other.Columns));
        double[] data = new double[rows * columns];
        for (int i = 0; i < data.Length; i++)
            data[i] = function(At(i / columns, i % columns), other.At(i / columns, i % columns));
        return new OnnxValue([rows, columns], data);
    }

    public OnnxValue Product(OnnxValue matrix)
    {
        double[] data = new double[Rows * matrix.Columns];
        for (int row = 0; row < Rows; row++)
            for (int column = 0; column < matrix.Columns; column++)
                for (int k = 0; k < Columns; k++)
                    data[row * matrix.Columns + column] += At(row, k) * matrix.At(k, column);
        return new OnnxValue([Rows, matrix.Columns], data);
    }

    private double At(int row, int column) => Data[(Rows == 1 ? 0 : row) * Columns + (Columns == 1 ? 0 : column)];
}
