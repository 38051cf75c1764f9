using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace NativeOpt.Cli.Commands;

/// <summary>The version of the program.</summary>
internal static class ProductVersion
{
    /// <summary>"0.1.0": without what the build adds after a plus sign.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "unknown";
}

/// <summary>--version.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ProductVersion.Text);
        return ExitCode.Success;
    }
}
