using System.Globalization;

namespace NativeOpt.Training;

/// <summary>Which rows are trained on and which are for validation.</summary>
internal static class DataRanges
{
    /// <summary>All rows of a data set.</summary>
    /// <exception cref="ArgumentException">There are none, or a data set of the caller's own has sizes that cannot be.</exception>
    public static RowRange All(Dataset data, ArgumentNames names)
    {
        ArgumentNullException.ThrowIfNull(data, names.Inputs);
        if (data.Count < 1)
            throw new ArgumentException($"{names.Inputs} has no rows", names.Inputs);
        if (data.InputColumns < 1)
            throw new ArgumentException($"{names.Inputs}: InputColumns is {data.InputColumns}; it must be at least 1", names.Inputs);
        if (data.TargetColumns < 0)
            throw new ArgumentException(
                $"{names.Targets}: TargetColumns is {data.TargetColumns}; it must be at least 0 (0: class numbers)", names.Targets);
        return new RowRange(data, 0, data.Count, names);
    }

    /// <summary>All rows for training, or without the last ones, which validate, as in Keras.</summary>
    /// <exception cref="ArgumentException">A data set is empty, or the share leaves no row for one of the two.</exception>
    public static (RowRange Train, RowRange? Validation) Split(RowRange all, Dataset? validationData, double validationSplit)
    {
        if (validationSplit is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(validationSplit), validationSplit, string.Create(
                CultureInfo.InvariantCulture, $"validationSplit is {validationSplit}; it must be at least 0 and less than 1"));
        if (validationData is not null)
            return (all, All(validationData, ArgumentNames.Validation));
        if (validationSplit == 0)
            return (all, null);
        int trainCount = (int)Math.Floor(all.Count * (1 - validationSplit));
        if (trainCount == 0 || trainCount == all.Count)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"validationSplit is {validationSplit}: of {all.Count} rows that leaves {trainCount} to train on and "
                + $"{all.Count - trainCount} to validate"), nameof(validationSplit));
        return (all with { Count = trainCount }, all with { First = trainCount, Count = all.Count - trainCount });
    }
}
