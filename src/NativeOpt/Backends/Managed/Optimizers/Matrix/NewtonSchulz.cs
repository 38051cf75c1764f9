using System.Numerics;
using System.Numerics.Tensors;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>What takes the place of dividing by the Frobenius norm before the iteration.</summary>
internal enum Preconditioning
{
    /// <summary>Nothing; the caller has divided.</summary>
    None,

    /// <summary>Almost orthogonal layers (Boissin et al. 2025).</summary>
    Aol,

    /// <summary>The Schatten norm of degree 4 (Grishina et al. 2025).</summary>
    Schatten,
}

/// <summary>
/// The iteration that makes a matrix nearly orthogonal: x becomes a x + (b A + c A^2) x with A = x x^T, or with x^T x on the right of a
/// tall x, which gives the same (Jordan et al. 2024). It owns nothing; its memory is the scratch.
/// </summary>
internal unsafe struct NewtonSchulz<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Below it a preconditioning divides by it.</summary>
    private const double LeastSize = 1e-8;

    /// <summary>
    /// Two to the power of these is that of A: eigenvalues that are as close as the last digits agree are then one.
    /// </summary>
    private const int LeastSquarings = 12, MostSquarings = 44;

    private readonly Scratch _scratch;
    private readonly long _rows, _columns, _side;
    private readonly T* _gram, _polynomial, _factors;
    private T* _next;

    /// <param name="rows">Rows of x.</param>
    /// <param name="columns">Columns of x.</param>
    /// <param name="extra">Elements that are added for the caller.</param>
    /// <param name="scratch">Where the memory comes from.</param>
    public NewtonSchulz(long rows, long columns, long extra, Scratch scratch)
    {
        (_rows, _columns, _scratch) = (rows, columns, scratch);
        _side = Math.Min(rows, columns);
        X = scratch.Get<T>(Scratch.Purpose.Matrix, 2 * rows * columns + 2 * _side * _side + _side + extra);
        _next = X + rows * columns;
        _gram = _next + rows * columns;
        _polynomial = _gram + _side * _side;
        _factors = _polynomial + _side * _side;
        Extra = _factors + _side;
    }

    /// <summary>The matrix; it changes its place with every iteration.</summary>
    public T* X { get; private set; }

    /// <summary>The caller's elements.</summary>
    public T* Extra { get; }

    private readonly bool IsTall => _rows > _columns;

    /// <summary>Multiplies x by a number.</summary>
    public readonly void Scale(T factor)
    {
        for (long row = 0; row < _rows; row++)
            Multiply(X + row * _columns, _columns, factor);
    }

    /// <summary>
    /// The largest singular value of x, the root of the largest eigenvalue of A = x x^T. The powers P of A, squared again and again,
    /// keep the eigenvectors of that one alone, and the sum of A P over trace P goes to it.
    /// </summary>
    public readonly T SpectralNorm()
    {
        MultiplyGram();
        T size = Trace(_gram);
        if (size == T.Zero)
            return T.Zero;
        T* power = _polynomial, square = _next;
        TensorPrimitives.Divide(Row(_gram, 0, _side * _side), size, new Span<T>(power, (int)(_side * _side)));
        T share = T.Zero;
        for (int k = 0; k < MostSquarings; k++)
        {
            var operand = new GemmOperand<T>(power, _side, 1);
            Gemm.Run(operand, operand, square, _side, _side, _side, _side, accumulate: false, _scratch);
            T before = share;
            share = Trace(square);
            Multiply(square, _side * _side, T.One / share);
            T* other = power;
            power = square;
            square = other;
            if (k >= LeastSquarings && T.Abs(share - before) <= MatrixMath.Epsilon<T>() * share)
                break;
        }
        return T.Sqrt(TensorPrimitives.Dot(Row(_gram, 0, _side * _side), Row(power, 0, _side * _side)));
    }

    /// <summary>One iteration for each a, b, c.</summary>
    public void Iterate(ReadOnlySpan<double> coefficients, Preconditioning preconditioning)
    {
        for (int k = 0; k < coefficients.Length; k += 3)
        {
            MultiplyGram();
            if (k == 0 && preconditioning == Preconditioning.Aol)
                ScaleByRowSums();
            if (k == 0 && preconditioning == Preconditioning.Schatten)
                ScaleByNorm();
            MakePolynomial(T.CreateTruncating(coefficients[k]), T.CreateTruncating(coefficients[k + 1]),
                T.CreateTruncating(coefficients[k + 2]));
            MultiplyPolynomial();
        }
    }

    private readonly void MultiplyGram()
    {
        var x = new GemmOperand<T>(X, _columns, 1);
        GemmOperand<T> wide = IsTall ? x.Transpose() : x;
        Gemm.Run(wide, wide.Transpose(), _gram, _side, _side, _side, Math.Max(_rows, _columns), accumulate: false, _scratch);
    }

    /// <summary>a I + b A + c A^2, so that x has to be multiplied once.</summary>
    private readonly void MakePolynomial(T a, T b, T c)
    {
        var gram = new GemmOperand<T>(_gram, _side, 1);
        Gemm.Run(gram, gram, _polynomial, _side, _side, _side, _side, accumulate: false, _scratch);
        for (long row = 0; row < _side; row++)
        {
            var combine = new CombineStep { Gram = _gram, To = _polynomial, B = Vector.Create(b), C = Vector.Create(c) };
            MatrixMath.ForEachVector<T, CombineStep>(row * _side, _side, ref combine);
            _polynomial[row * _side + row] += a;
        }
    }

    private void MultiplyPolynomial()
    {
        var x = new GemmOperand<T>(X, _columns, 1);
        var polynomial = new GemmOperand<T>(_polynomial, _side, 1);
        Gemm.Run(IsTall ? x : polynomial, IsTall ? polynomial : x, _next, _columns, _rows, _columns, _side, accumulate: false, _scratch);
        T* before = X;
        X = _next;
        _next = before;
    }

    /// <summary>Each row of x (column of a tall one) by 1 / sqrt(the sum of |A| along it).</summary>
    private readonly void ScaleByRowSums()
    {
        for (long i = 0; i < _side; i++)
            _factors[i] = Inverse(TensorPrimitives.SumOfMagnitudes(Row(_gram, i, _side)));
        for (long i = 0; i < _side; i++)
        {
            Multiply(_gram + i * _side, _side, _factors[i]);
            Multiply(_gram + i * _side, _side, _factors);
        }
        for (long row = 0; row < _rows; row++)
            if (IsTall)
                Multiply(X + row * _columns, _columns, _factors);
            else
                Multiply(X + row * _columns, _columns, _factors[row]);
    }

    /// <summary>x by 1 / sqrt(the Frobenius norm of A).</summary>
    private readonly void ScaleByNorm()
    {
        for (long i = 0; i < _side; i++)
            _factors[i] = TensorPrimitives.SumOfSquares(Row(_gram, i, _side));
        T factor = Inverse(T.Sqrt(MatrixMath.SumOf(_factors, _side)));
        Scale(factor);
        for (long i = 0; i < _side; i++)
            Multiply(_gram + i * _side, _side, factor * factor);
    }

    private readonly T Trace(T* matrix)
    {
        T sum = T.Zero;
        for (long i = 0; i < _side; i++)
            sum += matrix[i * _side + i];
        return sum;
    }

    private static T Inverse(T size) => T.One / T.Sqrt(MatrixMath.Larger(size, T.CreateTruncating(LeastSize)));

    private static ReadOnlySpan<T> Row(T* matrix, long row, long columns) => new(matrix + row * columns, (int)columns);

    private static void Multiply(T* row, long count, T factor)
    {
        var elements = new Span<T>(row, (int)count);
        TensorPrimitives.Multiply(elements, factor, elements);
    }

    private static void Multiply(T* row, long count, T* factors)
    {
        var elements = new Span<T>(row, (int)count);
        TensorPrimitives.Multiply(elements, new ReadOnlySpan<T>(factors, (int)count), elements);
    }

    private struct CombineStep : ILineStep<T>
    {
        public T* Gram;
        public T* To;
        public Vector<T> B, C;

        public readonly void Apply(in Place<T> place, long i, int lane) =>
            place.Store(B * place.Load(Gram + i) + C * place.Load(To + i), To + i);
    }
}
