using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>What happens to a gradient before the rule sees it, in the order of nopt_prologue; neutral stages are skipped.</summary>
internal readonly struct StepPrologue<T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _gradientScale, _l1, _l2, _clipValue, _weightDecay, _weightFactor;
    private readonly bool _ignoresNonFinite, _scales, _hasL1, _hasL2, _clips, _maximizes, _decays, _shrinks;

    public StepPrologue(in NoptPrologue prologue, NoptStepFlags flags)
    {
        _ignoresNonFinite = (flags & NoptStepFlags.IgnoreNonFinite) != 0;
        (_scales, _gradientScale) = (prologue.GradientScale != 1, VectorMath.Broadcast<T>(prologue.GradientScale));
        (_hasL1, _l1) = (prologue.L1 != 0, VectorMath.Broadcast<T>(prologue.L1));
        (_hasL2, _l2) = (prologue.L2 != 0, VectorMath.Broadcast<T>(prologue.L2));
        (_clips, _clipValue) = (prologue.ClipValue != 0, VectorMath.Broadcast<T>(prologue.ClipValue));
        _maximizes = (flags & NoptStepFlags.Maximize) != 0;
        (_decays, _weightDecay) = (prologue.WeightDecay != 0, VectorMath.Broadcast<T>(prologue.WeightDecay));
        (_shrinks, _weightFactor) = (prologue.WeightFactor != 1, VectorMath.Broadcast<T>(prologue.WeightFactor));
    }

    /// <summary>Returns the gradient the rule takes; <paramref name="w"/> changes under decoupled decay only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Apply(ref Vector<T> w, Vector<T> g)
    {
        g = Penalize(w, g);
        if (_clips)
            g = VectorMath.Clamp(g, _clipValue);
        if (_maximizes)
            g = -g;
        if (_decays)
            g += _weightDecay * w;
        if (_shrinks)
            w *= _weightFactor;
        return g;
    }

    /// <summary>The stages up to l2, which make the gradient that is clipped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Penalize(Vector<T> w, Vector<T> g)
    {
        if (_ignoresNonFinite)
            g = VectorMath.FiniteOrZero(g);
        if (_scales)
            g *= _gradientScale;
        if (_hasL1)
            g += VectorMath.SignTimes(w, _l1);
        if (_hasL2)
            g += _l2 * w;
        return g;
    }

    /// <summary>The same for one element.</summary>
    public T Penalize(T w, T g) => Penalize(new Vector<T>(w), new Vector<T>(g))[0];
}
