using System.Collections.Concurrent;
using NativeOpt.Backends;

namespace NativeOpt.Training;

/// <summary>Seats for as many threads as predict at the same time; they are kept for those to come.</summary>
/// <param name="network">The network.</param>
/// <param name="backend">Seats have others with its options.</param>
internal sealed class PredictionPool(Network network, IBackend backend) : IDisposable
{
    private readonly ConcurrentBag<PredictionSeat> _free = [];

    /// <summary>A seat with room for that many rows, until the result is disposed.</summary>
    public Lease Rent(int rows)
    {
        if (!_free.TryTake(out PredictionSeat? seat))
            seat = new PredictionSeat(network, backend.OpenAnother());
        var lease = new Lease(this, seat);
        try
        {
            seat.EnsureCapacity(rows);
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Releases the seats; none is rented any more.</summary>
    public void Dispose()
    {
        while (_free.TryTake(out PredictionSeat? seat))
            seat.Dispose();
    }

    /// <summary>The stay of a thread on a seat.</summary>
    public readonly ref struct Lease(PredictionPool pool, PredictionSeat seat)
    {
        private readonly PredictionPool _pool = pool;

        public PredictionSeat Seat { get; } = seat;

        public void Dispose() => _pool._free.Add(Seat);
    }
}
