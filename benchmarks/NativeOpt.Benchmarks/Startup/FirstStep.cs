namespace NativeOpt.Benchmarks.Startup;

/// <summary>What a program does that trains one batch of the tutorial network and ends.</summary>
internal static class FirstStep
{
    private const int Inputs = 784, Hidden = 128, Classes = 10, Batch = 32;

    /// <summary>Trains: <c>NativeOpt.Benchmarks first-step native|managed</c>.</summary>
    public static void Run(IReadOnlyList<string> arguments)
    {
        BackendKind backend = arguments is ["managed", ..] ? BackendKind.Managed : BackendKind.Native;
        var pictures = new float[Batch, Inputs];
        for (int row = 0; row < Batch; row++)
            for (int pixel = 0; pixel < Inputs; pixel++)
                pictures[row, pixel] = (row * 31 + pixel * 17) % 101 / 101f;
        using var model = new Sequential(seed: 1)
        {
            new Dense(Hidden, "relu", inputShape: Inputs),
            new Dense(Classes, "softmax"),
        };
        model.Compile(new Adam(), "sparse_categorical_crossentropy", backend: backend);
        int[] labels = [.. Enumerable.Range(0, Batch).Select(row => row % Classes)];
        model.Fit(new InMemoryDataset(pictures, labels), epochs: 1, batchSize: Batch);
    }
}
