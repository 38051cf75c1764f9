using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NativeOpt.Tests.Data;

public sealed class CsvFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>A text, and what must be said of it after the path.</summary>
    public static TheoryData<string, string> BadTexts => new()
    {
        { "\n\n", "there is no row in it" },
        { "a,b\n", "there is no row in it but the header" },
        { "a,b\n1,2\n3\n", "line 3: the row has 1 cells; the header has 2" },
        { "a,b\n1,2,3\n", "line 2: the row has 3 cells; the header has 2" },
        { "a,b\n1,2\nx,4\n", "line 3, column 1 ('a'): 'x' is not a number; the cells above it are. Where it means that there is no value" },
        { "a,b\n1,2\nNaN,4\n", "line 3, column 1 ('a'): 'NaN' is not a number" },
        { "a,b\n1,2\n3,inf\n", "line 3, column 2 ('b'): 'inf' is not a number" },
        { "a,b\n1,2\n3,1e999\n", "line 3, column 2 ('b'): '1e999' is not finite in single precision" },
        { "a,b\n1,2\n3,-4e38\n", "line 3, column 2 ('b'): '-4e38' is not finite in single precision" },
        { "a,b\nred,2\n7,4\n",
            "line 3, column 1 ('a'): '7' is a number; the cells above it are texts. If the column holds texts, name it in" },
        { "a,b\n1,2\n,4\n", "line 3, column 1 ('a'): the cell is empty; EmptyCells says" },
        { "a,b\n1,2\n3,  \n", "line 3, column 2 ('b'): the cell is empty" },
        { "a,b\n1,\"2\n3,4\n", "line 2, column 2: a quote is opened here and never closed" },
        { "a,b\n\"1\"x,2\n", "line 2, column 1: 'x' follows the closing quote; a delimiter or the end of the line was expected" },
        { "a,a\n1,2\n", "line 1, column 2 ('a'): column 1 has the same name" },
        { "1,2\n3,4\n", "line 1: the header is made of numbers; if the first row is data, set HasHeader to false" },
        { "a,b\n\"x\ny\",2\n\"z\",q\n", "line 4, column 2 ('b'): 'q' is not a number" },
        { "a,b\r\n1,2\r\n3,q\r\n", "line 3, column 2 ('b'): 'q' is not a number" },
        { "a,b\r1,2\r3,q\r", "line 3, column 2 ('b'): 'q' is not a number" },
        { "a,b\n1,\02\n", "line 2, column 2: a zero character; this is no text" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(BadTexts))]
    public void Read_OfABadText_NamesPathLineAndColumn(string text, string sentence)
    {
        string path = Write(text);

        var failure = Assert.Throws<InvalidDataException>(() => CsvFile.Read(path));

        Assert.StartsWith($"{path}: {sentence}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InfersNumbersAndTexts()
    {
        CsvFile file = CsvFile.Read(
            Write("size, colour ,note\r\n 1.5 ,red,\"a, \"\"b\"\"\"\r\n\r\n-2e-1,blue,  \"two\nlines\" \r\n+3,red,x"));

        Assert.Equal(["size", "colour", "note"], file.Columns.Select(column => column.Name));
        Assert.Equal(3, file.Rows);
        Assert.Equal([1.5, -0.2, 3], Enumerable.Range(0, 3).Select(file["size"].NumberAt));
        Assert.Equal(["red", "blue", "red"], Enumerable.Range(0, 3).Select(file["colour"].TextAt));
        Assert.Equal(["blue", "red"], file["colour"].Categories);
        Assert.Equal(["a, \"b\"", "two\nlines", "x"], Enumerable.Range(0, 3).Select(file["note"].TextAt));
        Assert.True(file["size"].IsNumeric);
        Assert.Throws<InvalidOperationException>(() => file["size"].TextAt(0));
        Assert.Throws<InvalidOperationException>(() => file["note"].NumberAt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => file["note"].TextAt(3));
        Assert.Contains("unknown column 'color'; did you mean 'colour'?",
            Assert.Throws<ArgumentException>(() => file["color"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnyTextsAndNumbers_GivesThemBack()
    {
        Gen<string> text = Gen.Elements("a", "b7", "\"", ",", "\n", " x", "é", "'", ";", "#").NonEmptyListOf().Select(string.Concat)
            .Where(t => t.Trim().Length > 0);
        Gen<double> number = Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 977.0);
        Gen<(string Text, double Number)[]> rows = Gen.Zip(text, number).NonEmptyListOf().Select(list => list.ToArray());
        Prop.ForAll(rows.ToArbitrary(), Gen.Elements("\n", "\r\n", "\r").ToArbitrary(), (table, end) =>
        {
            string path = Write("text,number" + end + string.Concat(table.Select(row => string.Create(CultureInfo.InvariantCulture,
                $"\"{row.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{row.Number:R}{end}"))));
            CsvFile file = CsvFile.Read(path, new CsvSettings { TextColumns = ["text"] });
            return file.Rows == table.Length && Enumerable.Range(0, table.Length).All(
                row => file["text"].TextAt(row) == table[row].Text && file["number"].NumberAt(row) == table[row].Number);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(';', "a;b\n1;2\n")]
    [InlineData('\t', "a\tb\n1\t2\n")]
    [InlineData('|', "a | b\n1 | 2\n")]
    public void Read_WithAnotherDelimiter_FindsTheCells(char delimiter, string text)
    {
        CsvFile file = CsvFile.Read(Write(text), new CsvSettings { Delimiter = delimiter });

        Assert.Equal(["a", "b"], file.Columns.Select(column => column.Name));
        Assert.Equal(2, file["b"].NumberAt(0));
    }

    [Fact]
    public void Read_WithoutHeader_NumbersTheColumns()
    {
        CsvFile file = CsvFile.Read(Write("1,2\n3,4\n"), new CsvSettings { HasHeader = false });

        Assert.Equal(["column1", "column2"], file.Columns.Select(column => column.Name));
        Assert.Equal(2, file.Rows);
    }

    [Fact]
    public void Read_OfMarkBytesAndCompression_GivesTheSame()
    {
        byte[] text = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes("größe\n1\n")];
        string plain = _folder["plain.csv"], compressed = _folder["table.csv.gz"];
        File.WriteAllBytes(plain, text);
        using (var gzip = new GZipStream(File.Create(compressed), CompressionLevel.Optimal))
            gzip.Write(text);

        Assert.Equal(1, CsvFile.Read(plain)["größe"].NumberAt(0));
        Assert.Equal(1, CsvFile.Read(compressed)["größe"].NumberAt(0));

        File.WriteAllBytes(compressed, File.ReadAllBytes(compressed)[..^12]);
        Assert.Contains("the compressed data are damaged or cut off",
            Assert.Throws<InvalidDataException>(() => CsvFile.Read(compressed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfOtherBytes_IsRefused()
    {
        string path = _folder["latin1.csv"];
        File.WriteAllBytes(path, [.. "gr"u8, 0xf6, 0xdf, .. "e\n1\n"u8]);
        Assert.Contains("bytes that are not UTF-8", Assert.Throws<InvalidDataException>(() => CsvFile.Read(path)).Message,
            StringComparison.Ordinal);

        File.WriteAllBytes(path, []);
        Assert.Contains("it is empty", Assert.Throws<InvalidDataException>(() => CsvFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => CsvFile.Read(_folder["none"]));
    }

    [Fact]
    public void Read_OfMoreThanAllowed_IsRefused()
    {
        string plain = Write("a\n" + new string('1', 100));
        string compressed = _folder["bomb.gz"];
        using (var gzip = new GZipStream(File.Create(compressed), CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Repeat("1\n", 100_000))));
        var settings = new CsvSettings { MaxBytes = 100 };

        Assert.Contains("has 102 bytes; MaxBytes allows 100",
            Assert.Throws<InvalidDataException>(() => CsvFile.Read(plain, settings)).Message, StringComparison.Ordinal);
        Assert.Contains("the text is longer than 10000 characters", Assert.Throws<InvalidDataException>(
            () => CsvFile.Read(compressed, settings with { MaxBytes = 10_000 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithSettings_TakesTextsEmptyCellsAndColumnsAsTold()
    {
        string path = Write("id,code,size\n1,007,?\n2,12,5\n3,007,7\n");
        var settings = new CsvSettings { TextColumns = ["code"], IgnoredColumns = ["id"], MissingMarkers = ["?"] };

        Assert.Contains("line 2, column 3 ('size'): the cell is empty",
            Assert.Throws<InvalidDataException>(() => CsvFile.Read(path, settings)).Message, StringComparison.Ordinal);
        CsvFile skipped = CsvFile.Read(path, settings with { EmptyCells = EmptyCells.SkipRow });
        Assert.Equal(["12", "007"], Enumerable.Range(0, 2).Select(skipped["code"].TextAt));
        CsvFile filled = CsvFile.Read(path, settings with { EmptyCells = EmptyCells.Fill });
        Assert.Equal((3, true), (filled.Rows, filled["size"].IsEmpty(0)));
        Assert.Contains("TextColumns: unknown column 'cod'; did you mean 'code'?", Assert.Throws<ArgumentException>(
            () => CsvFile.Read(path, settings with { TextColumns = ["cod"] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData(' ')]
    [InlineData('.')]
    [InlineData('x')]
    public void Delimiter_ThatCannotBeOne_IsRefused(char delimiter) =>
        Assert.Throws<ArgumentException>(() => new CsvSettings { Delimiter = delimiter });

    private string Write(string text)
    {
        File.WriteAllText(_folder["table.csv"], text);
        return _folder["table.csv"];
    }
}
