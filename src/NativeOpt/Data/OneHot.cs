using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace NativeOpt;

/// <summary>Class numbers as rows of zeros with a one in the place of the class, as Keras' to_categorical makes them, and back.</summary>
public static class OneHot
{
    /// <summary>Rows of zeros with a one.</summary>
    /// <param name="labels">Class numbers, from 0.</param>
    /// <param name="classes">Columns; null: the largest class number and 1.</param>
    /// <returns>[labels, classes].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A class number is negative or not below classes; the message has its row.</exception>
    public static float[,] Encode(ReadOnlySpan<int> labels, int? classes = null)
    {
        int columns = classes is { } given
            ? Require.AtLeast(given, 1, nameof(classes))
            : labels.IsEmpty ? 0 : Math.Max(1, checked(TensorPrimitives.Max(labels) + 1));
        int wrong = labels.IndexOfAnyExceptInRange(0, columns - 1);
        if (wrong >= 0)
            throw new ArgumentOutOfRangeException(nameof(labels), labels[wrong],
                $"labels[{wrong}] is {labels[wrong]}; it must be at least 0 and below {columns}");
        var rows = new float[labels.Length, columns];
        for (int row = 0; row < labels.Length; row++)
            rows[row, labels[row]] = 1;
        return rows;
    }

    /// <summary>Rows of zeros with a one.</summary>
    /// <param name="labels">Class numbers, from 0.</param>
    /// <param name="classes">Columns; null: the largest class number and 1.</param>
    /// <returns>[rows, classes].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A class number is negative or not below classes; the message has its row.</exception>
    /// <exception cref="InvalidOperationException">The targets are rows of numbers already.</exception>
    public static float[,] Encode(Targets labels, int? classes = null) => Encode(labels.ToLabels(), classes);

    /// <summary>The place of the largest number of each row, the first of equal ones: of probabilities the most probable class.</summary>
    /// <param name="rows">[rows, classes].</param>
    /// <returns>Class numbers.</returns>
    /// <exception cref="ArgumentException">Rows have no columns, or a number is NaN; the message has its place.</exception>
    public static int[] Decode(float[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (int count, int columns) = (rows.GetLength(0), rows.GetLength(1));
        if (columns == 0)
            throw new ArgumentException("the rows have no columns", nameof(rows));
        var labels = new int[count];
        for (int row = 0; row < count; row++)
        {
            labels[row] = TensorPrimitives.IndexOfMax(MemoryMarshal.CreateReadOnlySpan(ref rows[row, 0], columns));
            if (float.IsNaN(rows[row, labels[row]]))
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"rows[{row}, {labels[row]}] is NaN; it has no largest number"),
                        nameof(rows));
        }
        return labels;
    }
}
