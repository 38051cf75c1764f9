using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Optimizers;

/// <summary>
/// Where a step finds weights and gradients. Arrays of an arena stay where they are; those of a caller are there during a call
/// only, and the operations of the plans are pointed at them each time.
/// </summary>
internal sealed unsafe class ArrayPlaces
{
    private readonly AlignedBuffer? _weights, _gradients;
    private readonly List<(nint Place, long Offset)> _weightPlaces = [], _gradientPlaces = [];

    /// <summary>The arrays of a caller.</summary>
    public ArrayPlaces() => AreCallers = true;

    /// <summary>Arrays that stay; a plan that follows them keeps them alive.</summary>
    public ArrayPlaces(AlignedBuffer weights, AlignedBuffer gradients) : this(weights, gradients, areCallers: false) { }

    private ArrayPlaces(AlignedBuffer? weights, AlignedBuffer? gradients, bool areCallers) =>
        (_weights, _gradients, AreCallers) = (weights, gradients, areCallers);

    /// <summary>Whether the arrays are a caller's.</summary>
    public bool AreCallers { get; }

    /// <summary>The same weights, with gradients that stay.</summary>
    public ArrayPlaces WithGradients(AlignedBuffer gradients) => new(_weights, gradients, AreCallers);

    /// <summary>Lets a pointer of an operation of <paramref name="plan"/> follow the weights.</summary>
    public void FollowWeights(StepPlan plan, void** place, long byteOffset = 0) =>
        Follow(plan, _weights, _weightPlaces, place, byteOffset);

    /// <summary>Lets a pointer of an operation of <paramref name="plan"/> follow the gradients.</summary>
    public void FollowGradients(StepPlan plan, void** place, long byteOffset = 0) =>
        Follow(plan, _gradients, _gradientPlaces, place, byteOffset);

    /// <summary>Points all followers at the arrays of a call; null when it is over. For arrays of a caller only.</summary>
    public void PointAt(void* weights, void* gradients)
    {
        Point(_weightPlaces, (byte*)weights);
        Point(_gradientPlaces, (byte*)gradients);
    }

    private static void Follow(StepPlan plan, AlignedBuffer? buffer, List<(nint, long)> places, void** place, long byteOffset)
    {
        if (buffer is null)
            places.Add(((nint)place, byteOffset));
        else
            *place = (byte*)plan.Use(buffer) + byteOffset;
    }

    private static void Point(List<(nint Place, long Offset)> places, byte* start)
    {
        foreach ((nint place, long offset) in places)
            *(void**)place = start is null ? null : start + offset;
    }
}
