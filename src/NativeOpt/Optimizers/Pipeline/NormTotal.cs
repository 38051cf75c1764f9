namespace NativeOpt.Optimizers;

/// <summary>The norm of several arrays together, from their norms.</summary>
internal struct NormTotal
{
    private double _order;
    private double _sum;

    /// <summary>The norm; NaN where there was none to add, or norms of different orders.</summary>
    public readonly double Value =>
        _order == 0 ? double.NaN
        : _order == 1 || double.IsInfinity(_order) ? _sum
        : _order == 2 ? Math.Sqrt(_sum) : Math.Pow(_sum, 1 / _order);

    /// <summary>Adds the norm of one more array.</summary>
    public void Add(double norm, double order)
    {
        if (_order == 0)
            _order = order;
        if (_order != order)
            _sum = double.NaN;
        else if (double.IsInfinity(order))
            _sum = Math.Max(_sum, norm);
        else
            _sum += order == 1 ? norm : order == 2 ? norm * norm : Math.Pow(norm, order);
    }
}
