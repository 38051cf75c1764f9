using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Bindings;

/// <summary>The checked-in bindings are those of the header in the tree. Needs neither CppSharp nor the native library.</summary>
public sealed class FreshnessTests
{
    private static readonly string Header = File.ReadAllText(RepositoryFiles.Header);

    /// <summary>Changes of the header that must not go unnoticed: what is replaced, and by what.</summary>
    public static TheoryData<string, string> Mutations => new()
    {
        { "  int64_t rows;\n  int64_t columns;\n", "  int64_t columns;\n  int64_t rows;\n" },
        { "  int64_t rows;", "  uint64_t rows;" },
        { "  int64_t rows;\n", "" },
        { "  double* loss_sum;", "  double loss_sum;" },
        { "NOPT_ERROR_SHAPE = -3", "NOPT_ERROR_SHAPE = -30" },
        { "NOPT_ISA_AVX2 = 3", "NOPT_ISA_AVX = 3" },
        { "nopt_optimizer_find(const char* name, int32_t* id)", "nopt_optimizer_find(const char* name, int64_t* id)" },
        { "nopt_optimizer_find(const char* name, int32_t* id)", "nopt_optimizer_find(const char* name)" },
        { "NOPT_API int32_t nopt_layout_count(void);", "" },
        { "nopt_layout_count(void);", "nopt_layout_count(void);\nNOPT_API int32_t nopt_new(int32_t x);" },
        { "#define NOPT_ABI_VERSION 1", "#define NOPT_ABI_VERSION 2" },
    };

    [Fact]
    public void GeneratedFiles_RecordTheHashOfTheHeader()
    {
        string hash = Sha256(File.ReadAllBytes(RepositoryFiles.Header));
        Assert.Equal(hash, RecordedHash(RepositoryFiles.NativeMethods));
        Assert.Equal(hash, RecordedHash(RepositoryFiles.LayoutTable));
        Assert.Equal(NativeMethods.HeaderSha256, hash);
    }

    [Fact]
    public void GeneratedFiles_HaveUnixLineEnds()
    {
        Assert.DoesNotContain('\r', File.ReadAllText(RepositoryFiles.NativeMethods));
        Assert.DoesNotContain('\r', File.ReadAllText(RepositoryFiles.LayoutTable));
    }

    [Fact]
    public void Bindings_DeclareWhatTheHeaderDeclares() => Assert.Empty(BindingDifferences.Find(Header));

    [Fact]
    public void LayoutTable_NamesEveryStructAndFieldOfTheHeaderInOrder()
    {
        IEnumerable<string> expected = HeaderScan.Of(Header).Structs.SelectMany(s =>
            (string[])[$"NOPT_LAYOUT_STRUCT({s.Key})", .. s.Value.Select(field => $"NOPT_LAYOUT_FIELD({s.Key}, {field.Name})")]);
        Assert.Equal(expected, File.ReadLines(RepositoryFiles.LayoutTable).Where(line => !line.StartsWith('/')));
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void Bindings_OfAnotherHeader_AreFoundToDiffer(string original, string replacement)
    {
        string mutated = Header.Replace(original, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Header, mutated);
        Assert.NotEqual(NativeMethods.HeaderSha256, Sha256(System.Text.Encoding.UTF8.GetBytes(mutated)));
        Assert.NotEmpty(BindingDifferences.Find(mutated));
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string RecordedHash(string path) =>
        Regex.Match(File.ReadAllText(path), "Header SHA-256: ([0-9a-f]{64})\n").Groups[1].Value;
}
