using BenchmarkDotNet.Running;
using NativeOpt.Benchmarks;

// `turns` prints its table; other arguments are BenchmarkDotNet's own: --filter '*Optimizer*', --list flat, --artifacts <folder> ...
if (args.Length > 0 && args[0] == "turns")
    AdamTurns.Run(args.Skip(1));
else
    BenchmarkSwitcher.FromAssembly(typeof(ShortConfig).Assembly).Run(args, new ShortConfig());
