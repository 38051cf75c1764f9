namespace NativeOpt.Tests.Layers;

/// <summary>y = x W + b with loops.</summary>
internal sealed class OwnDense(int units) : CustomLayer
{
    /// <summary>What the gradient of the kernel is multiplied with: 1 is right.</summary>
    public int Sign { get; init; } = 1;

    protected override int GetOutputColumns(int inputColumns) => units;

    protected override IReadOnlyList<LayerParameter> GetParameters(int inputColumns) =>
        [new("kernel", [inputColumns, units], "glorot_uniform"), new("bias", [units])];

    protected override void Forward<T>(in LayerForward<T> pass)
    {
        ReadOnlySpan<T> kernel = pass.Parameter(0);
        for (int row = 0; row < pass.Rows; row++)
            for (int unit = 0; unit < units; unit++)
            {
                T sum = pass.Parameter(1)[unit];
                for (int i = 0; i < pass.InputColumns; i++)
                    sum += pass.X[row * pass.InputColumns + i] * kernel[i * units + unit];
                pass.Y[row * units + unit] = sum;
            }
    }

    protected override void Backward<T>(in LayerBackward<T> pass)
    {
        int inputs = pass.InputColumns;
        if (pass.NeedsDx)
            pass.Dx.Clear();
        for (int row = 0; row < pass.Rows; row++)
            for (int unit = 0; unit < units; unit++)
            {
                T dy = pass.Dy[row * units + unit];
                pass.Gradient(1)[unit] += dy;
                for (int i = 0; i < inputs; i++)
                {
                    pass.Gradient(0)[i * units + unit] += pass.X[row * inputs + i] * dy * T.CreateChecked(Sign);
                    if (pass.NeedsDx)
                        pass.Dx[row * inputs + i] += pass.Parameter(0)[i * units + unit] * dy;
                }
            }
    }
}

/// <summary>y = x^2, with what backward needs kept by forward.</summary>
internal sealed class Square : CustomLayer
{
    protected override IReadOnlyList<int> GetKeptColumns(int inputColumns) => [inputColumns];

    protected override void Forward<T>(in LayerForward<T> pass)
    {
        for (int i = 0; i < pass.X.Length; i++)
        {
            pass.Y[i] = pass.X[i] * pass.X[i];
            if (pass.IsTraining)
                pass.Kept(0)[i] = pass.X[i] + pass.X[i];
        }
    }

    protected override void Backward<T>(in LayerBackward<T> pass)
    {
        for (int i = 0; i < pass.Dx.Length; i++)
            pass.Dx[i] = pass.Dy[i] * pass.Kept(0)[i];
    }
}

/// <summary>Adds the number of the training step, and counts the steps in a state.</summary>
internal sealed class AddStep : CustomLayer
{
    protected override bool IsTrainingOnly => true;

    protected override IReadOnlyList<LayerParameter> GetParameters(int inputColumns) => [new("count", [1], IsState: true)];

    protected override void Forward<T>(in LayerForward<T> pass)
    {
        for (int i = 0; i < pass.X.Length; i++)
            pass.Y[i] = pass.X[i] + T.CreateChecked(pass.Step);
        pass.State(0)[0] += T.One;
    }

    protected override void Backward<T>(in LayerBackward<T> pass) => pass.Dy.CopyTo(pass.Dx);
}

/// <summary>Throws in backward.</summary>
internal sealed class Failing : CustomLayer
{
    protected override void Forward<T>(in LayerForward<T> pass) => pass.X.CopyTo(pass.Y);

    protected override void Backward<T>(in LayerBackward<T> pass) => throw new NotSupportedException("not today");
}

/// <summary>Has a trained parameter of any shape and tries to change it.</summary>
internal sealed class AddShape(int[] shape) : CustomLayer
{
    protected override IReadOnlyList<LayerParameter> GetParameters(int inputColumns) => [new("p", shape)];

    protected override void Forward<T>(in LayerForward<T> pass) => pass.State(0).Clear();

    protected override void Backward<T>(in LayerBackward<T> pass) { }
}
