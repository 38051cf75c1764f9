using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Checking;

/// <summary>A layer whose output is its parameter, whatever the input is: its gradient is that of the loss.</summary>
internal sealed class FreePredictions(int rows, int columns) : CustomLayer("predictions")
{
    protected override int GetOutputColumns(int inputColumns) => columns;

    protected override IReadOnlyList<LayerParameter> GetParameters(int inputColumns) => [new("values", [rows, columns])];

    protected override void Forward<T>(in LayerForward<T> pass) => pass.Parameter(0).CopyTo(pass.Y);

    protected override void Backward<T>(in LayerBackward<T> pass) => pass.Dy.CopyTo(pass.Gradient(0));
}
