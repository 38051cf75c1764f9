using NativeOpt.Interop;

namespace NativeOpt.Tests.Optimizers;

/// <summary>The rules with every variant under both conventions, and the prologue with every stage: what step theories run over.</summary>
internal static class StepCases
{
    private static readonly Dictionary<string, OptimizerRule> Variants = new()
    {
        ["sgd"] = new Sgd { LearningRate = 0.03 },
        ["momentum"] = new Sgd { LearningRate = 0.03, Momentum = 0.9 },
        ["nesterov"] = new Sgd { LearningRate = 0.03, Momentum = 0.9, Nesterov = true },
        ["rmsprop"] = new RMSprop { LearningRate = 0.002 },
        ["rmsprop-centered"] = new RMSprop { LearningRate = 0.002, Centered = true, Epsilon = 1e-5 },
        ["rmsprop-momentum"] = new RMSprop { LearningRate = 0.002, Momentum = 0.8 },
        ["rmsprop-centered-momentum"] = new RMSprop { LearningRate = 0.002, Momentum = 0.8, Centered = true, Epsilon = 1e-5 },
        ["rmsprop-nesterov-corrected"] = new RMSprop
        {
            LearningRate = 0.002,
            Momentum = 0.8,
            Nesterov = true,
            Centered = true,
            BiasCorrection = true,
            Epsilon = 1e-2,
            EpsilonInRoot = true,
        },
        ["adam"] = new Adam { LearningRate = 0.002 },
        ["adam-amsgrad"] = new Adam { LearningRate = 0.002, AmsGrad = true },
        ["adam-nesterov"] = new Adam { LearningRate = 0.002, Nesterov = true, EpsilonRoot = 1e-9 },
        ["adamw"] = new AdamW { LearningRate = 0.002 },
        ["adamw-amsgrad"] = new AdamW { LearningRate = 0.002, AmsGrad = true },
        ["nadamw"] = new NAdamW { LearningRate = 0.002 },
        ["adamaxw"] = new AdamaxW { LearningRate = 0.02 },
        ["adagrad"] = new Adagrad { LearningRate = 0.03 },
        ["adadelta"] = new Adadelta { LearningRate = 0.5 },
        ["adamax"] = new Adamax { LearningRate = 0.02 },
        ["nadam"] = new Nadam { LearningRate = 0.002 },
        ["radam"] = new RAdam { LearningRate = 0.002 },
        ["radam-rectified"] = new RAdam { LearningRate = 0.002, Beta1 = 0, Beta2 = 0.9 },
        ["rprop"] = new Rprop { LearningRate = 0.03 },
        ["asgd"] = new Asgd { LearningRate = 0.03, Lambda = 0.01 },
        ["asgd-averaging"] = new Asgd { LearningRate = 0.03, Lambda = 0.01, T0 = 0 },
        ["ftrl"] = new Ftrl { LearningRate = 0.1 },
        ["ftrl-penalties"] = new Ftrl { LearningRate = 0.1, L1 = 0.05, L2 = 0.1, L2Shrinkage = 0.1, Beta = 0.5 },
        ["ftrl-power"] = new Ftrl { LearningRate = 0.1, L2 = 0.1, LearningRatePower = -0.6 },
        ["lion"] = new Lion { LearningRate = 0.002 },
        ["sign_sgd"] = new SignSgd { LearningRate = 0.002 },
        ["signum"] = new SignSgd { LearningRate = 0.002, Momentum = 0.9 },
        ["adabelief"] = new AdaBelief { LearningRate = 0.002 },
        ["adabelief-nesterov"] = new AdaBelief { LearningRate = 0.002, Nesterov = true },
        ["adan"] = new Adan { LearningRate = 0.002 },
        ["ademamix"] = new AdEMAMix { LearningRate = 0.002, EpsilonRoot = 1e-9 },
        ["optimistic_adam"] = new OptimisticAdam { LearningRate = 0.002, Optimism = 0.1 },
        ["amsgrad"] = new AmsGrad { LearningRate = 0.002, EpsilonRoot = 1e-9 },
        ["yogi"] = new Yogi { LearningRate = 0.002, InitialAccumulator = 0 },
        ["madgrad"] = new Madgrad(),
        ["schedule_free_sgd"] = new ScheduleFreeSgd { LearningRate = 0.03, WeightDecay = 0.1 },
        ["schedule_free_adamw"] = new ScheduleFreeAdamW { WeightDecay = 0.1 },
        ["lamb"] = new Lamb { LearningRate = 0.02, WeightDecay = 0.1, EpsilonRoot = 1e-9 },
        ["lars"] = new Lars { TrustCoefficient = 0.1, Epsilon = 1e-4 },
        ["lars-nesterov"] = new Lars { TrustCoefficient = 0.1, Nesterov = true, WeightDecay = 0.1 },
        ["lars-plain"] = new Lars { TrustCoefficient = 0.1, Momentum = 0 },
        ["novograd"] = new NovoGrad { LearningRate = 0.02, WeightDecay = 0.1 },
        ["fromage"] = new Fromage(),
        ["prodigy"] = new Prodigy { InitialEstimate = 0.01, WeightDecay = 0.1 },
        ["dadapt_adamw"] = new DAdaptAdamW { InitialEstimate = 0.01, WeightDecay = 0.1, Epsilon = 1e-5 },
        ["sm3"] = new Sm3 { LearningRate = 0.03 },
        ["adopt"] = new Adopt { LearningRate = 0.002 },
        ["adopt-nesterov"] = new Adopt { LearningRate = 0.002, Nesterov = true },
        ["adopt-unclipped"] = new Adopt { LearningRate = 0.002, Clipping = false },
        ["adopt-unclipped-nesterov"] = new Adopt { LearningRate = 0.002, Clipping = false, Nesterov = true },
    };

    /// <summary>Rules by name, such as "adam-amsgrad/pytorch".</summary>
    public static readonly IReadOnlyDictionary<string, OptimizerRule> Rules = CreateRules();

    /// <summary>Prologues by the stage that is on, and with all of them; flags beside them.</summary>
    public static readonly IReadOnlyDictionary<string, (NoptPrologue Prologue, NoptStepFlags Flags)> Prologues =
        new Dictionary<string, (NoptPrologue, NoptStepFlags)>
        {
            ["none"] = (new NoptPrologue { GradientScale = 1, WeightFactor = 1 }, 0),
            ["gradient scale"] = (new NoptPrologue { GradientScale = 0.3, WeightFactor = 1 }, 0),
            ["l1"] = (new NoptPrologue { GradientScale = 1, L1 = 0.01, WeightFactor = 1 }, 0),
            ["l2"] = (new NoptPrologue { GradientScale = 1, L2 = 0.02, WeightFactor = 1 }, 0),
            ["clip"] = (new NoptPrologue { GradientScale = 1, ClipValue = 0.7, WeightFactor = 1 }, 0),
            ["maximize"] = (new NoptPrologue { GradientScale = 1, WeightFactor = 1 }, NoptStepFlags.Maximize),
            ["coupled decay"] = (new NoptPrologue { GradientScale = 1, WeightDecay = 0.1, WeightFactor = 1 }, 0),
            ["decoupled decay"] = (new NoptPrologue { GradientScale = 1, WeightFactor = 0.999 }, 0),
            ["zero gradients"] = (new NoptPrologue { GradientScale = 1, WeightFactor = 1 }, NoptStepFlags.ZeroGradients),
            ["all"] = (
                new NoptPrologue { GradientScale = 0.3, L1 = 0.01, L2 = 0.02, ClipValue = 0.7, WeightDecay = 0.1, WeightFactor = 0.999 },
                NoptStepFlags.Maximize | NoptStepFlags.ZeroGradients),
        };

    /// <summary>Names of <see cref="Rules"/>.</summary>
    public static IEnumerable<string> RuleNames => Rules.Keys;

    /// <summary>Those that update a parameter without a look at the others.</summary>
    public static IEnumerable<string> LocalRuleNames => Rules.Where(rule => rule.Value.MeasuredCount == 0).Select(rule => rule.Key);

    private static Dictionary<string, OptimizerRule> CreateRules()
    {
        var rules = new Dictionary<string, OptimizerRule>();
        foreach ((string name, OptimizerRule rule) in Variants)
        {
            rules[$"{name}/keras"] = rule;
            rules[$"{name}/pytorch"] = rule with { Convention = Convention.PyTorch };
        }
        rules["momentum-dampened/pytorch"] = new Sgd { Momentum = 0.9, Dampening = 0.4, Convention = Convention.PyTorch };
        return rules;
    }
}
