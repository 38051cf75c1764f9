using System.Text;
using NativeOpt.BindingsGenerator;
using Xunit;

namespace NativeOpt.Tests.Bindings;

/// <summary>How the generator writes what it has read.</summary>
public sealed class GeneratorTextTests
{
    [Theory]
    [InlineData("/**< an element type */", "/// <summary>An element type</summary>\n")]
    [InlineData("///< b < c & d", "/// <summary>b &lt; c &amp; d</summary>\n")]
    [InlineData("/** struct_size is too small */", "/// <summary>struct_size is too small</summary>\n")]
    [InlineData("/**< sum (y - t)^2 / c */", "/// <summary>sum (y - t)^2 / c</summary>\n")]
    [InlineData("/**< out, or null.\n                  More. */", "/// <summary>Out, or null. More.</summary>\n")]
    [InlineData("/**\n * One.\n *\n * Two.\n */", "/// <summary>\n/// <para>One.</para>\n/// <para>Two.</para>\n/// </summary>\n")]
    [InlineData("/**\n * In order:\n *   g = g  (a)\n *   w = w\n */",
        "/// <summary>\n/// In order:\n/// <code>\n/// g = g  (a)\n/// w = w\n/// </code>\n/// </summary>\n")]
    [InlineData("/**\n * Adds.\n * @param op_count how\n *   many\n * @return the sum\n */",
        "/// <summary>Adds.</summary>\n/// <param name=\"opCount\">How many</param>\n/// <returns>The sum</returns>\n")]
    [InlineData(null, "")]
    public void Comment_BecomesXml(string? comment, string expected) => Assert.Equal(expected, Write(comment, ""));

    [Theory]
    [InlineData(100, 1)]
    [InlineData(112, 1)]
    [InlineData(113, 3)]
    [InlineData(400, 6)]
    public void Comment_IsWrappedBelow140Columns(int letters, int lines)
    {
        string words = string.Join(' ', Enumerable.Repeat("Abcd", letters / 5 + 1))[..letters];
        string[] written = Write($"/** {words} */", "    ").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines, written.Length);
        Assert.All(written, line => Assert.True(line.Length < 140, line));
    }

    [Fact]
    public void Emitter_WritesMembersWithoutTheSharedPrefixAndMarksConstPointees()
    {
        var pointer = new MappedType("const char*", "byte*", true);
        var number = new MappedType("int32_t", "int", false);
        var header = new HeaderModel(
            [new ConstantModel("NOPT_ABI_VERSION", 7, DocComment.None)],
            [new EnumModel("nopt_loss_flags", [new EnumMember("NOPT_LOSS_FROM_LOGITS", 1, DocComment.None)], DocComment.None)],
            [new StructModel("nopt_name_info", [new FieldModel("first_name", pointer, DocComment.None)], DocComment.None)],
            [new FunctionModel("nopt_find", number, [new ParameterModel("a_name", pointer)], DocComment.None)]);
        string text = CSharpEmitter.Emit(header, new Origin("include/a.h", "0123", "1.2.3"));
        Assert.Contains("//   Header SHA-256: 0123\n//   CppSharp: 1.2.3\n", text, StringComparison.Ordinal);
        Assert.Contains("internal enum NoptLossFlags\n{\n    FromLogits = 1,\n}\n", text, StringComparison.Ordinal);
        Assert.Contains("struct NoptNameInfo\n{\n    public byte* FirstName; // const char*\n}\n", text, StringComparison.Ordinal);
        Assert.Contains("internal const uint AbiVersion = 7;\n", text, StringComparison.Ordinal);
        Assert.Contains("    /// <remarks><c>int32_t nopt_find(const char* a_name)</c></remarks>\n", text, StringComparison.Ordinal);
        Assert.Contains("    internal static partial int nopt_find(byte* aName);\n}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneratedFile_ComparesByBytesAndShowsTheDifferences()
    {
        string root = Directory.CreateTempSubdirectory("nativeopt-bindings-").FullName;
        try
        {
            Assert.Equal("a/b.txt: missing", new GeneratedFile("a/b.txt", "one\ntwo\n").Compare(root));
            Assert.True(new GeneratedFile("a/b.txt", "one\r\ntwo\r\n").Write(root));
            Assert.Equal("one\ntwo\n"u8.ToArray(), File.ReadAllBytes(Path.Combine(root, "a/b.txt")));
            Assert.False(new GeneratedFile("a/b.txt", "one\ntwo\n").Write(root));
            Assert.Null(new GeneratedFile("a/b.txt", "one\ntwo\n").Compare(root));
            Assert.Equal("a/b.txt: 2 lines checked in, 3 generated\n  line 2\n  - two\n  + 2" +
                "\n  line 3\n  - \n  + three\n  line 4\n  - (end of file)\n  + ",
                new GeneratedFile("a/b.txt", "one\n2\nthree\n").Compare(root));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Write(string? comment, string indent)
    {
        var output = new StringBuilder();
        DocWriter.Write(output, indent, DocComment.Parse(comment));
        return output.ToString();
    }
}
