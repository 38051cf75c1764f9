using System.Collections.Concurrent;
using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>Predictions of several threads on one model, and predictors.</summary>
public class ServingTests
{
    private const int ThreadCount = 16;

    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 64);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Predict_OfSixteenThreads_GivesWhatOneGives(string backend)
    {
        using Sequential model = TestModels.Digits(TestBackends.Open(backend));
        model.Fit(Data);
        float[,] expected = model.Predict(Data.X);

        ConcurrentBag<float[,]> all = OnThreads(() =>
        {
            float[,] last = model.Predict(Data.X);
            for (int i = 0; i < 50; i++)
                last = model.Predict(Data.X);
            return last;
        });

        Assert.Equal(ThreadCount, all.Count);
        Assert.All(all, predictions => Assert.Equal(expected, predictions));
    }

    [Fact]
    public void Predict_OfSixteenThreadsOnAModelThatIsNotBuilt_BuildsItOnce()
    {
        using var model = new Sequential(3) { new Dense(4, "tanh"), new Dense(2) };
        float[,] x = TestModels.Waves(5, 3);

        float[][,] all = [.. OnThreads(() => model.Predict(x))];

        Assert.All(all, predictions => Assert.Equal(all[0], predictions));
    }

    [Fact]
    public void Fit_WhileAnotherThreadPredicts_IsRefusedOrTakesItsTurn()
    {
        using Sequential model = TestModels.Digits();
        model.Fit(Data);
        float[,] big = TestModels.Waves(4000, 64);
        var thread = new Thread(() => model.Predict(big, 4000));
        thread.Start();

        Exception? failure = Record.Exception(() => model.Fit(Data));

        thread.Join();
        Assert.True(failure is null or InvalidOperationException, failure?.ToString());
        model.Fit(Data);
    }

    [Fact]
    public void Dispose_WhileOthersPredict_EndsThemOneWayOrTheOther()
    {
        Sequential model = TestModels.Digits();
        model.Fit(Data);
        int started = 0;
        var closer = new Thread(() =>
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref started) > 0);
            model.Dispose();
        });
        closer.Start();

        ConcurrentBag<Exception?> ends = OnThreads<Exception?>(() => Record.Exception(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                model.Predict(Data.X);
                Interlocked.Increment(ref started);
            }
        }));

        closer.Join();
        Assert.All(ends, end => Assert.True(end is null or ObjectDisposedException, end?.ToString()));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Predictor_GivesWhatTheModelGives(string backend)
    {
        using var model = new Sequential(3)
        {
            new Dense(8, inputShape: 6), new BatchNormalization(), new ReLU(), new Dropout(0.5), new Dense(3, "softmax"),
        };
        model.Compile(new Adam(), "sparse_categorical_crossentropy", null, TestBackends.Open(backend));
        float[,] x = TestModels.Waves(4, 6);
        model.Fit(x, new[] { 0, 1, 2, 1 }, epochs: 3);
        float[] flat = [.. x.Cast<float>()];
        float[] y = new float[12], one = new float[3];

        using Predictor predictor = model.CreatePredictor(maxRows: 4);
        predictor.Predict(flat, y);
        predictor.Predict(flat.AsSpan(6, 6), one);

        Assert.All(model.Predict(x).Cast<float>().Zip(y), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal(y[3..6], one);
    }

    [Fact]
    public void Predictor_KeepsItsWeightsAndAllocatesNothing()
    {
        Sequential model = TestModels.Digits();
        float[] x = new float[64], before = new float[10], after = new float[10];
        model.Fit(Data);
        using Predictor predictor = model.CreatePredictor();
        predictor.Predict(x, before);

        model.Fit(Data);
        model.Dispose();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        predictor.Predict(x, after);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.Equal(before, after);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Predictor_RefusesOtherLengthsAndUseAfterItsEnd()
    {
        using Sequential model = TestModels.Digits();
        Predictor predictor = model.CreatePredictor(maxRows: 2);

        Refuses("x has 63 numbers; it must have 1 to 2 rows of 64", 63, 10);
        Refuses("x has 192 numbers", 192, 30);
        Refuses("x has 0 numbers", 0, 0);
        Refuses("y has 10 numbers; 2 rows of 10 are 20", 128, 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreatePredictor(0));
        predictor.Dispose();
        predictor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => predictor.Predict(new float[64], new float[10]));

        void Refuses(string problem, int x, int y) => Assert.Contains(
            problem, Assert.Throws<ArgumentException>(() => predictor.Predict(new float[x], new float[y])).Message, StringComparison.Ordinal);
    }

    private static ConcurrentBag<T> OnThreads<T>(Func<T> function)
    {
        var results = new ConcurrentBag<T>();
        using var start = new Barrier(ThreadCount);
        Thread[] threads = [.. Enumerable.Range(0, ThreadCount).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            results.Add(function());
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return results;
    }
}
