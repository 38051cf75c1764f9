using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Xunit;

namespace NativeOpt.PackageTests;

/// <summary>What is inside the packages.</summary>
[Collection(PackedFeedUsers.Name)]
public class PackageContentTests(PackedFeed feed)
{
    private const long MaxBytes = 30_000_000;

    public static TheoryData<string> Ids => [.. PackedFeed.Ids];

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void EachPackage_SaysWhatItIsAndCarriesItsTexts(string id)
    {
        PackedFeed.RequireNative();
        using ZipArchive package = ZipFile.OpenRead(feed.FileOf(id));
        XElement metadata = Nuspec(package);

        Assert.All(new[] { "README.md", "CHANGELOG.md", "LICENSE", "THIRD-PARTY-NOTICES" },
            text => Assert.True(package.GetEntry(text) is { Length: > 500 }, text));
        Assert.Equal(
            (id, feed.Version, "MIT", "README.md"),
            (Value("id"), Value("version"), Value("license"), Value("readme")));
        Assert.All(new[] { "description", "tags", "authors", "copyright", "releaseNotes" }, name => Assert.NotEmpty(Value(name)));

        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
    }

    [SkippableFact]
    public void Tool_ForOtherSystems_HasNoNativeLibrary()
    {
        PackedFeed.RequireNative();
        string? other = feed.Files.SingleOrDefault(file => Path.GetFileName(file).StartsWith("NativeOpt.Cli.any.", StringComparison.Ordinal));
        Skip.If(other is null, "the compiler for machine code ahead of time is not installed");
        using ZipArchive package = ZipFile.OpenRead(other);

        Assert.DoesNotContain(package.Entries, entry => entry.Name.Contains("libnativeopt", StringComparison.Ordinal));
        Assert.Contains(package.Entries, entry => entry.Name == "NativeOpt.Cli.dll");
    }

    [SkippableFact]
    public void Packages_TogetherAreBelow30Megabytes()
    {
        PackedFeed.RequireNative();

        Assert.InRange(feed.Files.Sum(file => new FileInfo(file).Length), 1, MaxBytes);
    }

    [SkippableFact]
    public void NativeOpt_AsksForExactlyItsOwnNativeLibrary()
    {
        PackedFeed.RequireNative();
        using ZipArchive package = ZipFile.OpenRead(feed.FileOf("NativeOpt"));

        XElement native = Nuspec(package).Descendants().Single(element => element.Attribute("id")?.Value == "NativeOpt.Native");

        Assert.Equal($"[{feed.Version}]", native.Attribute("version")?.Value);
        Assert.NotNull(package.GetEntry("lib/net10.0/NativeOpt.xml"));
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.StartsWith("runtimes/", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void NativeLibrary_LiesWhereDotnetLooksForIt()
    {
        PackedFeed.RequireNative();
        using ZipArchive package = ZipFile.OpenRead(feed.FileOf("NativeOpt.Native"));

        Assert.Contains(package.Entries, entry => entry.Length > 100_000
            && entry.FullName.StartsWith($"runtimes/{RuntimeInformation.RuntimeIdentifier}/native/", StringComparison.Ordinal)
            && entry.Name.Contains("nativeopt", StringComparison.Ordinal));
        Assert.DoesNotContain(package.Entries, entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)
            && entry.FullName.StartsWith("lib/", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("NativeOpt.dll")]
    [InlineData("NativeOpt.Cli.dll")]
    public void Assemblies_HaveTheirSymbolsInside(string name)
    {
        PackedFeed.RequireNative();
        Assert.All(feed.Files, file =>
        {
            using ZipArchive package = ZipFile.OpenRead(file);
            Assert.All(package.Entries.Where(entry => entry.Name == name), AssertHasSymbols);
        });
    }

    private static void AssertHasSymbols(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (Stream compressed = entry.Open())
            compressed.CopyTo(content);
        content.Position = 0;

        using var assembly = new PEReader(content);
        DebugDirectoryEntry symbols = assembly.ReadDebugDirectory().Single(part => part.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
        MetadataReader reader = provider.GetMetadataReader();

        // Of the machine that built them they say nothing.
        Assert.NotEmpty(reader.Documents);
        Assert.All(reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)),
            name => Assert.StartsWith("/nativeopt/", name, StringComparison.Ordinal));
    }

    private static XElement Nuspec(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }
}
