using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Training;

public class LifetimeTests
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 128);

    [Fact]
    public void Fit_Cancelled_StopsBetweenBatchesAndLeavesAUsableModel()
    {
        using Sequential model = TestModels.Digits();
        using var source = new CancellationTokenSource();
        int batches = 0;
        var canceller = new ActionCallback { BatchEnd = (_, _, _) => CancelAt(6) };
        void CancelAt(int count)
        {
            if (++batches == count)
                source.Cancel();
        }

        Assert.ThrowsAny<OperationCanceledException>(() =>
            model.Fit(Data, epochs: 5, batchSize: 32, callbacks: [canceller], cancellationToken: source.Token));

        Assert.Equal(6, batches);
        Assert.Equal(6, model.Optimizer!.StepCount);
        Assert.Single(model.History!.Epochs);
        Assert.Single(model.Fit(Data).Epochs);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Dispose_DuringFitOnAnotherThread_EndsTheFit(string backend)
    {
        for (int round = 0; round < 20; round++)
        {
            Sequential model = TestModels.Digits(TestBackends.Open(backend));
            using var started = new ManualResetEventSlim();
            var signal = new ActionCallback { BatchEnd = (_, _, _) => started.Set() };
            Exception? failure = null;
            var thread = new Thread(() =>
                failure = Record.Exception(() => model.Fit(Data, epochs: int.MaxValue, batchSize: 32, callbacks: [signal])));

            thread.Start();
            started.Wait();
            Thread.SpinWait(round * 500);
            model.Dispose();
            thread.Join();

            Assert.IsType<ObjectDisposedException>(failure);
            Assert.Throws<ObjectDisposedException>(() => model.Predict(Data.X));
        }
    }

    [Fact]
    public void Dispose_InACallback_EndsTheFit()
    {
        Sequential model = TestModels.Digits();

        Assert.Throws<ObjectDisposedException>(() =>
            model.Fit(Data, batchSize: 32, callbacks: [new ActionCallback { BatchEnd = (m, _, _) => m.Dispose() }]));
    }

    [Fact]
    public void Dispose_AtTheEndOfTheTraining_LeavesTheFitItsResult()
    {
        Sequential model = TestModels.Digits();
        AlignedBuffer block = model.Arena.Parameters;

        History history = model.Fit(Data, epochs: 2, callbacks: [new ActionCallback { TrainEnd = (m, _) => m.Dispose() }]);

        Assert.Equal(2, history.Epochs.Count);
        Assert.True(block.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => model.Predict(Data.X));
    }

    [Fact]
    public void Dispose_Twice_DoesNothing()
    {
        Sequential model = TestModels.Digits();

        model.Dispose();
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.GetWeights());
    }

    [Fact]
    public void Use_OnAnotherThreadAfterwards_IsFine()
    {
        using Sequential model = TestModels.Digits();
        model.Fit(Data);
        float[,] here = model.Predict(Data.X);
        float[,]? there = null;

        var thread = new Thread(() => there = model.Predict(Data.X));
        thread.Start();
        thread.Join();

        Assert.Equal(here, there);
    }

    [Fact]
    public void Dispose_ReleasesTheArrays()
    {
        Sequential idle = TestModels.Digits();
        Sequential busy = TestModels.Digits();
        AlignedBuffer idleBlock = idle.Arena.Parameters;
        AlignedBuffer busyBlock = busy.Arena.Parameters;

        idle.Dispose();
        Assert.True(idleBlock.IsClosed);
        var closer = new ActionCallback
        {
            BatchEnd = (model, _, _) =>
            {
                model.Dispose();
                Assert.False(busyBlock.IsClosed);
            },
        };
        Assert.Throws<ObjectDisposedException>(() => busy.Fit(Data, batchSize: 32, callbacks: [closer]));
        Assert.True(busyBlock.IsClosed);
    }

    [Fact]
    public void Use_WhileAnotherThreadTrains_IsRefused()
    {
        using Sequential model = TestModels.Digits();
        Exception? predict = null, fit = null;
        var intruder = new ActionCallback
        {
            TrainBegin = m =>
            {
                // Entering and leaving again inside a Fit must not open the model to others.
                m.Predict(Data.X);
                var thread = new Thread(() =>
                {
                    predict = Record.Exception(() => m.Predict(Data.X));
                    fit = Record.Exception(() => m.Fit(Data));
                });
                thread.Start();
                thread.Join();
            },
        };

        model.Fit(Data, callbacks: [intruder]);

        Assert.Contains("one thread at a time", Assert.IsType<InvalidOperationException>(predict).Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(fit);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void EightModels_OnEightThreads_GiveTheNumbersOfOneAfterTheOther(string backend)
    {
        double[][] serial = [.. Enumerable.Range(0, 8).Select(seed => Train(backend, seed))];
        double[][] parallel = new double[8][];
        Exception?[] failures = new Exception?[8];

        Thread[] threads = [.. Enumerable.Range(0, 8).Select(seed =>
            new Thread(() => failures[seed] = Record.Exception(() => parallel[seed] = Train(backend, seed))))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.All(failures, Assert.Null);
        Assert.Equal(serial, parallel);
    }

    private static double[] Train(string backend, int seed)
    {
        using Sequential model = TestModels.Digits(TestBackends.Open(backend), seed: seed);
        model.Fit(Data, epochs: 3, batchSize: 20);
        return TestModels.Parameters(model);
    }
}
