using BenchmarkDotNet.Running;
using NativeOpt.Benchmarks;

// Arguments are BenchmarkDotNet's own: --filter '*Optimizer*', --list flat, --artifacts <folder> ...
BenchmarkSwitcher.FromAssembly(typeof(ShortConfig).Assembly).Run(args, new ShortConfig());
