using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>Whole training steps: what they allocate, threads, closing in the middle, agreement of the backends.</summary>
public sealed unsafe class BackendBehaviourTests
{
    private const int Steps = 20;

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Run_AfterTheFirstSteps_AllocatesNothing(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var step = new TrainingStep(backend);

        Assert.Equal(0, AllocationProbe.BytesOf(() => step.Run(backend)));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Run_OnSeveralThreadsAtOnce_GivesEachTheResultItGetsAlone(string backendName)
    {
        TestBackends.Open(backendName).Dispose();
        const int threads = 6;
        double[][] alone = [.. Enumerable.Range(0, threads).Select(seed => Train(backendName, seed))];

        var together = new double[threads][];
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(seed => new Thread(() => together[seed] = Train(backendName, seed)))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());

        Assert.Equal(alone, together);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.Native), MemberType = typeof(TestBackends))]
    public void Train_OnNativeAndManaged_GoesTheSameWay(string backendName)
    {
        Close.AssertAll(Train("managed", seed: 1, NoptDtype.F64), Train(backendName, seed: 1), 1e-4, "w");
        Close.AssertAll(Train("managed", seed: 1), Train(backendName, seed: 1), 1e-4, "w");
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Train_LowersTheLoss(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var step = new TrainingStep(backend);
        step.Run(backend);
        double first = *step.LossSum;

        for (int i = 0; i < Steps; i++)
            step.Run(backend);

        Assert.True(*step.LossSum < 0.9 * first, $"{first} became {*step.LossSum}");
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Run_AfterDispose_IsAnObjectDisposedException(string backendName)
    {
        IBackend backend = TestBackends.Open(backendName);
        using var step = new TrainingStep(backend);
        backend.Dispose();
        backend.Dispose();

        Assert.Throws<ObjectDisposedException>(() => step.Run(backend));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Dispose_DuringARun_EndsTheRunOrRefusesTheNext(string backendName)
    {
        for (int round = 0; round < 10; round++)
        {
            IBackend backend = TestBackends.Open(backendName);
            using var step = new TrainingStep(backend);
            using var started = new ManualResetEventSlim();
            Exception? end = null;
            void RunForever()
            {
                while (true)
                {
                    step.Run(backend);
                    started.Set();
                }
            }

            var worker = new Thread(() => end = Record.Exception((Action)RunForever));
            worker.Start();
            started.Wait();
            backend.Dispose();
            worker.Join();

            Assert.IsType<ObjectDisposedException>(end);
        }
    }

    [Fact]
    public void Run_OfTheManagedBackendOnTwoThreadsAtOnce_IsRefused()
    {
        using IBackend backend = TestBackends.Open("managed");
        using var first = new TrainingStep(backend, seed: 1);
        using var second = new TrainingStep(backend, seed: 2);
        Exception? refusal = null;
        void RunUntilRefused(TrainingStep step)
        {
            while (Volatile.Read(ref refusal) is null)
                if (Record.Exception(() => step.Run(backend)) is { } exception)
                    Volatile.Write(ref refusal, exception);
        }

        var worker = new Thread(() => RunUntilRefused(first));
        worker.Start();
        RunUntilRefused(second);
        worker.Join();

        Assert.Contains("one thread at a time", Assert.IsType<InvalidOperationException>(refusal).Message, StringComparison.Ordinal);
        first.Run(backend);
    }

    private static double[] Train(string backendName, int seed, NoptDtype dtype = NoptDtype.F32)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var step = new TrainingStep(backend, seed, dtype);
        for (int i = 0; i < Steps; i++)
            step.Run(backend);
        return step.Weights;
    }
}
