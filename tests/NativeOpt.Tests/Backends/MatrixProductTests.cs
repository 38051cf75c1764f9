using NativeOpt.Backends;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>
/// The matrix products behind a dense layer, on sizes that leave every kind of remainder, against sums in double. The bound is
/// the usual one: |error| &lt;= c k eps (|a| |b|), element by element.
/// </summary>
public sealed class MatrixProductTests
{
    public static TheoryData<string, string, string> Shapes => ElementTypes.With(
    [
        "1x1x1", "1x10x784", "2x3x5", "3x17x1", "4x32x16", "5x15x33", "7x16x31", "16x17x257", "31x33x64", "32x128x100", "33x65x129",
        "129x31x300", "1x1030x2",
    ]);

    [SkippableTheory]
    [MemberData(nameof(Shapes))]
    public void DenseForward_AnyShape_IsTheProduct(string backendName, string type, string shape)
    {
        NoptDtype dtype = ElementTypes.Parse(type);
        (int batch, int width, int depth) = Parse(shape);
        using TestMatrix x = TestMatrix.Random(dtype, batch, depth, seed: 1);
        using TestMatrix w = TestMatrix.Random(dtype, depth, width, seed: 2);
        foreach (NoptGemm gemm in Implementations(backendName))
        {
            using IBackend backend = TestBackends.Open(backendName, gemm: gemm);
            using var y = new TestMatrix(dtype, batch, width);

            backend.Run(new NoptDenseForwardArgs { X = x.Native, W = w.Native, Y = y.Native });

            AssertProduct(y, depth, (row, k) => x[row, k], (k, column) => w[k, column]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Shapes))]
    public void DenseBackward_AnyShape_IsTheTransposedProducts(string backendName, string type, string shape)
    {
        NoptDtype dtype = ElementTypes.Parse(type);
        (int batch, int width, int depth) = Parse(shape);
        using TestMatrix x = TestMatrix.Random(dtype, batch, depth, seed: 1);
        using TestMatrix w = TestMatrix.Random(dtype, depth, width, seed: 2);
        using TestMatrix dy = TestMatrix.Random(dtype, batch, width, seed: 3);
        foreach (NoptGemm gemm in Implementations(backendName))
        {
            using IBackend backend = TestBackends.Open(backendName, gemm: gemm);
            using var dw = new TestMatrix(dtype, depth, width);
            using var db = new TestMatrix(dtype, 1, width);
            using var dx = new TestMatrix(dtype, batch, depth);

            backend.Run(new NoptDenseBackwardArgs
            {
                X = x.Native,
                W = w.Native,
                Dy = dy.Native,
                Dw = dw.Native,
                Db = db.Native,
                Dx = dx.Native,
            });

            AssertProduct(dw, batch, (row, k) => x[k, row], (k, column) => dy[k, column]);
            AssertProduct(db, batch, (_, _) => 1, (k, column) => dy[k, column]);
            AssertProduct(dx, width, (row, k) => dy[row, k], (k, column) => w[column, k]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void DenseBackward_Accumulating_AddsToWhatIsThere(string backendName)
    {
        const int batch = 33, width = 19, depth = 65;
        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, batch, depth, seed: 1);
        using TestMatrix dy = TestMatrix.Random(NoptDtype.F32, batch, width, seed: 2);
        foreach (NoptGemm gemm in Implementations(backendName))
        {
            using IBackend backend = TestBackends.Open(backendName, gemm: gemm);
            using TestMatrix dw = TestMatrix.Random(NoptDtype.F32, depth, width, seed: 3);
            using TestMatrix db = TestMatrix.Random(NoptDtype.F32, 1, width, seed: 4);
            double[] dwBefore = dw.Values(), dbBefore = db.Values();

            backend.Run(new NoptDenseBackwardArgs
            {
                Flags = (uint)NoptBackwardFlags.Accumulate,
                X = x.Native,
                Dy = dy.Native,
                Dw = dw.Native,
                Db = db.Native,
            });

            // One more term of the sum: what was there before, times one.
            AssertProduct(dw, batch + 1, (row, k) => k < batch ? x[k, row] : dwBefore[row * width],
                (k, column) => k < batch ? dy[k, column] : 0, (row, column) => dwBefore[row * width + column]);
            AssertProduct(db, batch + 1, (_, k) => k < batch ? 1 : 0,
                (k, column) => k < batch ? dy[k, column] : 0, (_, column) => dbBefore[column]);
        }
    }

    private static (int Batch, int Width, int Depth) Parse(string shape)
    {
        int[] sizes = [.. shape.Split('x').Select(int.Parse)];
        return (sizes[0], sizes[1], sizes[2]);
    }

    private static NoptGemm[] Implementations(string backendName) =>
        backendName == "managed" ? [NoptGemm.Auto] : [NoptGemm.Auto, NoptGemm.Openblas, NoptGemm.Own];

    private static void AssertProduct(TestMatrix c, int depth, Func<int, int, double> a, Func<int, int, double> b,
        Func<int, int, double>? start = null)
    {
        double[] actual = c.Values();
        double epsilon = c.Dtype == NoptDtype.F64 ? Math.Pow(2, -53) : Math.Pow(2, -24);
        for (int row = 0; row < c.Rows; row++)
            for (int column = 0; column < c.Columns; column++)
            {
                double sum = start?.Invoke(row, column) ?? 0;
                double size = Math.Abs(sum);
                for (int k = 0; k < depth; k++)
                {
                    double term = a(row, k) * b(k, column);
                    sum += term;
                    size += Math.Abs(term);
                }
                double error = Math.Abs(sum - actual[row * c.Columns + column]);
                Assert.True(error <= 2 * (depth + 1) * epsilon * size, $"[{row}, {column}] is off by {error:R}, size {size:R}");
            }
    }
}
