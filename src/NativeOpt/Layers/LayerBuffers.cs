using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>Which pass of the network a layer adds its operations for.</summary>
/// <param name="IsTraining">
/// The forward of a training step, or the backward that belongs to it. Otherwise Evaluate or Predict, which have no backward.
/// </param>
/// <param name="WithoutActivation">y is what the layer's activation would get: the loss computes both together.</param>
/// <param name="Accumulate">Gradients of parameters are added to those that are there.</param>
internal readonly record struct LayerPass(bool IsTraining, bool WithoutActivation = false, bool Accumulate = false);

/// <summary>Memory a layer wants in a workspace, in the model's element type.</summary>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="Rows">Number of rows; null: as many as the batch has.</param>
internal readonly record struct BufferDescription(int Columns, int? Rows = null);

/// <summary>What a layer's forward step reads and writes.</summary>
/// <param name="X">Input.</param>
/// <param name="Y">Output.</param>
/// <param name="Own">In training: the memory of <see cref="Layer.DescribeBuffers"/>, in that order. Otherwise empty.</param>
internal readonly record struct ForwardBuffers(NoptMatrix X, NoptMatrix Y, IReadOnlyList<NoptMatrix> Own);

/// <summary>What a layer's backward step reads and writes: input and output of forward, gradients of both.</summary>
/// <param name="X">Input of forward.</param>
/// <param name="Y">Output of forward.</param>
/// <param name="Dy">Gradient of the output; may be overwritten.</param>
/// <param name="Dx">Gradient of the input; absent (null data) where nothing before the layer is trained.</param>
/// <param name="Own">What the forward of the same batch left in the memory of <see cref="Layer.DescribeBuffers"/>.</param>
internal readonly record struct BackwardBuffers(NoptMatrix X, NoptMatrix Y, NoptMatrix Dy, NoptMatrix Dx, IReadOnlyList<NoptMatrix> Own);
