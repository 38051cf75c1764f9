using Xunit;

namespace NativeOpt.Tests.Data;

public sealed class CsvDatasetTests : IDisposable
{
    private const string Fruit = "weight,colour,kind\n10,red,apple\n20,yellow,pear\n30,red,plum\n40,green,apple\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kind", 0)]
    [InlineData(null, 2)]
    [InlineData(null, -1)]
    public void Load_ByNameOrPlace_EncodesTextsAndClasses(string? name, int place)
    {
        string path = Write(Fruit);
        CsvDataset fruit = name is null ? CsvDataset.Load(path, place) : CsvDataset.Load(path, name);

        Assert.Equal("4 rows: 4 inputs, 3 classes", fruit.ToString());
        Assert.Equal(["weight", "colour=green", "colour=red", "colour=yellow"], fruit.FeatureNames);
        Assert.Equal(["apple", "pear", "plum"], fruit.ClassNames);
        Assert.Equal("kind", fruit.Encoding.TargetName);
        Assert.Equal(new float[,] { { 10, 0, 1, 0 }, { 20, 0, 0, 1 }, { 30, 0, 1, 0 }, { 40, 1, 0, 0 } }, fruit.X.ToArray());
        Assert.Equal([0, 1, 2, 0], fruit.Y.ToLabels());
        (Features x, Targets y) = fruit;
        Assert.Equal((4, 4), (x.Rows, y.Rows));
    }

    [Fact]
    public void Load_WithTheEncodingOfAnother_FindsColumnsByName()
    {
        CsvEncoding encoding = CsvDataset.Load(Write(Fruit), "kind").Encoding;

        CsvDataset other = CsvDataset.Load(Write("kind,extra,colour,weight\nplum,1,yellow,5\n"), encoding);
        Features inputs = encoding.EncodeInputs(CsvFile.Read(Write("colour,weight\ngreen,7\n")));

        Assert.Equal(new float[,] { { 5, 0, 0, 1 } }, other.X.ToArray());
        Assert.Equal([2], other.Y.ToLabels());
        Assert.Equal(new float[,] { { 7, 1, 0, 0 } }, inputs.ToArray());
    }

    [Theory]
    [InlineData("weight,colour,kind\n1,purple,plum\n", "line 2, column 2 ('colour'): unknown text 'purple'. Known: green, red, yellow")]
    [InlineData("weight,colour,kind\n1,red,plom\n", "line 2, column 3 ('kind'): unknown class 'plom'; did you mean 'plum'?")]
    [InlineData("weight,colour,kind\nheavy,red,plum\n", "line 2, column 1 ('weight'): the column holds texts; it held numbers")]
    [InlineData("weight,colour,kind\n1,3,plum\n", "line 2, column 2 ('colour'): the column holds numbers; it held texts")]
    public void Load_OfCellsThatTheEncodingDoesNotKnow_NamesThem(string text, string sentence)
    {
        CsvEncoding encoding = CsvDataset.Load(Write(Fruit), "kind").Encoding;
        string path = Write(text);

        Assert.Contains(sentence,
            Assert.Throws<InvalidDataException>(() => CsvDataset.Load(path, encoding)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoding_OfJson_DoesTheSame()
    {
        string path = Write("size,colour,kind\n10,red,apple\n,yellow,pear\n30,red,plum\n");
        var settings = new CsvSettings { EmptyCells = EmptyCells.Fill };
        CsvDataset fruit = CsvDataset.Load(path, "kind", settings);

        CsvEncoding read = CsvEncoding.FromJson(fruit.Encoding.ToJson());

        Assert.Equal(fruit.Encoding.ToJson(), read.ToJson());
        Assert.Equal(fruit.ClassNames, read.ClassNames);
        CsvDataset again = CsvDataset.Load(path, read, settings);
        Assert.Equal(fruit.X.ToArray(), again.X.ToArray());
        Assert.Equal(fruit.Y.ToLabels(), again.Y.ToLabels());
        Assert.Null(CsvEncoding.FromJson(CsvEncoding.Fit(CsvFile.Read(path, settings), null, settings).ToJson()).TargetName);
    }

    [Theory]
    [InlineData("no", "this is no JSON")]
    [InlineData("""{"format":"nativeopt-csv-encoding/2"}""", "this library reads 'nativeopt-csv-encoding/1'")]
    [InlineData("""{"format":"nativeopt-csv-encoding/1"}""", "inputs is empty")]
    [InlineData("""{"format":"nativeopt-csv-encoding/1","inputs":[{}]}""", "inputs[0].name is missing")]
    [InlineData("""{"format":"nativeopt-csv-encoding/1","inputs":[{"name":"a"},{"name":"a"}]}""", "inputs has 'a' twice")]
    [InlineData("""{"format":"nativeopt-csv-encoding/1","inputs":[{"name":"a","mean":"x"}]}""", "inputs[0].mean is \"x\"")]
    [InlineData("""{"format":"nativeopt-csv-encoding/1","inputs":[{"name":"a","categories":[1]}]}""", "categories must be a list")]
    [InlineData("""{"format":"nativeopt-csv-encoding/1","inputs":[{"name":"a","categories":["b"],"mean":1}]}""", "inputs[0] has cat")]
    [InlineData("""{"format":"nativeopt-csv-encoding/1","inputs":[{"name":"a","categories":["b","b"]}]}""", "must have different texts")]
    [InlineData("""{"format":"nativeopt-csv-encoding/1","inputs":[{"name":"a","size":1}]}""", "unknown field of inputs[0] 'size'")]
    public void Encoding_OfABadText_SaysWhatIsWrong(string json, string sentence) => Assert.Contains(
        sentence, Assert.Throws<ArgumentException>(() => CsvEncoding.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_OfColumnsThatAreNotThere_NamesTheNearest()
    {
        string path = Write(Fruit);
        CsvEncoding encoding = CsvDataset.Load(path, "kind").Encoding;

        Assert.Contains("unknown column 'kinds'; did you mean 'kind'?",
            Assert.Throws<ArgumentException>(() => CsvDataset.Load(path, "kinds")).Message, StringComparison.Ordinal);
        Assert.Contains("target is 3; ",
            Assert.Throws<ArgumentOutOfRangeException>(() => CsvDataset.Load(path, 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CsvDataset.Load(path, -4));
        Assert.Contains("unknown column 'weight'", Assert.Throws<ArgumentException>(
            () => CsvDataset.Load(Write("colour,kind\nred,plum\n"), encoding)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0,1,2,1", TargetKind.Auto, true)]
    [InlineData("1,2,3,1", TargetKind.Auto, false)]
    [InlineData("0,1,3,1", TargetKind.Auto, false)]
    [InlineData("0,1,0.5,1", TargetKind.Auto, false)]
    [InlineData("-1,1,1,-1", TargetKind.Classes, true)]
    [InlineData("0,1,2,1", TargetKind.Numbers, false)]
    public void Target_OfNumbers_IsClassesWhereTheyCountFromZeroOrAreSaidToBe(string cells, TargetKind kind, bool classes)
    {
        string path = Write("x,y\n" + string.Concat(cells.Split(',').Select(cell => $"1,{cell}\n")));

        CsvDataset data = CsvDataset.Load(path, "y", new CsvSettings { Target = kind });

        Assert.Equal(classes, data.Y.HasLabels);
        if (kind == TargetKind.Classes)
            Assert.Equal([0, 1, 1, 0], data.Y.ToLabels());
        if (!classes)
            Assert.Equal(cells.Split(',').Select(float.Parse), Enumerable.Range(0, 4).Select(row => data.Y.GetRow(row)[0]));
    }

    [Fact]
    public void EmptyCells_ThatAreFilled_BecomeTheMeanOrACategory()
    {
        string path = Write("size,colour,y\n,red,0\n2,,1\n4,blue,0\n");

        CsvDataset data = CsvDataset.Load(path, "y", new CsvSettings { EmptyCells = EmptyCells.Fill });

        Assert.Equal(["size", "colour=", "colour=blue", "colour=red"], data.FeatureNames);
        Assert.Equal(new float[,] { { 3, 0, 0, 1 }, { 2, 1, 0, 0 }, { 4, 0, 1, 0 } }, data.X.ToArray());
    }

    [Fact]
    public void Columns_ThatCannotBeUsed_AreRefused()
    {
        var fill = new CsvSettings { EmptyCells = EmptyCells.Fill };
        Refuse("x,y\n1,0\n2,\n", fill, "line 3, column 2 ('y'): the target is empty");
        Refuse("x,z,y\n1,,0\n2,,1\n", fill, "column 2 ('z') has no value");
        Refuse("x,y\na,0\nb,1\nc,0\n", new CsvSettings { MaxCategories = 2 }, "column 1 ('x') has 3 different texts; MaxCategories is 2");
        Refuse("x,y\n1,b\n", new CsvSettings { Target = TargetKind.Numbers }, "line 2, column 2 ('y'): 'b' is not a number");
        Assert.Contains("no column is left to be an input", Assert.Throws<ArgumentException>(
            () => CsvDataset.Load(Write("y\n1\n"), "y")).Message, StringComparison.Ordinal);

        void Refuse(string text, CsvSettings settings, string sentence) => Assert.Contains(sentence,
            Assert.Throws<InvalidDataException>(() => CsvDataset.Load(Write(text), "y", settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OnATable_Learns()
    {
        CsvDataset flowers = Datasets.Iris.LoadAll();
        using var model = new Sequential(seed: 3) { new Dense(8, "relu", inputShape: 4), new Dense(3, "softmax") };
        model.Compile(new Adam { LearningRate = 0.02 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);

        model.Fit(flowers, epochs: 40, batchSize: 16);

        Assert.InRange(model.Evaluate(flowers).Accuracy!.Value, 0.93, 1);
    }

    private string Write(string text)
    {
        File.WriteAllText(_folder["table.csv"], text);
        return _folder["table.csv"];
    }
}
