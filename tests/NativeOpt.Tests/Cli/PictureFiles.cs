namespace NativeOpt.Tests.Cli;

/// <summary>Small data sets in the files of real ones: pictures of a class have one bright stripe, and noise.</summary>
internal static class PictureFiles
{
    private const int Classes = 10;

    /// <summary>Four files as those of Fashion-MNIST, 28 x 28 pixels.</summary>
    public static void WriteFashionMnist(string folder, int train, int test)
    {
        Directory.CreateDirectory(folder);
        Part("train", train, seed: 1);
        Part("t10k", test, seed: 2);

        void Part(string name, int count, int seed)
        {
            var random = new Random(seed);
            byte[] pixels = [.. Enumerable.Range(0, count).SelectMany(i => Picture(random, i % Classes, 28 * 28))];
            File.WriteAllBytes(Path.Combine(folder, $"{name}-images-idx3-ubyte"), [.. Head(3, count, 28, 28), .. pixels]);
            byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % Classes))];
            File.WriteAllBytes(Path.Combine(folder, $"{name}-labels-idx1-ubyte"), [.. Head(1, count), .. labels]);
        }
    }

    /// <summary>Two files as those of CIFAR-10.</summary>
    public static void WriteCifar(string folder, int train, int test)
    {
        Directory.CreateDirectory(folder);
        Part("data_batch_1.bin", train, seed: 1);
        Part("test_batch.bin", test, seed: 2);

        void Part(string name, int count, int seed)
        {
            var random = new Random(seed);
            File.WriteAllBytes(Path.Combine(folder, name), [.. Enumerable.Range(0, count)
                .SelectMany(i => Picture(random, i % Classes, 3072).Prepend((byte)(i % Classes)))]);
        }
    }

    private static byte[] Head(byte dimensions, params int[] sizes) =>
        [0, 0, 8, dimensions, .. sizes.SelectMany(size => new byte[] { 0, 0, (byte)(size >> 8), (byte)size })];

    private static byte[] Picture(Random random, int label, int pixels)
    {
        byte[] picture = new byte[pixels];
        random.NextBytes(picture);
        int stripe = pixels / Classes;
        for (int i = 0; i < pixels; i++)
            picture[i] = (byte)(picture[i] / 4 + (i / stripe == label ? 150 : 0));
        return picture;
    }
}
