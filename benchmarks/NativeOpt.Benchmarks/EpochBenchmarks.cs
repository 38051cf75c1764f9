using BenchmarkDotNet.Attributes;

namespace NativeOpt.Benchmarks;

/// <summary>One epoch of Fit: 784 to 128 relu to 10 softmax, Adam, batch 32, on random pictures in the size of Fashion-MNIST.</summary>
[WarmupCount(1), IterationCount(3)]
public class EpochBenchmarks
{
    private const int Pictures = 60_000;
    private const int Pixels = 784;
    private const int Classes = 10;

    private InMemoryDataset? _data;
    private Sequential? _managed;
    private Sequential? _native;

    /// <summary>Makes the data and a model on each backend.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var pictures = new float[Pictures, Pixels];
        var labels = new int[Pictures];
        for (int row = 0; row < Pictures; row++)
        {
            labels[row] = random.Next(Classes);
            for (int pixel = 0; pixel < Pixels; pixel++)
                pictures[row, pixel] = random.NextSingle();
        }
        _data = new InMemoryDataset(pictures, labels);
        _managed = CreateModel(BackendKind.Managed);
        _native = CreateModel(BackendKind.Native);
    }

    /// <summary>Closes the models.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _managed?.Dispose();
        _native?.Dispose();
    }

    /// <summary>The reference in C#.</summary>
    [Benchmark(Baseline = true)]
    public History Managed() => _managed!.Fit(_data!, epochs: 1);

    /// <summary>The core.</summary>
    [Benchmark]
    public History Native() => _native!.Fit(_data!, epochs: 1);

    private static Sequential CreateModel(BackendKind backend)
    {
        var model = new Sequential(seed: 1)
        {
            new Dense(128, "relu", inputShape: Pixels),
            new Dense(Classes, "softmax"),
        };
        model.Compile(new Adam(), "sparse_categorical_crossentropy", backend: backend);
        return model;
    }
}
