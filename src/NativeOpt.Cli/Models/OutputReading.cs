using System.Globalization;
using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Models;

/// <summary>What the outputs of a model mean: classes with probabilities, or numbers.</summary>
internal sealed class OutputReading
{
    private readonly int _outputs;
    private readonly bool _fromLogits, _isMargin;

    /// <summary>Of a model.</summary>
    public OutputReading(Sequential model, Preprocessing preprocessing)
    {
        _outputs = model.Layers[^1].OutputColumns;
        _fromLogits = model.Loss?.TakesLogits ?? false;
        _isMargin = model.Loss is Hinge or SquaredHinge or CategoricalHinge;
        ClassNames = preprocessing.ClassNames.Count > 0 ? preprocessing.ClassNames
            : model.Loss is { TakesLabels: true } ? Numbers(_outputs)
            : [];
        string target = preprocessing.Encoding?.TargetName ?? "output";
        ValueNames = _outputs == 1 ? ["prediction"] : [.. Enumerable.Range(1, _outputs).Select(number => $"{target}{number}")];
    }

    /// <summary>What the classes are called; none where outputs are numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>What the numbers are called where there are no classes.</summary>
    public IReadOnlyList<string> ValueNames { get; }

    /// <summary>Whether the prediction is a class.</summary>
    public bool IsClass => ClassNames.Count > 0;

    /// <summary>Whether there are probabilities: not of a loss that looks for a margin.</summary>
    public bool HasProbabilities => IsClass && !_isMargin;

    /// <summary>The class of a row.</summary>
    /// <param name="outputs">Of the model.</param>
    /// <param name="row">The row.</param>
    /// <param name="probabilities">Receives one for each class.</param>
    public int ReadClass(float[,] outputs, int row, Span<double> probabilities)
    {
        if (_outputs == 1)
        {
            double value = outputs[row, 0];
            probabilities[1] = _fromLogits ? 1 / (1 + Math.Exp(-value)) : value;
            probabilities[0] = 1 - probabilities[1];
            return value > (_fromLogits || _isMargin ? 0 : 0.5) ? 1 : 0;
        }
        int best = 0;
        for (int i = 0; i < _outputs; i++)
        {
            probabilities[i] = outputs[row, i];
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        if (_fromLogits)
            Softmax(probabilities, probabilities[best]);
        return best;
    }

    private static string[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    private static void Softmax(Span<double> values, double largest)
    {
        double sum = 0;
        foreach (ref double value in values)
            sum += value = Math.Exp(value - largest);
        foreach (ref double value in values)
            value /= sum;
    }
}
