using NativeOpt.Data;

namespace NativeOpt;

/// <summary>
/// Rows in two parts, one to learn from and one to test on, as scikit-learn's train_test_split makes them: the same arguments give the
/// same parts on every machine. The numbers of the rows are not copied.
/// </summary>
/// <example>
/// <code>
/// var (xTrain, xTest, yTrain, yTest) = TrainTestSplit.Of(x, y, testSize: 0.2, stratify: true, seed: 42);
/// </code>
/// </example>
public sealed class TrainTestSplit
{
    private TrainTestSplit(Features x, Targets y, int[] trainRows, int[] testRows)
    {
        (TrainRows, TestRows) = (trainRows, testRows);
        Train = new InMemoryDataset(x.SelectRows(trainRows), y.SelectRows(trainRows));
        Test = new InMemoryDataset(x.SelectRows(testRows), y.SelectRows(testRows));
    }

    /// <summary>What to learn from.</summary>
    public InMemoryDataset Train { get; }

    /// <summary>What to test on.</summary>
    public InMemoryDataset Test { get; }

    /// <summary>Which rows are in <see cref="Train"/>, in its order: with them, other arrays can be divided alike.</summary>
    public IReadOnlyList<int> TrainRows { get; }

    /// <summary>Which rows are in <see cref="Test"/>, in its order.</summary>
    public IReadOnlyList<int> TestRows { get; }

    /// <summary>Divides rows.</summary>
    /// <param name="x">Inputs, at least two rows.</param>
    /// <param name="y">As many targets.</param>
    /// <param name="testSize">Share of the rows to test on, above 0 and below 1; rounded up to whole rows.</param>
    /// <param name="shuffle">Whether rows are in random order; false: the last ones are for testing.</param>
    /// <param name="stratify">Whether each class has the same share of both parts; for class numbers, and only with shuffle.</param>
    /// <param name="seed">Decides the order.</param>
    /// <exception cref="ArgumentException">
    /// The shares leave a part empty, numbers of rows differ, or a class has too few rows to be in both parts.
    /// </exception>
    public static TrainTestSplit Of(
        Features x, Targets y, double testSize = 0.25, bool shuffle = true, bool stratify = false, long seed = 0)
    {
        if (y.Rows != x.Rows)
            throw new ArgumentException($"y has {y.Rows} rows; x has {x.Rows}", nameof(y));
        (int[] train, int[] test) = stratify
            ? StratifiedRows.Divide(y, RowDivision.TestRows(x.Rows, testSize), shuffle, seed)
            : RowDivision.Divide(x.Rows, testSize, shuffle, seed);
        return new TrainTestSplit(x, y, train, test);
    }

    /// <summary>The numbers of the rows of both parts, for data of any kind.</summary>
    /// <param name="count">Number of rows, at least 2.</param>
    /// <param name="testSize">Share of the rows to test on, above 0 and below 1; rounded up to whole rows.</param>
    /// <param name="shuffle">Whether rows are in random order; false: the last ones are for testing.</param>
    /// <param name="seed">Decides the order.</param>
    /// <exception cref="ArgumentException">The shares leave a part empty.</exception>
    public static (int[] Train, int[] Test) Rows(int count, double testSize = 0.25, bool shuffle = true, long seed = 0) =>
        RowDivision.Divide(count, testSize, shuffle, seed);

    /// <summary>Divides another array of as many elements in the same way.</summary>
    /// <param name="values">One for each row.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public (T[] Train, T[] Test) Divide<T>(ReadOnlySpan<T> values)
    {
        int count = TrainRows.Count + TestRows.Count;
        if (values.Length != count)
            throw new ArgumentException($"values has {values.Length} elements; there are {count} rows", nameof(values));
        return (Pick(values, TrainRows), Pick(values, TestRows));
    }

    /// <summary>var (train, test) = split;</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="test">What to test on.</param>
    public void Deconstruct(out InMemoryDataset train, out InMemoryDataset test) => (train, test) = (Train, Test);

    /// <summary>var (xTrain, xTest, yTrain, yTest) = split; in the order of scikit-learn.</summary>
    /// <param name="xTrain">Inputs to learn from.</param>
    /// <param name="xTest">Inputs to test on.</param>
    /// <param name="yTrain">Targets to learn from.</param>
    /// <param name="yTest">Targets to test on.</param>
    public void Deconstruct(out Features xTrain, out Features xTest, out Targets yTrain, out Targets yTest) =>
        (xTrain, xTest, yTrain, yTest) = (Train.X, Test.X, Train.Y, Test.Y);

    private static T[] Pick<T>(ReadOnlySpan<T> values, IReadOnlyList<int> rows)
    {
        var picked = new T[rows.Count];
        for (int i = 0; i < picked.Length; i++)
            picked[i] = values[rows[i]];
        return picked;
    }
}
