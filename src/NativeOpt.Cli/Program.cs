using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Display;

var terminal = Terminal.FromConsole();
using var interruption = new Interruption();
try
{
    return CommandLine.Run(args, terminal, interruption.Token);
}
catch (OperationCanceledException e)
{
    terminal.Error.WriteLine($"interrupted; {(e is InterruptedException ? e.Message : "nothing was written")}");
    return interruption.ExitCode;
}
