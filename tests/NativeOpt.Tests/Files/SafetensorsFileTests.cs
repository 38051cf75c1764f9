using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace NativeOpt.Tests.Files;

/// <summary>Files by the published format, those of others and ours, whole and damaged.</summary>
public class SafetensorsFileTests
{
    private const string Header = """{"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""";

    public static TheoryData<string, string> WrongHeaders => new()
    {
        { "{ ", "not that of a safetensors file" },
        { "[]", "not that of a safetensors file" },
        { """{"w":{"dtype":"F32","shape":[4],"data_offsets":[0,15]}}""", "'w' lies at 0 to 15" },
        { """{"w":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}""", "'w' lies at -16 to 0" },
        { """{"w":{"dtype":"F31","shape":[4],"data_offsets":[0,16]}}""", "dtype 'F31'" },
        { """{"w":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}""", "'w' lies at" },
        { """{"w":{"dtype":"F32","shape":[2147483647,2147483647,4],"data_offsets":[0,16]}}""", "'w' lies at" },
        { """{"w":{"dtype":"F32","shape":[1e9],"data_offsets":[0,16]}}""", "not that of a safetensors file" },
        { """{"w":{"dtype":"F32","shape":[4],"data_offsets":[0]}}""", "1 data_offsets" },
        { """{"w":{"dtype":"F32","shape":[4]}}""", "no data_offsets" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "'w' twice" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"v":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "gap or overlap" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "the file has" },
        { """{"w":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}}""", "the file has" },
        { "{\"a\":" + new string('[', 100) + new string(']', 100) + "}", "not that of a safetensors file" },
    };

    [Fact]
    public void Read_OfAFileByTheFormat_GivesTheArrays()
    {
        using var folder = new TemporaryFolder();
        WriteRaw(folder["a.safetensors"], Header, [1.5f, -2, BitConverter.Int32BitsToSingle(7), 0]);

        SafetensorsFile file = SafetensorsFile.Read(folder["a.safetensors"]);

        Assert.Equal(["w F32 [2, 1]", "n I64 []"], file.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal([1.5f, -2], file.Tensors[0].ToSingles());
        Assert.Equal([7.0], file.Tensors[1].ToDoubles());
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Write_ThenRead_GivesEveryTypeAndTextBack()
    {
        using var folder = new TemporaryFolder();
        StoredTensor[] tensors =
        [
            .. Enum.GetValues<TensorType>().Select(type => new StoredTensor(
                $"{type}/\"ö", type, [3], Enumerable.Range(0, 24).Select(i => (byte)(i * 11)).Take(3 * SizeOf(type)).ToArray())),
        ];
        var metadata = new Dictionary<string, string> { ["text"] = "with \"sha256\":\"" + new string('0', 64) + "\" and\n ü", ["empty"] = "" };

        SafetensorsFile.Write(folder["a.safetensors"], tensors, metadata);
        SafetensorsFile file = SafetensorsFile.Read(folder["a.safetensors"]);

        Assert.Equal(tensors.Select(tensor => tensor.ToString()).Order(), file.Tensors.Select(tensor => tensor.ToString()).Order());
        Assert.All(tensors, tensor => Assert.Equal(
            tensor.Bytes.ToArray(), file.Tensors.Single(other => other.Name == tensor.Name).Bytes.ToArray()));
        Assert.Equal(metadata["text"], file.Metadata["text"]);
        Assert.Equal("", file.Metadata["empty"]);
    }

    [Fact]
    public void Write_PutsTheElementsAtMultiplesOfTheirSize()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["a"], [StoredTensor.FromSingles("s", [1]), new StoredTensor("d", TensorType.F64, [1], new byte[8])]);

        byte[] bytes = File.ReadAllBytes(folder["a"]);
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);

        Assert.Equal(0, (8 + header) % 8);
        Assert.Contains("\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}", Encoding.UTF8.GetString(bytes, 8, header), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAFileWithAnyByteChangedOrCutOff_Refuses()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["a"], [StoredTensor.FromSingles("weights", [1, 2, 3])], new Dictionary<string, string> { ["key"] = "text" });
        byte[] whole = File.ReadAllBytes(folder["a"]);
        string text = Encoding.UTF8.GetString(whole);
        // A change of these words makes a file of somebody else's, without a checksum.
        int key = text.IndexOf("sha256", StringComparison.Ordinal), metadata = text.IndexOf("__metadata__", StringComparison.Ordinal);

        for (int i = 0; i < whole.Length; i++)
        {
            File.WriteAllBytes(folder["b"], whole[..i]);
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(folder["b"]));
            if ((i >= key - 1 && i < key + 9) || (i >= metadata - 1 && i < metadata + 15))
                continue;
            byte[] changed = (byte[])whole.Clone();
            changed[i] ^= 0x04;
            File.WriteAllBytes(folder["b"], changed);
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(folder["b"]));
        }
        File.WriteAllBytes(folder["b"], [.. whole, 0]);
        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(folder["b"]));
    }

    [Theory]
    [MemberData(nameof(WrongHeaders))]
    public void Read_OfAWrongHeader_SaysWhereAndWhat(string header, string problem)
    {
        using var folder = new TemporaryFolder();
        WriteRaw(folder["a"], header, [0, 0, 0, 0]);

        var failure = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(folder["a"]));

        Assert.StartsWith($"{folder["a"]}: at byte ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData(1000UL)]
    [InlineData(0UL)]
    public void Read_OfAnImpossibleLengthOfTheHeader_Refuses(ulong length)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(folder["a"], bytes);

        var failure = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(folder["a"]));

        Assert.Contains($"the header has {length} bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfTwoArraysOfOneName_RefusesAndWritesNothing()
    {
        using var folder = new TemporaryFolder();
        StoredTensor tensor = StoredTensor.FromSingles("w", [1]);

        var failure = Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(folder["a"], [tensor, tensor]));

        Assert.Contains("'w'", failure.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFileAndNoOther()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder["a"], [StoredTensor.FromSingles("w", [1])]);
        byte[] old = File.ReadAllBytes(folder["a"]);

        Assert.Throws<IOException>(() => NativeOpt.Files.AtomicFile.Write(folder["a"], stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device");
        }));

        Assert.Equal(old, File.ReadAllBytes(folder["a"]));
        Assert.Equal(["a"], folder.Entries());
    }

    [Fact]
    public void Write_InThePlaceOfAFolder_Refuses()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a"]);

        Assert.Throws<IOException>(() => SafetensorsFile.Write(folder["a"], [StoredTensor.FromSingles("w", [1])]));
    }

    private static int SizeOf(TensorType type) => NativeOpt.Files.TensorTypes.SizeOf(type);

    private static void WriteRaw(string path, string header, float[] data)
    {
        using FileStream file = File.Create(path);
        using var writer = new BinaryWriter(file);
        byte[] bytes = Encoding.UTF8.GetBytes(header);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
        foreach (float value in data)
            writer.Write(value);
    }
}
