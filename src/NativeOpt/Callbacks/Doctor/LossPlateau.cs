namespace NativeOpt.Doctor;

/// <summary>Whether the loss of epochs has stopped falling while it is still a large part of the first one.</summary>
internal sealed class LossPlateau
{
    private const double StillHigh = 0.2;

    private double _first = double.NaN;
    private double _best = double.PositiveInfinity;
    private int _wait;

    /// <summary>What the best loss has improved by in the last epochs, as a share of the first.</summary>
    public double Improvement { get; private set; }

    /// <summary>Takes the loss of an epoch.</summary>
    /// <param name="loss">Finite.</param>
    /// <param name="epochs">Epochs without improvement that make a plateau.</param>
    /// <param name="least">An improvement, as a share of the first loss.</param>
    public bool Add(double loss, int epochs, double least)
    {
        if (double.IsNaN(_first))
            _first = Math.Abs(loss);
        double improvement = (_best - loss) / _first;
        if (double.IsInfinity(_best) || improvement > least)
        {
            (_best, _wait) = (loss, 0);
            return false;
        }
        _wait++;
        Improvement = Math.Max(improvement, 0);
        return _wait >= epochs && Math.Abs(loss) > StillHigh * _first;
    }
}
