using System.Globalization;
using System.Text.RegularExpressions;

namespace NativeOpt.Cli.Replay.Schedules;

/// <summary>
/// The arithmetic of Python in one variable, for rates that a file gives as text: numbers, + - * / // % **, comparisons, "a if b else
/// c", and, or, not, min, max, abs, round, int, float, math.sqrt, exp, log, cos, sin, pi. "lambda t:" may stand in front, and a remark in
/// parentheses behind.
/// </summary>
internal sealed partial class PythonExpression
{
    // Every one of them may be a call within a call.
    private const int MaxTokens = 500;

    private readonly string _path;
    private readonly string _text;
    private readonly string[] _tokens;
    private readonly string? _variable;
    private double _value;
    private int _at;

    private PythonExpression(string text, string path)
    {
        (_text, _path) = (text, path);
        _tokens = [.. Token().Matches(text).Select(match => match.Value)];
        if (_tokens.Length > MaxTokens)
            throw new ReplayException(
                $"{path} has {_tokens.Length} words and signs, beginning with '{text[..40]}'; there may be {MaxTokens} at most");
        if (_tokens is ["lambda", var name, ":", ..])
            (_variable, _tokens) = (name, _tokens[3..]);
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">Such as "0.95**t".</param>
    /// <param name="path">What messages call it.</param>
    /// <returns>Its value for a number of steps.</returns>
    /// <exception cref="ReplayException">It is no expression of this kind.</exception>
    public static Func<long, double> Parse(string text, string path)
    {
        var expression = new PythonExpression(text, path);
        // Once, so that what is wrong with it is said before anything runs.
        _ = expression.Evaluate(1);
        return step => expression.Evaluate(step);
    }

    private double Evaluate(double value)
    {
        (_value, _at) = (value, 0);
        double result = Conditional();
        return Next is "" or "(" ? result : throw Fail();
    }

    private string Next => _at < _tokens.Length ? _tokens[_at] : "";

    private bool Take(string token)
    {
        if (Next != token)
            return false;
        _at++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
            throw Fail();
    }

    private double Conditional()
    {
        double chosen = Or();
        if (!Take("if"))
            return chosen;
        double condition = Or();
        Expect("else");
        double other = Conditional();
        return condition != 0 ? chosen : other;
    }

    private double Or()
    {
        double left = And();
        while (Take("or"))
        {
            double right = And();
            left = left != 0 ? left : right;
        }
        return left;
    }

    private double And()
    {
        double left = Not();
        while (Take("and"))
        {
            double right = Not();
            left = left == 0 ? left : right;
        }
        return left;
    }

    private double Not() => Take("not") ? (Not() == 0 ? 1 : 0) : Comparison();

    // "10 < t < 20" compares each with the next.
    private double Comparison()
    {
        double left = Sum();
        bool? holds = null;
        while (Next is "<" or ">" or "<=" or ">=" or "==" or "!=")
        {
            string sign = _tokens[_at++];
            double right = Sum();
            bool isSo = sign switch
            {
                "<" => left < right,
                ">" => left > right,
                "<=" => left <= right,
                ">=" => left >= right,
                "==" => left == right,
                _ => left != right,
            };
            holds = (holds ?? true) && isSo;
            left = right;
        }
        return holds is null ? left : holds.Value ? 1 : 0;
    }

    private double Sum()
    {
        double left = Product();
        while (Next is "+" or "-")
            left = Take("+") ? left + Product() : Take("-") ? left - Product() : left;
        return left;
    }

    private double Product()
    {
        double left = Unary();
        while (Next is "*" or "/" or "//" or "%")
        {
            string sign = _tokens[_at++];
            double right = Unary();
            left = sign switch
            {
                "*" => left * right,
                "/" => left / right,
                "//" => Math.Floor(left / right),
                // The remainder has the sign of the divisor.
                _ => left - right * Math.Floor(left / right),
            };
        }
        return left;
    }

    private double Unary() => Take("-") ? -Unary() : Take("+") ? Unary() : Power();

    private double Power()
    {
        double basis = Atom();
        return Take("**") ? Math.Pow(basis, Unary()) : basis;
    }

    private double Atom()
    {
        if (Take("("))
        {
            double inner = Conditional();
            Expect(")");
            return inner;
        }
        string token = Next;
        _at++;
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return number;
        string name = token.StartsWith("math.", StringComparison.Ordinal) ? token["math.".Length..] : token;
        if (name == "pi")
            return Math.PI;
        if (name.Length > 0 && char.IsLetter(name[0]) && Next == "(" && name != _variable)
            return Call(name);
        return _variable is null ? name is "t" or "epoch" or "step" or "e" or "s" or "x" or "n" or "i" ? _value : throw Fail()
            : name == _variable ? _value : throw Fail();
    }

    private double Call(string name)
    {
        Expect("(");
        var arguments = new List<double> { Conditional() };
        while (Take(","))
            arguments.Add(Conditional());
        Expect(")");
        return (name, arguments) switch
        {
            ("min", _) => arguments.Min(),
            ("max", _) => arguments.Max(),
            ("abs", [var x]) => Math.Abs(x),
            ("round", [var x]) => Math.Round(x, MidpointRounding.ToEven),
            ("int", [var x]) => Math.Truncate(x),
            ("float", [var x]) => x,
            ("floor", [var x]) => Math.Floor(x),
            ("ceil", [var x]) => Math.Ceiling(x),
            ("sqrt", [var x]) => Math.Sqrt(x),
            ("exp", [var x]) => Math.Exp(x),
            ("log", [var x]) => Math.Log(x),
            ("cos", [var x]) => Math.Cos(x),
            ("sin", [var x]) => Math.Sin(x),
            ("pow", [var x, var y]) => Math.Pow(x, y),
            _ => throw Fail(),
        };
    }

    private ReplayException Fail() => new($"{_path} is '{_text}'; that is no arithmetic of one variable, such as 0.95**t");

    [GeneratedRegex(@"\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|[A-Za-z_][A-Za-z_0-9.]*|\*\*|//|[<>=!]=|[-+*/%()<>,:]|\S")]
    private static partial Regex Token();
}
