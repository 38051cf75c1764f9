using System.Diagnostics.Tracing;

namespace NativeOpt;

/// <summary>Events for dotnet-trace and EventListener: the library itself never prints.</summary>
[EventSource(Name = "NativeOpt")]
internal sealed class NativeOptEventSource : EventSource
{
    /// <summary>The one instance.</summary>
    public static readonly NativeOptEventSource Log = new();

    private NativeOptEventSource() { }

    /// <summary>Auto chose the managed backend; written once in a process.</summary>
    [Event(1, Level = EventLevel.Warning, Message = "The managed backend runs: {0}")]
    public void ManagedFallback(string reason) => WriteEvent(1, reason);
}
