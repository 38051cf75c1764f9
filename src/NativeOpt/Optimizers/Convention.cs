namespace NativeOpt;

/// <summary>Whose arithmetic a rule follows where the frameworks differ. Names and defaults are Keras' either way.</summary>
public enum Convention
{
    /// <summary>
    /// Keras 3: Adam's epsilon added before the bias correction, RMSprop's and Adagrad's under the root; decoupled weight decay;
    /// the learning rate inside the velocity.
    /// </summary>
    Keras,

    /// <summary>
    /// PyTorch 2: Adam's epsilon added after the bias correction, RMSprop's and Adagrad's beside the root; coupled weight decay;
    /// the learning rate outside the velocity.
    /// </summary>
    PyTorch,
}
