using Xunit;

namespace NativeOpt.Tests.Runtime;

/// <summary>Tests that change settings of the whole process: none of them runs beside another test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ProcessWide
{
    public const string Name = "process-wide settings";
}
