using BenchmarkDotNet.Running;
using NativeOpt.Benchmarks;
using NativeOpt.Benchmarks.Memory;
using NativeOpt.Benchmarks.Results;
using NativeOpt.Benchmarks.Startup;
using NativeOpt.Benchmarks.Steps;
using NativeOpt.Benchmarks.Training;

// The first word chooses a program of ours, which prints CSV; other arguments are BenchmarkDotNet's own: --filter '*Optimizer*',
// --list flat, --artifacts <folder>, --disasm ...
switch (args)
{
    case ["turns", ..]: AdamTurns.Run(args[1..]); break;
    case ["train", ..]: TrainingRun.Run(args[1..]); break;
    case ["curves", ..]: CurveRun.Run(args[1..]); break;
    case ["memory"]: MemoryRun.Run(); break;
    case ["startup", ..]: StartupRun.Run(args[1..]); break;
    case ["first-step", ..]: FirstStep.Run(args[1..]); break;
    case ["nothing"]: break;
    case ["pages", string measured, string results]: ResultPages.Write(measured, results); break;
    default:
        // Machine code can only be read from processes of their own.
        bool apart = ShortConfig.IsFull || args.Contains("--disasm");
        BenchmarkSwitcher.FromAssembly(typeof(ShortConfig).Assembly).Run(args, new ShortConfig(apart));
        break;
}
