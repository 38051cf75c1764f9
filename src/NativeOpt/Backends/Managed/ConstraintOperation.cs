using System.Numerics;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>The constraint operation: weights brought back into the set that a constraint allows.</summary>
internal static unsafe class ConstraintOperation
{
    public static void Run(NoptConstraintArgs* args)
    {
        if ((NoptDtype)args->W.Dtype == NoptDtype.F64)
            Run<double>(args);
        else
            Run<float>(args);
    }

    private static void Run<T>(NoptConstraintArgs* args) where T : unmanaged, IRootFunctions<T>
    {
        var w = new MatrixRows<T>(args->W);
        if ((NoptConstraint)args->Constraint == NoptConstraint.NonNegative)
        {
            for (long row = 0; row < w.Rows; row++)
                MakeNonNegative(w.Data + row * w.Stride, w.Columns);
            return;
        }
        var rule = new NormRule<T>(*args);
        switch ((NoptNormGroup)args->Group)
        {
            case NoptNormGroup.Column:
                ConstrainColumns(w, rule);
                break;
            case NoptNormGroup.Row:
                for (long row = 0; row < w.Rows; row++)
                    Apply(rule, SumSquares(w.Data + row * w.Stride, w.Columns), w.Data + row * w.Stride, w.Columns);
                break;
            default:
                ConstrainAll(w, rule);
                break;
        }
    }

    private static void MakeNonNegative<T>(T* w, int count) where T : unmanaged, INumberBase<T>
    {
        int width = Vector<T>.Count;
        for (int i = 0; i < count; i += width)
        {
            int lanes = Math.Min(width, count - i);
            VectorTail.Store(VectorMath.Max(VectorTail.Load(w + i, lanes), Vector<T>.Zero), w + i, lanes);
        }
    }

    // A column is summed row after row.
    private static void ConstrainColumns<T>(in MatrixRows<T> w, in NormRule<T> rule) where T : unmanaged, IRootFunctions<T>
    {
        int width = Vector<T>.Count;
        for (int column = 0; column < w.Columns; column += width)
        {
            int lanes = Math.Min(width, w.Columns - column);
            Vector<T> squares = Vector<T>.Zero;
            for (long row = 0; row < w.Rows; row++)
            {
                Vector<T> v = VectorTail.Load(w.Data + row * w.Stride + column, lanes);
                squares += v * v;
            }
            Vector<T> factor = rule.Factor(Vector.SquareRoot(squares));
            for (long row = 0; row < w.Rows; row++)
            {
                T* place = w.Data + row * w.Stride + column;
                VectorTail.Store(rule.Apply(VectorTail.Load(place, lanes), factor), place, lanes);
            }
        }
    }

    private static void ConstrainAll<T>(in MatrixRows<T> w, in NormRule<T> rule) where T : unmanaged, IRootFunctions<T>
    {
        double squares = 0;
        for (long row = 0; row < w.Rows; row++)
            squares += double.CreateTruncating(SumSquares(w.Data + row * w.Stride, w.Columns));
        for (long row = 0; row < w.Rows; row++)
            Apply(rule, T.CreateTruncating(squares), w.Data + row * w.Stride, w.Columns);
    }

    private static T SumSquares<T>(T* w, int count) where T : unmanaged, INumberBase<T>
    {
        int width = Vector<T>.Count;
        var sum = new LineSum<T>();
        for (int i = 0; i < count; i += width)
        {
            Vector<T> v = VectorTail.Load(w + i, Math.Min(width, count - i));
            sum.Add(i, v * v);
        }
        return sum.Total();
    }

    private static void Apply<T>(in NormRule<T> rule, T squares, T* w, int count) where T : unmanaged, IRootFunctions<T>
    {
        Vector<T> factor = rule.Factor(Vector.Create(T.Sqrt(squares)));
        int width = Vector<T>.Count;
        for (int i = 0; i < count; i += width)
        {
            int lanes = Math.Min(width, count - i);
            VectorTail.Store(rule.Apply(VectorTail.Load(w + i, lanes), factor), w + i, lanes);
        }
    }

    /// <summary>What a norm means for the weights it was taken over: nopt_constraint.</summary>
    private readonly struct NormRule<T>(in NoptConstraintArgs args) where T : unmanaged, INumberBase<T>
    {
        private readonly NoptConstraint _constraint = (NoptConstraint)args.Constraint;
        private readonly Vector<T> _minimum = VectorMath.Broadcast<T>(args.Minimum);
        private readonly Vector<T> _maximum = VectorMath.Broadcast<T>(args.Maximum);
        private readonly Vector<T> _rate = VectorMath.Broadcast<T>(args.Rate);
        private readonly Vector<T> _rest = VectorMath.Broadcast<T>(1 - args.Rate);
        private readonly Vector<T> _epsilon = VectorMath.Broadcast<T>(args.Epsilon);

        /// <summary>What <see cref="Apply"/> multiplies by, or divides by.</summary>
        public Vector<T> Factor(Vector<T> norm)
        {
            Vector<T> divisor = _epsilon + norm;
            return _constraint switch
            {
                NoptConstraint.MaxNorm => VectorMath.Clamp(norm, Vector<T>.Zero, _maximum) / divisor,
                NoptConstraint.UnitNorm => divisor,
                _ => (_rate * VectorMath.Clamp(norm, _minimum, _maximum) + _rest * norm) / divisor,
            };
        }

        public Vector<T> Apply(Vector<T> w, Vector<T> factor) => _constraint == NoptConstraint.UnitNorm ? w / factor : w * factor;
    }
}
