using Xunit;

namespace NativeOpt.Tests.Optimizers;

public class OptimizerSettingsTests
{
    /// <summary>Settings that must be refused, and what the message must say.</summary>
    public static TheoryData<string, Func<OptimizerRule>, string> InvalidSettings => new()
    {
        { "rate NaN", () => new Sgd { LearningRate = double.NaN }, "LearningRate is NaN; it must be finite and not negative" },
        { "rate negative", () => new Adam { LearningRate = -1 }, "LearningRate is -1; it must be finite and not negative" },
        { "rate infinite", () => new RMSprop { LearningRate = double.PositiveInfinity }, "LearningRate is Infinity" },
        { "rate beyond float", () => new Sgd { LearningRate = 1e39 }, "LearningRate is 1E+39; it must be finite" },
        { "clip 0", () => new Sgd { ClipValue = 0 }, "ClipValue is 0; it must be finite and greater than 0" },
        { "clip negative", () => new Adam { ClipValue = -0.5 }, "ClipValue is -0.5; it must be finite and greater than 0" },
        { "clip NaN", () => new Adam { ClipValue = double.NaN }, "ClipValue is NaN; it must be finite and greater than 0" },
        { "clip subnormal", () => new Adam { ClipValue = 1e-40 }, "ClipValue is 1E-40; it must be finite and greater than 0" },
        { "decay negative", () => new Sgd { WeightDecay = -0.1 }, "WeightDecay is -0.1; it must be finite and not negative" },
        { "decay NaN", () => new RMSprop { WeightDecay = double.NaN }, "WeightDecay is NaN; it must be finite and not negative" },
        { "convention", () => new Sgd { Convention = (Convention)7 }, "Convention is 7; it must be Keras or PyTorch" },
        { "momentum above 1", () => new Sgd { Momentum = 1.5 }, "Momentum is 1.5; it must be at least 0 and at most 1" },
        { "momentum NaN", () => new Sgd { Momentum = double.NaN }, "Momentum is NaN; it must be at least 0 and at most 1" },
        { "dampening", () => new Sgd { Dampening = -1 }, "Dampening is -1; it must be at least 0 and at most 1" },
        { "rho 1", () => new RMSprop { Rho = 1 }, "Rho is 1; it must be at least 0 and less than 1" },
        { "rho negative", () => new RMSprop { Rho = -0.1 }, "Rho is -0.1; it must be at least 0 and less than 1" },
        { "rmsprop momentum", () => new RMSprop { Momentum = -1 }, "Momentum is -1; it must be at least 0 and at most 1" },
        { "rmsprop epsilon", () => new RMSprop { Epsilon = -1e-7 }, "Epsilon is -1E-07; it must be finite and not negative" },
        { "beta 1", () => new Adam { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "beta 2 NaN", () => new Adam { Beta2 = double.NaN }, "Beta2 is NaN; it must be at least 0 and less than 1" },
        { "adam epsilon", () => new Adam { Epsilon = double.NaN }, "Epsilon is NaN; it must be finite and not negative" },
        { "adamw beta 1", () => new AdamW { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "adamw beta 2", () => new AdamW { Beta2 = -1 }, "Beta2 is -1; it must be at least 0 and less than 1" },
        { "adam tiny epsilon", () => new Adam { Epsilon = 1e-45 }, "Epsilon is 1E-45; it must be finite and not negative (0, or at least" },
        { "adam huge rate", () => new Adam { LearningRate = 1e300 }, "LearningRate is 1E+300; it must be finite and not negative, in single" },
        { "adamw epsilon", () => new AdamW { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "adam root", () => new Adam { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "adamw root", () => new AdamW { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "nadamw beta 1", () => new NAdamW { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "nadamw beta 2", () => new NAdamW { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "nadamw epsilon", () => new NAdamW { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "nadamw root", () => new NAdamW { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "adamaxw beta 1", () => new AdamaxW { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "adamaxw beta 2", () => new AdamaxW { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "adamaxw epsilon", () => new AdamaxW { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "rmsprop start", () => new RMSprop { InitialScale = -1 }, "InitialScale is -1; it must be finite and not negative" },
        { "adagrad epsilon", () => new Adagrad { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        {
            "adagrad accumulator", () => new Adagrad { InitialAccumulatorValue = -1 },
            "InitialAccumulatorValue is -1; it must be finite and not negative"
        },
        { "adagrad decay", () => new Adagrad { LearningRateDecay = -1 }, "LearningRateDecay is -1; it must be finite and not negative" },
        { "adadelta rho", () => new Adadelta { Rho = 1 }, "Rho is 1; it must be at least 0 and less than 1" },
        { "adadelta epsilon", () => new Adadelta { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "adamax beta 1", () => new Adamax { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "adamax beta 2", () => new Adamax { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "adamax epsilon", () => new Adamax { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "nadam beta 1", () => new Nadam { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "nadam beta 2", () => new Nadam { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "nadam epsilon", () => new Nadam { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "nadam decay", () => new Nadam { MomentumDecay = -1 }, "MomentumDecay is -1; it must be finite and not negative" },
        { "radam beta 1", () => new RAdam { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "radam beta 2", () => new RAdam { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "radam epsilon", () => new RAdam { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "rprop minus", () => new Rprop { EtaMinus = 1 }, "EtaMinus is 1; it must be at least 0 and less than 1" },
        { "rprop plus", () => new Rprop { EtaPlus = 0.9 }, "EtaPlus is 0.9; it must be finite and at least 1" },
        { "rprop min", () => new Rprop { StepSizeMin = -1 }, "StepSizeMin is -1; it must be finite and not negative" },
        { "rprop max", () => new Rprop { StepSizeMax = 0 }, "StepSizeMax is 0; it must be finite and greater than 0" },
        { "asgd lambda", () => new Asgd { Lambda = -1 }, "Lambda is -1; it must be finite and not negative" },
        { "asgd alpha", () => new Asgd { Alpha = -1 }, "Alpha is -1; it must be finite and not negative" },
        { "asgd t0", () => new Asgd { T0 = double.NaN }, "T0 is NaN; it must be finite and not negative" },
        { "ftrl power", () => new Ftrl { LearningRatePower = 0.5 }, "LearningRatePower is 0.5; it must be at least -1 and at most 0" },
        { "ftrl power -2", () => new Ftrl { LearningRatePower = -2 }, "LearningRatePower is -2; it must be at least -1 and at most 0" },
        {
            "ftrl accumulator", () => new Ftrl { InitialAccumulatorValue = -1 },
            "InitialAccumulatorValue is -1; it must be finite and not negative"
        },
        { "ftrl l1", () => new Ftrl { L1 = -1 }, "L1 is -1; it must be finite and not negative" },
        { "ftrl l2", () => new Ftrl { L2 = -1 }, "L2 is -1; it must be finite and not negative" },
        { "ftrl shrinkage", () => new Ftrl { L2Shrinkage = -1 }, "L2Shrinkage is -1; it must be finite and not negative" },
        { "ftrl beta", () => new Ftrl { Beta = -1 }, "Beta is -1; it must be finite and not negative" },
        { "lion beta 1", () => new Lion { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "lion beta 2", () => new Lion { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "signum momentum", () => new SignSgd { Momentum = 1 }, "Momentum is 1; it must be at least 0 and less than 1" },
        { "adabelief beta 1", () => new AdaBelief { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "adabelief beta 2", () => new AdaBelief { Beta2 = -1 }, "Beta2 is -1; it must be at least 0 and less than 1" },
        { "adabelief epsilon", () => new AdaBelief { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "adabelief root", () => new AdaBelief { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "adan beta 1", () => new Adan { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "adan beta 2", () => new Adan { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "adan beta 3", () => new Adan { Beta3 = 1 }, "Beta3 is 1; it must be at least 0 and less than 1" },
        { "adan epsilon", () => new Adan { Epsilon = double.NaN }, "Epsilon is NaN; it must be finite and not negative" },
        { "adan root", () => new Adan { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "ademamix beta 1", () => new AdEMAMix { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "ademamix beta 2", () => new AdEMAMix { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "ademamix beta 3", () => new AdEMAMix { Beta3 = 1 }, "Beta3 is 1; it must be at least 0 and less than 1" },
        { "ademamix alpha", () => new AdEMAMix { Alpha = -1 }, "Alpha is -1; it must be finite and not negative" },
        { "ademamix epsilon", () => new AdEMAMix { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "ademamix root", () => new AdEMAMix { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "optimism", () => new OptimisticAdam { Optimism = -1 }, "Optimism is -1; it must be finite and not negative" },
        { "optimistic beta 1", () => new OptimisticAdam { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "optimistic beta 2", () => new OptimisticAdam { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "optimistic epsilon", () => new OptimisticAdam { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "optimistic root", () => new OptimisticAdam { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "amsgrad beta 1", () => new AmsGrad { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "amsgrad beta 2", () => new AmsGrad { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "amsgrad epsilon", () => new AmsGrad { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "amsgrad root", () => new AmsGrad { EpsilonRoot = -1 }, "EpsilonRoot is -1; it must be finite and not negative" },
        { "yogi beta 1", () => new Yogi { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "yogi beta 2", () => new Yogi { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "yogi epsilon", () => new Yogi { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "yogi start", () => new Yogi { InitialAccumulator = -1 }, "InitialAccumulator is -1; it must be finite and not negative" },
        { "madgrad momentum", () => new Madgrad { Momentum = 1 }, "Momentum is 1; it must be at least 0 and less than 1" },
        { "madgrad epsilon", () => new Madgrad { Epsilon = 0 }, "Epsilon is 0; it must be finite and greater than 0" },
        { "schedule-free beta 1", () => new ScheduleFreeSgd { Beta1 = 0 }, "Beta1 is 0; it must be finite and greater than 0" },
        { "schedule-free beta 1 at 1", () => new ScheduleFreeAdamW { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "schedule-free power", () => new ScheduleFreeSgd { WeightPower = -1 }, "WeightPower is -1; it must be finite and not negative" },
        { "schedule-free warmup", () => new ScheduleFreeSgd { WarmupSteps = -1 }, "WarmupSteps is -1; it must be finite and not negative" },
        { "schedule-free beta 2", () => new ScheduleFreeAdamW { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "schedule-free epsilon", () => new ScheduleFreeAdamW { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "adopt beta 1", () => new Adopt { Beta1 = 1 }, "Beta1 is 1; it must be at least 0 and less than 1" },
        { "adopt beta 2", () => new Adopt { Beta2 = 1 }, "Beta2 is 1; it must be at least 0 and less than 1" },
        { "adopt epsilon", () => new Adopt { Epsilon = 0 }, "Epsilon is 0; it must be finite and greater than 0" },
        { "sm3 momentum", () => new Sm3 { Momentum = 1 }, "Momentum is 1; it must be at least 0 and less than 1" },
        { "sm3 beta 2", () => new Sm3 { Beta2 = 1.1 }, "Beta2 is 1.1; it must be at least 0 and at most 1" },
        { "sm3 epsilon", () => new Sm3 { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "adafactor decay", () => new Adafactor { Beta2Decay = 0.8 }, "Beta2Decay is 0.8; it must be finite and at most 0" },
        { "adafactor epsilon 1", () => new Adafactor { Epsilon1 = -1 }, "Epsilon1 is -1; it must be finite and not negative" },
        { "adafactor epsilon 2", () => new Adafactor { Epsilon2 = -1 }, "Epsilon2 is -1; it must be finite and not negative" },
        { "adafactor clip", () => new Adafactor { ClipThreshold = 0 }, "ClipThreshold is 0; it must be finite and greater than 0" },
        { "adafactor momentum", () => new Adafactor { Momentum = 1 }, "Momentum is 1; it must be at least 0 and less than 1" },
        { "adafactor rate", () => new Adafactor { WeightDecayRate = -1 }, "WeightDecayRate is -1; it must be finite and not negative" },
        { "adafactor size", () => new Adafactor { MinDimSizeToFactor = 0 }, "MinDimSizeToFactor is 0; it must be at least 1" },
        { "adafactor offset", () => new Adafactor { DecayOffset = -1 }, "DecayOffset is -1; it must be at least 0" },
        { "muon momentum", () => new Muon { Momentum = 1 }, "Momentum is 1; it must be at least 0 and less than 1" },
        { "muon steps", () => new Muon { NsSteps = 100 }, "NsSteps is 100; it must be at least 0 and at most 99" },
        { "muon a", () => new Muon { MuonA = double.NaN }, "MuonA is NaN; it must be finite" },
        { "muon b", () => new Muon { MuonB = 1e40 }, "MuonB is 1E+40; it must be finite" },
        { "muon c", () => new Muon { MuonC = double.NaN }, "MuonC is NaN; it must be finite" },
        { "muon list", () => new Muon { NsCoefficients = [new(1, double.NaN, 1)] }, "NsCoefficients is NaN; it must be finite" },
        { "muon epsilon", () => new Muon { NsEpsilon = -1 }, "NsEpsilon is -1; it must be finite and not negative" },
        { "muon rms", () => new Muon { RmsRate = -1 }, "RmsRate is -1; it must be finite and not negative" },
        {
            "muon preconditioning", () => new Muon { Preconditioning = (MuonPreconditioning)7 },
            "Preconditioning is 7; it must be Frobenius or Spectral or Aol or Schatten"
        },
        { "muon adam beta 1", () => new Muon { AdamBeta1 = 1 }, "AdamBeta1 is 1; it must be at least 0 and less than 1" },
        { "muon adam beta 2", () => new Muon { AdamBeta2 = 1 }, "AdamBeta2 is 1; it must be at least 0 and less than 1" },
        { "muon adam epsilon", () => new Muon { Epsilon = -1 }, "Epsilon is -1; it must be finite and not negative" },
        { "muon adam root", () => new Muon { AdamEpsilonRoot = -1 }, "AdamEpsilonRoot is -1; it must be finite and not negative" },
        { "muon adam decay", () => new Muon { AdamWeightDecay = -1 }, "AdamWeightDecay is -1; it must be finite and not negative" },
        { "muon adam rate", () => new Muon { AdamLearningRate = -1 }, "AdamLearningRate is -1; it must be finite and not negative" },
        {
            "muon adam ratio", () => new Muon { AdamLearningRateRatio = -1 },
            "AdamLearningRateRatio is -1; it must be finite and not negative"
        },
    };

    /// <summary>Settings that are fine one by one and contradict each other.</summary>
    public static TheoryData<OptimizerRule, string> Contradictions => new()
    {
        {
            new Sgd { Momentum = 0.9, Dampening = 0.5 },
            "Dampening is 0.5; it must be 0 under Convention.Keras, because Keras has no dampening"
        },
        {
            new Sgd { Momentum = 0.9, Dampening = 0.5, Nesterov = true, Convention = Convention.PyTorch },
            "Dampening is 0.5; it must be 0 where Nesterov is true"
        },
        { new Sgd { Nesterov = true, Convention = Convention.PyTorch }, "it needs a Momentum greater than 0" },
        { new Adagrad { LearningRateDecay = 0.5 }, "LearningRateDecay is 0.5; it must be 0 under Convention.Keras" },
        { new Adam { AmsGrad = true, Nesterov = true }, "AmsGrad and Nesterov are both true; only one of them can be" },
        { new AdamW { AmsGrad = true, EpsilonRoot = 0.5 }, "AmsGrad is true and EpsilonRoot is 0.5; the rule AmsGrad" },
        { new Rprop { StepSizeMin = 3, StepSizeMax = 2 }, "StepSizeMin is 3; it must be at most StepSizeMax, which is 2" },
        {
            new Adafactor { WeightDecay = 0.1, WeightDecayRate = 0.2 },
            "WeightDecay is 0.1 and WeightDecayRate is 0.2; one of them must be 0"
        },
        { new Ftrl { LearningRate = 0 }, "LearningRate is 0; it must be greater than 0 for Ftrl" },
    };

    [Theory]
    [MemberData(nameof(InvalidSettings))]
    public void Setter_WithValueOutOfRange_NamesPropertyValueAndLimit(string row, Func<OptimizerRule> create, string message)
    {
        _ = row;
        var exception = Assert.Throws<ArgumentOutOfRangeException>(create);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(message[..message.IndexOf(' ', StringComparison.Ordinal)], exception.ParamName);
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Optimizer_OfContradictingSettings_IsRefused(OptimizerRule rule, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Optimizer(rule, BackendKind.Managed));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreThoseOfKeras()
    {
        var sgd = new Sgd();
        Assert.Equal((0.01, 0.0, false, 0.0), (sgd.LearningRate.InitialValue, sgd.Momentum, sgd.Nesterov, sgd.Dampening));
        var rmsprop = new RMSprop();
        Assert.Equal((0.001, 0.9, 0.0, 1e-7, false),
            (rmsprop.LearningRate.InitialValue, rmsprop.Rho, rmsprop.Momentum, rmsprop.Epsilon, rmsprop.Centered));
        var adam = new Adam();
        Assert.Equal((0.001, 0.9, 0.999, 1e-7, false),
            (adam.LearningRate.InitialValue, adam.Beta1, adam.Beta2, adam.Epsilon, adam.AmsGrad));
        Assert.Equal(0.004, new AdamW().WeightDecay);
        Assert.Equal((null, 0.0, false, Convention.Keras),
            (adam.ClipValue, adam.WeightDecay, adam.Maximize, adam.Convention));
    }

    /// <summary>The defaults of Keras, for rules it does not have those of PyTorch, optax or the authors' code, as printed.</summary>
    [Theory]
    [InlineData("adamw", "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-07, amsgrad=False, epsilon_root=0, nesterov=False")]
    [InlineData("nadamw", "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-08, epsilon_root=0, nesterov=True")]
    [InlineData("adamaxw", "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-08")]
    [InlineData("adagrad", "learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1E-07, lr_decay=0")]
    [InlineData("adadelta", "learning_rate=0.001, rho=0.95, epsilon=1E-07")]
    [InlineData("adamax", "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-07")]
    [InlineData("nadam",
        "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-07, momentum_decay=1, decoupled_weight_decay=False")]
    [InlineData("radam", "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-08, decoupled_weight_decay=False")]
    [InlineData("rprop", "learning_rate=0.01, eta_minus=0.5, eta_plus=1.2, step_size_min=1E-06, step_size_max=50")]
    [InlineData("asgd", "learning_rate=0.01, lambda=0.0001, alpha=0.75, t0=1000000")]
    [InlineData("ftrl",
        "learning_rate=0.001, learning_rate_power=-0.5, initial_accumulator_value=0.1, l1_regularization_strength=0, " +
        "l2_regularization_strength=0, l2_shrinkage_regularization_strength=0, beta=0")]
    [InlineData("lion", "learning_rate=0.001, beta_1=0.9, beta_2=0.99")]
    [InlineData("sign_sgd", "learning_rate=0.001, momentum=0")]
    [InlineData("signum", "learning_rate=0.001, momentum=0.9")]
    [InlineData("adabelief", "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-16, epsilon_root=1E-16, nesterov=False")]
    [InlineData("optimistic_adam",
        "learning_rate=0.001, optimism=, beta_1=0.9, beta_2=0.999, epsilon=1E-08, epsilon_root=0, nesterov=True")]
    [InlineData("amsgrad",
        "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1E-08, epsilon_root=0, correct_mean=True, correct_squares=True")]
    [InlineData("yogi", "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=0.001, initial_accumulator=1E-06")]
    [InlineData("madgrad", "learning_rate=0.01, momentum=0.9, epsilon=1E-06")]
    [InlineData("schedule_free_sgd", "learning_rate=1, beta_1=0.9, weight_power=, warmup_steps=0")]
    [InlineData("schedule_free_adamw", "learning_rate=0.0025, beta_1=0.9, weight_power=, warmup_steps=0, beta_2=0.999, epsilon=1E-08")]
    [InlineData("adan", "learning_rate=0.001, beta_1=0.98, beta_2=0.92, beta_3=0.99, epsilon=1E-08, epsilon_root=1E-08")]
    [InlineData("ademamix",
        "learning_rate=0.001, beta_1=0.9, beta_2=0.999, beta_3=0.9999, alpha=5, epsilon=1E-08, epsilon_root=0")]
    [InlineData("adopt", "learning_rate=0.001, beta_1=0.9, beta_2=0.9999, epsilon=1E-06, clipping=True, nesterov=False")]
    public void Defaults_OfOtherRules_AreThoseOfTheirAuthors(string name, string expected)
    {
        string[] shared = [.. OptimizerRule.SharedSettingNames];
        IEnumerable<string> settings = OptimizerRule.FromName(name).GetSettings().Where(setting => !shared.Contains(setting.Key))
            .Select(setting => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{setting.Key}={setting.Value}"));
        Assert.Equal(expected, string.Join(", ", settings));
    }

    /// <summary>Whose authors decouple the weight decay, even where PyTorch couples it.</summary>
    [Theory]
    [InlineData("adam", Convention.PyTorch, false)]
    [InlineData("adam", Convention.Keras, true)]
    [InlineData("adabelief", Convention.PyTorch, true)]
    [InlineData("adamw", Convention.PyTorch, true)]
    [InlineData("nadamw", Convention.PyTorch, true)]
    [InlineData("adamaxw", Convention.PyTorch, true)]
    [InlineData("adagrad", Convention.PyTorch, false)]
    [InlineData("nadam", Convention.PyTorch, false)]
    [InlineData("nadam(decoupled_weight_decay=true)", Convention.PyTorch, true)]
    [InlineData("nadam", Convention.Keras, true)]
    [InlineData("radam", Convention.PyTorch, false)]
    [InlineData("radam(decoupled_weight_decay=true)", Convention.PyTorch, true)]
    [InlineData("radam", Convention.Keras, true)]
    [InlineData("lion", Convention.PyTorch, true)]
    [InlineData("adan", Convention.PyTorch, true)]
    [InlineData("ademamix", Convention.PyTorch, true)]
    [InlineData("adopt", Convention.PyTorch, false)]
    [InlineData("sign_sgd", Convention.PyTorch, false)]
    [InlineData("madgrad", Convention.Keras, false)]
    public void WeightDecay_OfARule_IsDecoupledOrCoupled(string name, Convention convention, bool decoupled)
    {
        OptimizerRule rule = OptimizerRule.Parse(name) with { Convention = convention, WeightDecay = 0.25, LearningRate = 0.5 };
        Interop.NoptPrologue prologue = rule.CreatePrologue(0.5);
        Assert.Equal(decoupled ? (0, 0.875) : (0.25, 1), (prologue.WeightDecay, prologue.WeightFactor));
    }

    [Fact]
    public void Rules_WithEqualSettings_AreEqual()
    {
        Assert.Equal(new Adam { Beta2 = 0.95 }, new Adam { Beta2 = 0.95 });
        Assert.NotEqual(new Adam { Beta2 = 0.95 }, new Adam());
        Assert.NotEqual<OptimizerRule>(new Sgd { LearningRate = 0.001 }, new Adam());
    }

    [Fact]
    public void LearningRate_SetToNaN_KeepsTheOldOne()
    {
        using var optimizer = new Optimizer(new Adam(), BackendKind.Managed);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = double.NaN);
        Assert.StartsWith("LearningRate is NaN; it must be finite and not negative", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0.001, optimizer.LearningRate);
    }

    [Fact]
    public void Step_OfFtrlAtRateZero_IsRefusedAndChangesNothing()
    {
        using var optimizer = new Optimizer(new Ftrl(), BackendKind.Managed);
        optimizer.LearningRate = 0;
        float[] weights = [1, 2];
        Assert.StartsWith("LearningRate is 0; it must be greater than 0 for Ftrl",
            Assert.Throws<InvalidOperationException>(() => optimizer.Step(weights, [1, 1])).Message, StringComparison.Ordinal);
        Assert.Equal([1f, 2f], weights);
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void Optimizer_OfNull_IsRefused() => Assert.Throws<ArgumentNullException>(() => new Optimizer(null!));
}
