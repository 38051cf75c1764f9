using System.Globalization;
using NativeOpt.Text;

namespace NativeOpt.Cli.Loading;

/// <summary>
/// Training data from arrays of NumPy: x_train, y_train, x_test and y_test, as the files of Keras have them, or x and y. Rows are the
/// first dimension; bytes are pixels, which become 0 to 1; targets of whole numbers are classes.
/// </summary>
internal static class NpzData
{
    private const float PixelScale = 1 / 255f;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">An array is missing, or does not fit the others.</exception>
    public static LoadedData Load(string path)
    {
        IReadOnlyList<StoredTensor> arrays = NpzFile.Read(path);
        bool divided = arrays.Any(array => array.Name == "x_train");
        StoredTensor x = Find(path, arrays, divided ? "x_train" : "x"), y = Find(path, arrays, divided ? "y_train" : "y");
        InMemoryDataset train = Pair(path, x, y);
        InMemoryDataset? test = divided && arrays.Any(array => array.Name == "x_test")
            ? Pair(path, Find(path, arrays, "x_test"), Find(path, arrays, "y_test"))
            : null;
        if (test is not null && test.InputColumns != train.InputColumns)
            throw new InvalidDataException($"{path}: x_train has {train.InputColumns} columns, x_test {test.InputColumns}");
        int classes = train.Y.HasLabels ? 1 + Math.Max(train.Y.ToLabels().Max(), test?.Y.ToLabels().Max() ?? 0) : 0;
        return new LoadedData
        {
            Name = Path.GetFileName(path),
            Title = Path.GetFileName(path),
            Train = train,
            Test = test,
            ClassNames = [.. Enumerable.Range(0, classes).Select(number => number.ToString(CultureInfo.InvariantCulture))],
            IsPictures = x.Type == TensorType.U8,
        };
    }

    private static StoredTensor Find(string path, IReadOnlyList<StoredTensor> arrays, string name) =>
        arrays.FirstOrDefault(array => array.Name == name)
        ?? throw new InvalidDataException($"{path}: {NearestName.Explain("array", name, [.. arrays.Select(array => array.Name)])}; "
            + "there must be x and y, or x_train, y_train, x_test and y_test");

    private static InMemoryDataset Pair(string path, StoredTensor x, StoredTensor y)
    {
        if (x.Shape.Count == 0 || x.Count == 0)
            throw new InvalidDataException($"{path}: {x} has no rows");
        int rows = x.Shape[0];
        Features inputs = x.Type == TensorType.U8
            ? new Features(x.Bytes, PixelScale, rows, x.Count / rows)
            : new Features(Finite(path, x), rows, x.Count / rows);
        if (y.Shape.Count == 0 || y.Shape[0] != rows)
            throw new InvalidDataException($"{path}: {x} and {y} have different numbers of rows");
        bool labels = y.Count == rows && y.Type is not (TensorType.F64 or TensorType.F32 or TensorType.F16 or TensorType.BF16);
        return new InMemoryDataset(inputs, labels ? Labels(path, y) : new Targets(Finite(path, y), rows, y.Count / rows));
    }

    private static int[] Labels(string path, StoredTensor y)
    {
        double[] numbers = y.ToDoubles();
        int wrong = Array.FindIndex(numbers, number => number is < 0 or > int.MaxValue - 1);
        return wrong < 0
            ? [.. numbers.Select(number => (int)number)]
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"{path}: {y}: row {wrong} has class {numbers[wrong]}; classes begin at 0"));
    }

    private static float[] Finite(string path, StoredTensor array)
    {
        float[] values = array.ToSingles();
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        return wrong < 0
            ? values
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{path}: {array}: row {wrong / (values.Length / array.Shape[0])} has {values[wrong]}, which is not finite"));
    }
}
