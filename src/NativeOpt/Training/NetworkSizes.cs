using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>Sizes of a network before there is one: nothing is changed and nothing allocated.</summary>
internal static class NetworkSizes
{
    /// <summary>Checks that layers fit together and can be allocated.</summary>
    /// <returns>Columns of the last layer's output.</returns>
    /// <exception cref="ArgumentException">A regularizer or constraint does not fit its parameter.</exception>
    /// <exception cref="InvalidOperationException">Sizes do not meet, or the parameters are too many.</exception>
    public static int Check(IReadOnlyList<Layer> layers, int inputColumns, NoptDtype dtype)
    {
        // The parameters are one block, which spans address by int.
        long limit = int.MaxValue / ParameterArena.ElementSize(dtype);
        long total = 0;
        int columns = inputColumns;
        foreach (Layer layer in layers)
        {
            if (layer.DeclaredInputColumns is { } declared && declared != columns)
                throw new InvalidOperationException($"layer '{layer.Name}' expected {declared} input columns; it gets {columns}");
            int outputs = layer.OutputColumnsFor(columns);
            long own = 0;
            foreach (ParameterDescription parameter in layer.DescribeParameters(columns))
            {
                own += ParameterArena.RoundUp(parameter.Count);
                parameter.Regularizer?.CheckShape($"{layer.Name}/{parameter.Name}", parameter.Shape);
                parameter.Constraint?.CheckShape($"{layer.Name}/{parameter.Name}", parameter.Shape);
            }
            total += own;
            if (total > limit)
                throw new InvalidOperationException(
                    $"layer '{layer.Name}' of {columns} inputs and {outputs} outputs needs room for {own} parameters, "
                    + $"{total} with the layers before it; a model has room for {limit}");
            columns = outputs;
        }
        return columns;
    }

    /// <summary>Checks that the buffers of a batch can be allocated.</summary>
    /// <exception cref="InvalidOperationException">They are too large.</exception>
    public static void CheckBatch(Network network, int rows)
    {
        long limit = int.MaxValue / ParameterArena.ElementSize(network.Dtype);
        if ((long)rows * network.InputColumns > limit)
            throw TooLarge(rows, "input", network.InputColumns, limit);
        foreach (Layer layer in network.Layers)
        {
            int columns = layer.DescribeBuffers().Where(buffer => buffer.Rows is null)
                .Select(buffer => buffer.Columns).Append(layer.OutputColumns).Max();
            if ((long)rows * columns > limit)
                throw TooLarge(rows, $"layer '{layer.Name}'", columns, limit);
        }
    }

    private static InvalidOperationException TooLarge(int rows, string what, int columns, long limit) => new(
        $"a batch of {rows} rows has {(long)rows * columns} numbers in {what} ({columns} columns); "
        + $"at most {limit} are possible, use a smaller batchSize");
}
