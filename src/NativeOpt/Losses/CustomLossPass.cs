using NativeOpt.Interop;

namespace NativeOpt.Losses;

/// <summary>
/// Runs a loss of the user's over the rows of a batch, as the loss operation runs the others: it reads and writes what the
/// arguments of that operation name.
/// </summary>
internal sealed unsafe class CustomLossPass(CustomLoss loss, int columns)
{
    private readonly float[] _prediction = new float[columns];
    private readonly float[] _target = new float[loss.UsesLabels ? 1 : columns];
    private readonly float[] _gradient = new float[columns];

    /// <summary>Writes *LossSum, and Dy where it is there. Row counts are taken from <paramref name="rows"/>.</summary>
    public void Run(in NoptLossArgs args, int rows)
    {
        double sum = 0;
        bool wantsGradient = args.Dy.Data != null;
        for (int row = 0; row < rows; row++)
        {
            Read(args.Y, row, _prediction);
            Read(args.Targets, row, _target);
            double weight = args.SampleWeights.Data == null ? 1 : Element(args.SampleWeights, row);
            sum += weight * loss.Compute(_prediction, _target, wantsGradient ? _gradient : []);
            if (wantsGradient)
                Write(args.Dy, row, args.GradientScale * weight);
        }
        *args.LossSum = sum;
    }

    private static double Element(in NoptMatrix matrix, long row) => matrix.Dtype == (int)NoptDtype.F64
        ? ((double*)matrix.Data)[row * matrix.Stride]
        : ((float*)matrix.Data)[row * matrix.Stride];

    private static void Read(in NoptMatrix matrix, long row, Span<float> destination)
    {
        long first = row * matrix.Stride;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (NoptDtype)matrix.Dtype switch
            {
                NoptDtype.F64 => (float)((double*)matrix.Data)[first + i],
                NoptDtype.I32 => ((int*)matrix.Data)[first + i],
                _ => ((float*)matrix.Data)[first + i],
            };
        }
    }

    private void Write(in NoptMatrix matrix, long row, double scale)
    {
        long first = row * matrix.Stride;
        for (int i = 0; i < _gradient.Length; i++)
        {
            if (matrix.Dtype == (int)NoptDtype.F64)
                ((double*)matrix.Data)[first + i] = scale * _gradient[i];
            else
                ((float*)matrix.Data)[first + i] = (float)(scale * _gradient[i]);
        }
    }
}
