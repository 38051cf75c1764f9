using System.Globalization;

namespace NativeOpt.Training;

/// <summary>Which rows are trained on and which are for validation.</summary>
internal static class DataRanges
{
    /// <summary>All rows of a data set.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static RowRange All(Dataset data, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(data, parameterName);
        return data.Count > 0 ? new RowRange(data, 0, data.Count) : throw new ArgumentException("the data set has no rows", parameterName);
    }

    /// <summary>All rows for training, or without the last ones, which validate, as in Keras.</summary>
    /// <exception cref="ArgumentException">A data set is empty, or the share leaves no row for one of the two.</exception>
    public static (RowRange Train, RowRange? Validation) Split(Dataset data, Dataset? validationData, double validationSplit)
    {
        RowRange all = All(data, nameof(data));
        if (validationSplit is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validationSplit), validationSplit, string.Create(
                CultureInfo.InvariantCulture, $"validationSplit is {validationSplit}; it must be at least 0 and less than 1"));
        if (validationData is not null)
            return (all, All(validationData, nameof(validationData)));
        if (validationSplit == 0)
            return (all, null);
        int trainCount = (int)Math.Floor(all.Count * (1 - validationSplit));
        if (trainCount == 0 || trainCount == all.Count)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"validationSplit is {validationSplit}: of {all.Count} rows that leaves {trainCount} to train on and {all.Count - trainCount} to validate"),
                nameof(validationSplit));
        return (all with { Count = trainCount }, new RowRange(data, trainCount, all.Count - trainCount));
    }
}
