using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NativeOpt.Tests.Data;

public class ScalerTests
{
    private static readonly float[,] Table = { { 1, 10, 7 }, { 2, 30, 7 }, { 3, 20, 7 }, { 6, 20, 7 } };

    private static readonly Gen<float> Number =
        Gen.OneOf(Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 997f), Gen.Choose(-1000, 1000).Select(n => n * 1e-6f),
            Gen.Constant(5f));

    private static readonly Gen<float[,]> Tables =
        from rows in Gen.Choose(1, 20)
        from columns in Gen.Choose(1, 5)
        from numbers in Number.ArrayOf(rows * columns)
        select Shape(numbers, rows, columns);

    public static TheoryData<string> Kinds => ["standard", "range", "plain", "clipped"];

    [Fact]
    public void StandardScaler_GivesMeanZeroAndDeviationOne()
    {
        var scaler = new StandardScaler();

        float[,] scaled = scaler.FitTransform(Table).ToArray();

        Assert.Equal([3, 20, 7], scaler.Mean);
        Assert.Equal([3.5, 50, 0], scaler.Variance);
        Assert.Equal((float)(-2 / Math.Sqrt(3.5)), scaled[0, 0]);
        Assert.Equal((float)(10 / Math.Sqrt(50)), scaled[1, 1]);
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(0, scaled[row, 2]));
    }

    [Fact]
    public void StandardScaler_WithoutMeanOrDeviation_LeavesThat()
    {
        Assert.Equal((float)(1 / Math.Sqrt(3.5)), new StandardScaler { WithMean = false }.FitTransform(Table).GetRow(0)[0]);
        Assert.Equal(-2, new StandardScaler { WithStd = false }.FitTransform(Table).GetRow(0)[0]);
    }

    [Fact]
    public void StandardScaler_OfLargeNumbersThatDifferLittle_KeepsTheirDifferences()
    {
        // In single precision the sum of these has no room for the differences.
        float[,] table = new float[10_000, 1];
        for (int row = 0; row < 10_000; row++)
            table[row, 0] = 1_000_000 + row % 2;

        var scaler = new StandardScaler();
        scaler.Fit(table);

        Assert.Equal(1_000_000.5, scaler.Mean[0], 1e-9);
        Assert.Equal(0.25, scaler.Variance[0], 1e-9);
    }

    [Fact]
    public void MinMaxScaler_GivesTheRange()
    {
        Features scaled = new MinMaxScaler { FeatureRange = (-1, 3) }.FitTransform(Table);

        Assert.Equal(new float[,] { { -1, -1, -1 }, { -0.2f, 3, -1 }, { 0.6f, 1, -1 }, { 3, 1, -1 } }, scaled.ToArray());
        var clipped = new MinMaxScaler { Clip = true };
        clipped.Fit(Table);
        Assert.Equal([1, 0, 0], clipped.Transform(new float[,] { { 9, 0, 7 } }).GetRow(0));
        Assert.Equal([1, 10, 7], clipped.DataMinimum);
        Assert.Equal([6, 30, 7], clipped.DataMaximum);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void InverseTransform_GivesTheRowsBack(string kind) => Prop.ForAll(Tables.ToArbitrary(), table =>
    {
        FeatureScaler scaler = Create(kind);
        float[,] back = scaler.InverseTransform(scaler.FitTransform(table)).ToArray();
        return Enumerable.Range(0, table.GetLength(1)).All(j =>
        {
            float[] column = [.. Enumerable.Range(0, table.GetLength(0)).Select(row => table[row, j])];
            float size = column.Max(MathF.Abs);
            return column.Select((value, row) => Math.Abs(value - back[row, j]) <= 4e-7f * size).All(near => near);
        });
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FromJson_OfWhatToJsonWrites_GivesTheSameNumbers(string kind) => Prop.ForAll(Tables.ToArbitrary(), table =>
    {
        FeatureScaler scaler = Create(kind);
        float[,] scaled = scaler.FitTransform(table).ToArray();
        FeatureScaler read = FeatureScaler.FromJson(scaler.ToJson());
        return read.GetType() == scaler.GetType() && read.ToJson() == scaler.ToJson()
            && read.Transform(table).ToArray().Cast<float>().SequenceEqual(scaled.Cast<float>());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dataset_IsScaledWhenItIsGathered(string kind)
    {
        FeatureScaler scaler = Create(kind);
        var data = new InMemoryDataset(Table, new[] { 0, 1, 0, 1 }, [1, 2, 3, 4]);
        scaler.Fit(data);

        var inputs = new float[6];
        var labels = new int[2];
        var weights = new float[2];
        scaler.Transform(data).Gather([3, 1], new Batch(2, inputs, [], labels, weights));

        Features expected = scaler.Transform((Features)Table);
        Assert.Equal([.. expected.GetRow(3), .. expected.GetRow(1)], inputs);
        Assert.Equal([1, 1], labels);
        Assert.Equal([4, 2], weights);
        FeatureScaler fromArrays = Create(kind);
        fromArrays.Fit((Features)Table);
        Assert.Equal(fromArrays.ToJson(), scaler.ToJson());
    }

    [Fact]
    public void Transform_InPlace_AllocatesNothing()
    {
        var scaler = new StandardScaler();
        scaler.Fit(Table);
        float[] row = [1, 10, 7];
        scaler.Transform(row);
        long before = GC.GetAllocatedBytesForCurrentThread();

        scaler.InverseTransform(row);
        scaler.Transform(row);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Scalers_ThatAreUsedWrongly_SaySo()
    {
        var scaler = new StandardScaler();
        Assert.Contains("not fitted", Assert.Throws<InvalidOperationException>(() => scaler.Transform((Features)Table)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => scaler.Mean);
        Assert.Throws<InvalidOperationException>(scaler.ToJson);
        Assert.Contains("row 1, column 0 is NaN",
            Assert.Throws<ArgumentException>(() => scaler.Fit(new float[,] { { 1 }, { float.NaN } })).Message, StringComparison.Ordinal);
        Assert.False(scaler.IsFitted);
        Assert.Throws<ArgumentException>(() => scaler.Fit(new float[0, 3]));
        scaler.Fit(Table);
        Assert.Contains("x has 2 columns; the scaler was fitted to 3",
            Assert.Throws<ArgumentException>(() => scaler.Transform((Features)new float[1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("rows has 4 numbers; it must be whole rows of 3",
            Assert.Throws<ArgumentException>(() => scaler.Transform(new float[4])).Message, StringComparison.Ordinal);
        Assert.Contains("FeatureRange is (1, 1)",
            Assert.Throws<ArgumentException>(() => new MinMaxScaler { FeatureRange = (1, 1) }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "this is no JSON")]
    [InlineData("[]", "is a list; it must be an object")]
    [InlineData("{}", "format is missing")]
    [InlineData("""{"format":"nativeopt-scaler/9"}""", "format is 'nativeopt-scaler/9'; this library reads 'nativeopt-scaler/1'")]
    [InlineData("""{"format":"nativeopt-scaler/1","type":"standart"}""", "unknown type 'standart'; did you mean 'standard'?")]
    [InlineData("""{"format":"nativeopt-scaler/1","type":"standard","mean":[1],"variance":[1,2]}""", "mean has 1 numbers, variance 2")]
    [InlineData("""{"format":"nativeopt-scaler/1","type":"standard","mean":[1],"variance":[-1]}""", "variance has a negative number")]
    [InlineData("""{"format":"nativeopt-scaler/1","type":"standard","mean":["x"],"variance":[1]}""", "mean[0] is \"x\"")]
    [InlineData("""{"format":"nativeopt-scaler/1","type":"standard","mean":[1],"variance":[1],"skew":[1]}""", "unknown field of")]
    [InlineData("""{"format":"nativeopt-scaler/1","type":"min_max","feature_range":[0]}""", "feature_range has 1 numbers; it must have 2")]
    [InlineData("""{"format":"nativeopt-scaler/1","type":"min_max","feature_range":[0,1],"minimum":[2],"maximum":[1]}""",
        "of minimum is above")]
    public void FromJson_OfABadText_SaysWhatIsWrong(string json, string sentence) => Assert.Contains(
        sentence, Assert.Throws<ArgumentException>(() => FeatureScaler.FromJson(json)).Message, StringComparison.Ordinal);

    private static FeatureScaler Create(string kind) => kind switch
    {
        "standard" => new StandardScaler(),
        "range" => new MinMaxScaler { FeatureRange = (-1, 1) },
        "plain" => new StandardScaler { WithMean = false },
        _ => new MinMaxScaler { Clip = true },
    };

    private static float[,] Shape(float[] numbers, int rows, int columns)
    {
        var table = new float[rows, columns];
        for (int i = 0; i < numbers.Length; i++)
            table[i / columns, i % columns] = numbers[i];
        return table;
    }
}
