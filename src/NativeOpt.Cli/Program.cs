using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Display;

var terminal = Terminal.FromConsole();
using var interruption = new Interruption();
try
{
    return CommandLine.Run(args, terminal, interruption.Token);
}
catch (OperationCanceledException)
{
    terminal.Error.WriteLine("interrupted; nothing was written");
    return interruption.ExitCode;
}
