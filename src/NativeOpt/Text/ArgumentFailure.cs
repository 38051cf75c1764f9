namespace NativeOpt.Text;

/// <summary>Failures of an inner method in the words of the method that the caller called.</summary>
internal static class ArgumentFailure
{
    /// <summary>Runs a function; if it refuses an argument, the failure names <paramref name="parameterName"/> instead.</summary>
    /// <exception cref="ArgumentException">The function threw one; it is the inner exception.</exception>
    public static T Rename<T>(Func<T> function, string parameterName)
    {
        try
        {
            return function();
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(Sentence(exception), parameterName, exception);
        }
    }

    /// <summary>The message without what the framework appends to it: the name of the parameter and the value.</summary>
    public static string Sentence(ArgumentException exception)
    {
        int end = exception.ParamName is { } name
            ? exception.Message.LastIndexOf($" (Parameter '{name}')", StringComparison.Ordinal)
            : -1;
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
