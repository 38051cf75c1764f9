using System.Text;
using Xunit;

namespace NativeOpt.Tests.Files;

/// <summary>Arrays that NumPy has written, and ours.</summary>
public class NumpyFileTests
{
    [Fact]
    public void Read_OfDoubles_GivesThem()
    {
        StoredTensor tensor = NpyFile.Read(Fixtures.PathOf("doubles.npy"));

        Assert.Equal("doubles F64 [2, 3]", tensor.ToString());
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1.25], tensor.ToDoubles());
    }

    [Fact]
    public void Read_OfFortransOrder_GivesRows()
    {
        StoredTensor tensor = NpyFile.Read(Fixtures.PathOf("fortran.npy"));

        Assert.Equal("fortran I32 [2, 3, 4]", tensor.ToString());
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (double)i), tensor.ToDoubles());
    }

    [Fact]
    public void Read_OfTheOtherOrderOfBytes_GivesTheNumbers() =>
        Assert.Equal([1.5f, -2.25f], NpyFile.Read(Fixtures.PathOf("big_endian.npy")).ToSingles());

    [Fact]
    public void Read_OfASingleNumber_HasNoAxes()
    {
        StoredTensor tensor = NpyFile.Read(Fixtures.PathOf("scalar.npy"));

        Assert.Equal("scalar F32 []", tensor.ToString());
        Assert.Equal([0.5f], tensor.ToSingles());
    }

    [Fact]
    public void Read_OfPickledObjects_Refuses()
    {
        var failure = Assert.Throws<InvalidDataException>(() => NpyFile.Read(Fixtures.PathOf("objects.npy")));

        Assert.Contains("'|O'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfACompressedArchive_GivesTheNamedArrays()
    {
        IReadOnlyList<StoredTensor> tensors = NpzFile.Read(Fixtures.PathOf("named.npz"));

        Assert.Equal(["a/b F32 [2, 2]", "c I64 [1]"], tensors.Select(tensor => tensor.ToString()));
        Assert.Equal([1, 2, 3, 4], tensors[0].ToSingles());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_OfAnArchive_ReadsBack(bool compress)
    {
        using var folder = new TemporaryFolder();
        StoredTensor[] tensors =
        [
            StoredTensor.FromSingles("dense/kernel", [1, 2, 3, 4, 5, 6], 2, 3),
            StoredTensor.FromSingles("dense/bias", [float.NaN, -0f]),
            new StoredTensor("count", TensorType.I64, [], BitConverter.GetBytes(5L)),
        ];

        NpzFile.Write(folder["a.npz"], tensors, compress);
        IReadOnlyList<StoredTensor> read = NpzFile.Read(folder["a.npz"]);

        Assert.Equal(tensors.Select(tensor => tensor.ToString()), read.Select(tensor => tensor.ToString()));
        Assert.Equal(tensors.Select(tensor => tensor.Bytes.ToArray()), read.Select(tensor => tensor.Bytes.ToArray()));
    }

    [Fact]
    public void Write_OfEqualArrays_GivesEqualFiles()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], [StoredTensor.FromSingles("w", [1])]);
        NpzFile.Write(folder["b.npz"], [StoredTensor.FromSingles("w", [1])]);

        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
    }

    [Fact]
    public void Write_OfWhatNumpyDoesNotHave_Refuses()
    {
        using var folder = new TemporaryFolder();
        var tensor = new StoredTensor("w", TensorType.BF16, [1], new byte[2]);

        Assert.Contains("BF16", Assert.Throws<ArgumentException>(() => NpyFile.Write(folder["a.npy"], tensor)).Message, StringComparison.Ordinal);
        Assert.Contains("BF16", Assert.Throws<ArgumentException>(() => NpzFile.Write(folder["a.npz"], [tensor])).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Read_OfAFileThatIsCutOffAnywhere_Refuses()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["doubles.npy", "named.npz"])
        {
            byte[] whole = File.ReadAllBytes(Fixtures.PathOf(name));
            for (int length = 0; length < whole.Length; length++)
            {
                string path = folder["cut" + Path.GetExtension(name)];
                File.WriteAllBytes(path, whole[..length]);
                Assert.Throws<InvalidDataException>(() => name.EndsWith("npz", StringComparison.Ordinal) ? NpzFile.Read(path)[0] : NpyFile.Read(path));
            }
        }
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647), }", "a file of this length holds less")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "the file ends")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "the end of the file was expected")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "does not describe an array of numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2,), }", "does not describe an array of numbers")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "does not describe an array of numbers")]
    [InlineData("{'descr': '<q9', 'fortran_order': False, 'shape': (2,), }", "does not describe an array of numbers")]
    [InlineData("", "does not describe an array of numbers")]
    public void Read_OfAWrongHeader_SaysWhatIsWrong(string header, string problem)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(
            folder["a.npy"],
            [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[2 * sizeof(float)]]);

        var failure = Assert.Throws<InvalidDataException>(() => NpyFile.Read(folder["a.npy"]));

        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        Assert.Contains("at byte", failure.Message, StringComparison.Ordinal);
    }
}
