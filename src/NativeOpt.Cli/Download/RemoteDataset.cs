namespace NativeOpt.Cli.Download;

/// <summary>A file that is known to the last bit.</summary>
/// <param name="Name">Without a folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal digits.</param>
internal sealed record RemoteFile(string Name, long Bytes, string Sha256);

/// <summary>A data set that can be downloaded.</summary>
/// <param name="Name">As the library calls it.</param>
/// <param name="Title">As people call it.</param>
/// <param name="Address">The folder on the Internet, with a slash at its end.</param>
/// <param name="Archive">What holds the files, as a compressed tar archive; null: they are there one by one.</param>
/// <param name="Files">What is kept.</param>
internal sealed record RemoteDataset(string Name, string Title, Uri Address, RemoteFile? Archive, IReadOnlyList<RemoteFile> Files)
{
    private const long CifarBatch = 30_730_000;

    /// <summary>All there are. The sums are those that other libraries check, such as TensorFlow Datasets.</summary>
    public static IReadOnlyList<RemoteDataset> Known { get; } =
    [
        // The address names a state of the repository that does not change.
        new(Datasets.FashionMnist.Name, "Fashion-MNIST", new Uri("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/"
            + "b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/"), null,
        [
            new("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            new("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new("t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            new("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        ]),
        new(Datasets.Cifar10.Name, "CIFAR-10", new Uri("https://www.cs.toronto.edu/~kriz/"),
            new("cifar-10-binary.tar.gz", 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
        [
            new("data_batch_1.bin", CifarBatch, "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
            new("data_batch_2.bin", CifarBatch, "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
            new("data_batch_3.bin", CifarBatch, "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
            new("data_batch_4.bin", CifarBatch, "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
            new("data_batch_5.bin", CifarBatch, "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
            new("test_batch.bin", CifarBatch, "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
        ]),
    ];

    /// <summary>What is fetched: the archive, or the files one by one.</summary>
    public IReadOnlyList<RemoteFile> Downloads => Archive is null ? Files : [Archive];
}
