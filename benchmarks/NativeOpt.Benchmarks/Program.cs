using BenchmarkDotNet.Running;
using NativeOpt.Benchmarks;
using NativeOpt.Benchmarks.Training;

// `turns` prints its table and `train` its rates; other arguments are BenchmarkDotNet's own: --filter '*Optimizer*', --list flat,
// --artifacts <folder> ...
if (args is ["turns", ..])
    AdamTurns.Run(args[1..]);
else if (args is ["train", ..])
    TrainingRun.Run(args[1..]);
else
    BenchmarkSwitcher.FromAssembly(typeof(ShortConfig).Assembly).Run(args, new ShortConfig());
