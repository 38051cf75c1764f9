using NativeOpt.Text;

namespace NativeOpt;

// Numbers that rules keep for each parameter beside its arrays.
public sealed partial class OptimizerState
{
    /// <summary>Names of the numbers that the rule keeps for a parameter, such as "v" of <see cref="NovoGrad"/>; mostly none.</summary>
    /// <param name="parameter">Name of the parameter.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public IReadOnlyList<string> GetNumberNames(string parameter) => [.. _optimizer.FindParameter(parameter).Block.NumberNames];

    /// <summary>A number that the rule keeps for a parameter; 0 before the first step.</summary>
    /// <param name="parameter">Name of the parameter.</param>
    /// <param name="number">Name of the number.</param>
    /// <exception cref="ArgumentException">There is no such parameter or number.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public double GetNumber(string parameter, string number) => FindNumber(parameter, number);

    /// <summary>Overwrites a number that the rule keeps for a parameter.</summary>
    /// <param name="parameter">Name of the parameter.</param>
    /// <param name="number">Name of the number.</param>
    /// <param name="value">The new value.</param>
    /// <exception cref="ArgumentException">There is no such parameter or number.</exception>
    /// <exception cref="InvalidOperationException">A step is open.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public void SetNumber(string parameter, string number, double value)
    {
        ref double found = ref FindNumber(parameter, number);
        _optimizer.ThrowIfStepIsOpen();
        found = value;
    }

    private ref double FindNumber(string parameter, string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        OptimizerParameter found = _optimizer.FindParameter(parameter);
        IReadOnlyList<string> names = found.Block.NumberNames;
        for (int i = 0; i < names.Count; i++)
            if (names[i] == number)
                return ref found.Block.NumbersOf(found.Range)[i];
        throw new ArgumentException(NearestName.Explain("number", number, names), nameof(number));
    }
}
