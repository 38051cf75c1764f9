using Xunit;

namespace NativeOpt.Tests.Optimizers;

public class OptimizerTextTests
{
    public static TheoryData<string, OptimizerRule> Texts => new()
    {
        { "sgd", new Sgd() },
        { " SGD ", new Sgd() },
        { "Momentum", new Sgd { Momentum = 0.9 } },
        { "nesterov", new Sgd { Momentum = 0.9, Nesterov = true } },
        { "rmsprop", new RMSprop() },
        { "Adam()", new Adam() },
        { "adam( )", new Adam() },
        { "adam(lr=0.002,beta_1=0.8)", new Adam { LearningRate = 0.002, Beta1 = 0.8 } },
        { "adam(learning_rate=2e-3, Beta1 = 0.8, beta2=0.99)", new Adam { LearningRate = 0.002, Beta1 = 0.8, Beta2 = 0.99 } },
        { "adam(eps=1e-8,amsgrad=true)", new Adam { Epsilon = 1e-8, AmsGrad = true } },
        { "adam(betas[0]=0.8,b2=0.9,eps_root=1e-9,nesterov=true)", new Adam { Beta1 = 0.8, Beta2 = 0.9, EpsilonRoot = 1e-9, Nesterov = true } },
        { "adam(epsilon=1e-8,AMSGrad=False)", new Adam { Epsilon = 1e-8 } },
        { "sgd(momentum=0.9,nesterov=true)", new Sgd { Momentum = 0.9, Nesterov = true } },
        { "momentum(momentum=0.5)", new Sgd { Momentum = 0.5 } },
        { "sgd(clip_value=0.25,weight_decay=0.01,maximize=true)", new Sgd { ClipValue = 0.25, WeightDecay = 0.01, Maximize = true } },
        { "sgd(clipvalue=0.25,weight-decay=0.01)", new Sgd { ClipValue = 0.25, WeightDecay = 0.01 } },
        {
            "sgd(convention=pytorch,momentum=0.9,dampening=0.1)",
            new Sgd { Convention = Convention.PyTorch, Momentum = 0.9, Dampening = 0.1 }
        },
        { "rmsprop(rho=0.8,centered=true,momentum=0.7)", new RMSprop { Rho = 0.8, Centered = true, Momentum = 0.7 } },
        { "rmsprop(alpha=0.99)", new RMSprop { Rho = 0.99 } },
        {
            "rmsprop(decay=0.8,eps_in_sqrt=false,bias_correction=true,initial_scale=1,nesterov=true)",
            new RMSprop { Rho = 0.8, EpsilonInRoot = false, BiasCorrection = true, InitialScale = 1, Nesterov = true }
        },
        { "rmsprop(decay_rate=0.99)", new RMSprop { Rho = 0.99 } },
        {
            "adamw(weight_decay=0.01,amsgrad=true,b1=0.8,b2=0.9)",
            new AdamW { WeightDecay = 0.01, AmsGrad = true, Beta1 = 0.8, Beta2 = 0.9 }
        },
        {
            "adagrad(initial_accumulator_value=0,eps=1e-10,lr_decay=0.01,convention=pytorch)",
            new Adagrad { InitialAccumulatorValue = 0, Epsilon = 1e-10, LearningRateDecay = 0.01, Convention = Convention.PyTorch }
        },
        { "adadelta(rho=0.9,eps=1e-6)", new Adadelta { Rho = 0.9, Epsilon = 1e-6 } },
        { "adamax(b1=0.8,b2=0.9,eps=1e-8)", new Adamax { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-8 } },
        {
            "nadam(b1=0.8,b2=0.9,eps=1e-8,momentum_decay=0.004,decoupled_weight_decay=true)",
            new Nadam { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-8, MomentumDecay = 0.004, DecoupledWeightDecay = true }
        },
        {
            "nadamw(b1=0.8,b2=0.9,eps=1e-7,eps_root=1e-9,weight_decay=0.1,nesterov=false)",
            new NAdamW { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, EpsilonRoot = 1e-9, WeightDecay = 0.1, Nesterov = false }
        },
        { "adamaxw(b1=0.8,b2=0.9,eps=1e-7,weight_decay=0.1)", new AdamaxW { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, WeightDecay = 0.1 } },
        {
            "radam(b1=0.8,b2=0.9,eps=1e-7,decoupled_weight_decay=true)",
            new RAdam { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, DecoupledWeightDecay = true }
        },
        {
            "rprop(eta_minus=0.4,eta_plus=1.1,step_size_min=0.01,step_size_max=2)",
            new Rprop { EtaMinus = 0.4, EtaPlus = 1.1, StepSizeMin = 0.01, StepSizeMax = 2 }
        },
        {
            "rprop(etas[0]=0.4,etas[1]=1.1,step_sizes[0]=0.01,max_step_size=2)",
            new Rprop { EtaMinus = 0.4, EtaPlus = 1.1, StepSizeMin = 0.01, StepSizeMax = 2 }
        },
        { "asgd(lambd=0.01,alpha=0.5,t0=5)", new Asgd { Lambda = 0.01, Alpha = 0.5, T0 = 5 } },
        {
            "ftrl(learning_rate_power=-0.6,initial_accumulator_value=0.2,l1=0.1,l2=0.2,l2_shrinkage=0.3,beta=0.4)",
            new Ftrl { LearningRatePower = -0.6, InitialAccumulatorValue = 0.2, L1 = 0.1, L2 = 0.2, L2Shrinkage = 0.3, Beta = 0.4 }
        },
        { "lion(b1=0.8,b2=0.9)", new Lion { Beta1 = 0.8, Beta2 = 0.9 } },
        { "sign_sgd", new SignSgd() },
        { "signum", new SignSgd { Momentum = 0.9 } },
        {
            "optimistic_adam(optimism=0.5,b1=0.8,b2=0.9,eps=1e-7,eps_root=1e-9,nesterov=false)",
            new OptimisticAdam { Optimism = 0.5, Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, EpsilonRoot = 1e-9, Nesterov = false }
        },
        {
            "amsgrad(b1=0.8,b2=0.9,eps=1e-7,eps_root=1e-9,bias_correction_mu=false,correct_squares=false)",
            new AmsGrad { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, EpsilonRoot = 1e-9, CorrectMean = false, CorrectSquares = false }
        },
        {
            "yogi(b1=0.8,b2=0.9,eps=1e-2,initial_accumulator_value=0.1)",
            new Yogi { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-2, InitialAccumulator = 0.1 }
        },
        { "madgrad(momentum=0.8,eps=1e-7)", new Madgrad { Momentum = 0.8, Epsilon = 1e-7 } },
        { "schedule_free_sgd(b1=0.8,weight_lr_power=1)", new ScheduleFreeSgd { Beta1 = 0.8, WeightPower = 1 } },
        {
            "schedule_free_adamw(b1=0.8,b2=0.9,eps=1e-7,weight_decay=0.1)",
            new ScheduleFreeAdamW { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, WeightDecay = 0.1 }
        },
        { "signum(beta=0.8)", new SignSgd { Momentum = 0.8 } },
        {
            "adabelief(b1=0.8,b2=0.9,eps=1e-8,eps_root=1e-9,nesterov=true)",
            new AdaBelief { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-8, EpsilonRoot = 1e-9, Nesterov = true }
        },
        {
            "adan(b1=0.8,b2=0.9,b3=0.7,eps=1e-7,eps_root=1e-9)",
            new Adan { Beta1 = 0.8, Beta2 = 0.9, Beta3 = 0.7, Epsilon = 1e-7, EpsilonRoot = 1e-9 }
        },
        {
            "ademamix(b1=0.8,b2=0.9,b3=0.7,alpha=2,eps=1e-7,eps_root=1e-9)",
            new AdEMAMix { Beta1 = 0.8, Beta2 = 0.9, Beta3 = 0.7, Alpha = 2, Epsilon = 1e-7, EpsilonRoot = 1e-9 }
        },
        {
            "lamb(b1=0.8,b2=0.9,eps=1e-6,eps_root=1e-9)",
            new Lamb { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-6, EpsilonRoot = 1e-9 }
        },
        {
            "lars(momentum=0.8,nesterov=true,trust_coefficient=0.01,eps=1e-6,trust_ratio_mask=false,weight_decay_mask=false)",
            new Lars
            {
                Momentum = 0.8,
                Nesterov = true,
                TrustCoefficient = 0.01,
                Epsilon = 1e-6,
                AdaptsRate = false,
                DecaysWeights = false,
            }
        },
        {
            "novograd(b1=0.8,b2=0.9,eps=1e-7,eps_root=1e-9)",
            new NovoGrad { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, EpsilonRoot = 1e-9 }
        },
        { "fromage(min_norm=0.1)", new Fromage { MinNorm = 0.1 } },
        {
            "prodigy(betas[0]=0.8,betas[1]=0.9,beta3=0.7,eps=1e-7,estim_lr0=1e-5,estim_lr_coef=2,safeguard_warmup=true)",
            new Prodigy
            {
                Beta1 = 0.8,
                Beta2 = 0.9,
                Beta3 = 0.7,
                Epsilon = 1e-7,
                InitialEstimate = 1e-5,
                Coefficient = 2,
                SafeguardWarmup = true,
            }
        },
        {
            "dadapt_adamw(betas[0]=0.8,betas[1]=0.9,eps=1e-7,estim_lr0=1e-5)",
            new DAdaptAdamW { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, InitialEstimate = 1e-5 }
        },
        {
            "adopt(b1=0.8,b2=0.9,eps=1e-7,use_clipping=false,nesterov=true)",
            new Adopt { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-7, Clipping = false, Nesterov = true }
        },
        { "sm3(b1=0.8,b2=0.9,eps=1e-7)", new Sm3 { Momentum = 0.8, Beta2 = 0.9, Epsilon = 1e-7 } },
        {
            "adafactor(beta2_decay=-0.5,eps[0]=1e-9,eps[1]=0.01,d=2,convention=pytorch)",
            new Adafactor { Beta2Decay = -0.5, Epsilon1 = 1e-9, Epsilon2 = 0.01, ClipThreshold = 2, Convention = Convention.PyTorch }
        },
        {
            "adafactor(decay_rate=0.7,decay_offset=3,clipping_threshold=off,limits_step=false,min_dim_size_to_factor=128,factored=false)",
            new Adafactor
            {
                Beta2Decay = -0.7, DecayOffset = 3, ClipThreshold = null, LimitsStep = false, MinDimSizeToFactor = 128, Factored = false,
            }
        },
        {
            "adafactor(eps=1e-20,momentum=0.9,multiply_by_parameter_scale=false,weight_decay_rate=0.1,relative_step=false)",
            new Adafactor
            {
                Epsilon1 = 1e-20, Momentum = 0.9, MultiplyByParameterScale = false, WeightDecayRate = 0.1, RelativeStep = false,
            }
        },
        {
            "muon(muon_a=3,muon_b=-4,muon_c=2,ns_steps=6,adam_lr_ratio=0.1,rms_rate=off,epsilon=1e-8,exclude_layers=dense_2/; out)",
            new Muon
            {
                MuonA = 3, MuonB = -4, MuonC = 2, NsSteps = 6, AdamLearningRateRatio = 0.1, RmsRate = null, Epsilon = 1e-8,
                ExcludeLayers = ["dense_2/", "out"],
            }
        },
        {
            "muon(ns_coefficients[0]=3,ns_coefficients[1]=-4,ns_coefficients[2]=2,eps=1e-6,adjust_lr_fn=original,rows_are_outputs=true)",
            new Muon
            {
                MuonA = 3, MuonB = -4, MuonC = 2, NsEpsilon = 1e-6, Epsilon = 1e-6, RmsRate = null, ScaleByShape = true,
                RowsAreOutputs = true,
            }
        },
        { "muon(rms_rate=0.5,adjust_lr_fn=match_rms_adamw)", new Muon() },
        {
            "muon(beta=0.9,adaptive=true,preconditioning=schatten,adam_b1=0.8,adam_b2=0.9,adam_eps_root=1e-9,consistent_rms=0.3)",
            new Muon
            {
                Momentum = 0.9, Adaptive = true, Preconditioning = MuonPreconditioning.Schatten, AdamBeta1 = 0.8, AdamBeta2 = 0.9,
                AdamEpsilonRoot = 1e-9, RmsRate = 0.3,
            }
        },
        { "muon(ns_coeffs=dion,bias_correction=true)", new Muon { NsCoefficients = Muon.DionCoefficients, BiasCorrection = true } },
        { "muon(ns_coeffs=1 2 3; 4 5 6.5)", new Muon { NsCoefficients = [new(1, 2, 3), new(4, 5, 6.5)] } },
    };

    public static TheoryData<string, string> BadTexts => new()
    {
        { "", "unknown optimizer ''. Known: sgd, momentum, nesterov, rmsprop, adam" },
        { "adma", "unknown optimizer 'adma'; did you mean 'adam'? Known: sgd, momentum, nesterov, rmsprop, adam" },
        { "admm(lr=1)", "unknown optimizer 'admm'; did you mean 'adam'?" },
        { "adam(beta_3=0.9)", "unknown setting of adam 'beta_3'; did you mean 'beta_1'? Known: learning_rate, beta_1, beta_2, epsilon" },
        { "sgd(momentun=0.9)", "unknown setting of sgd 'momentun'; did you mean 'momentum'?" },
        { "sgd(rho=0.9)", "unknown setting of sgd 'rho'" },
        { "adam(lr=fast)", "learning_rate is 'fast'; it must be a number" },
        { "adam(lr=0,002)", "'002' in 'adam(lr=0,002)' must have the form setting=value" },
        { "adam(amsgrad=maybe)", "amsgrad is 'maybe'; it must be true or false" },
        { "adam(convention=jax)", "convention is 'jax'; it must be keras or pytorch" },
        { "adam(convention=1)", "convention is '1'; it must be keras or pytorch" },
        { "adam(lr=NaN)", "LearningRate is NaN; it must be finite and not negative" },
        { "adam(beta_1=2)", "Beta1 is 2; it must be at least 0 and less than 1" },
        { "adam(lr=1,learning_rate=2)", "sets learning_rate twice" },
        { "adam(lr)", "'lr' in 'adam(lr)' must have the form setting=value" },
        { "adam(lr=)", "'lr=' in 'adam(lr=)' must have the form setting=value" },
        { "adam(lr=1,)", "must have the form setting=value" },
        { "adam(lr=1", "'adam(lr=1' must have the form name(setting=value, setting=value)" },
        { "adam(lr=1)x", "must have the form name(setting=value, setting=value)" },
        { "adam)lr=1(", "must have the form name(setting=value, setting=value)" },
        { "muon(ns_steps=2.5)", "ns_steps is '2.5'; it must be a whole number" },
        { "muon(ns_coeffs=1 2)", "ns_coefficients has '1 2'; an iteration must have three numbers" },
        { "muon(ns_coeffs=1 2 x)", "ns_coefficients is 'x'; it must be a number" },
        { "muon(adjust_lr_fn=other)", "adjust_lr_fn is 'other'; it must be original or match_rms_adamw" },
        { "muon(preconditioning=nuclear)", "preconditioning is 'nuclear'; it must be frobenius or spectral or aol or schatten" },
        { "sgd(dampening=0.5,momentum=0.9)", "Dampening is 0.5; it must be 0 under Convention.Keras" },
    };

    public static TheoryData<OptimizerRule, string> Printed => new()
    {
        { new Sgd(), "sgd(learning_rate=0.01)" },
        { new Sgd { Momentum = 0.9, Nesterov = true }, "sgd(learning_rate=0.01, momentum=0.9, nesterov=true)" },
        { new Adam { LearningRate = 0.002, Beta1 = 0.8 }, "adam(learning_rate=0.002, beta_1=0.8)" },
        { new Adam { ClipValue = 0.5, Convention = Convention.PyTorch }, "adam(learning_rate=0.001, clip_value=0.5, convention=pytorch)" },
        { new Adafactor { ClipThreshold = null, DecayOffset = 3 }, "adafactor(learning_rate=0.001, clip_threshold=off, decay_offset=3)" },
        {
            new Muon { NsCoefficients = [new(1, -2, 0.5)], ExcludeLayers = ["a", "b"] },
            "muon(learning_rate=0.001, ns_coefficients=1 -2 0.5, exclude_layers=a;b)"
        },
        { new Sam(new Sgd()), "sam(inner=sgd(learning_rate=0.01))" },
        {
            new Sam(new Adam { LearningRate = new CosineDecay(0.5, 10), Beta1 = 0.5 }, rho: 0.5, adaptive: true),
            $"sam(inner=adam(learning_rate={new CosineDecay(0.5, 10)}, beta_1=0.5), rho=0.5, adaptive=true)"
        },
        { new RMSprop { Centered = true, Epsilon = 1e-6 }, "rmsprop(learning_rate=0.001, epsilon=1E-06, centered=true)" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_OfARule_GivesIt(string text, OptimizerRule expected) => Assert.Equal(expected, OptimizerRule.Parse(text));

    [Theory]
    [MemberData(nameof(BadTexts))]
    public void Parse_OfABadText_SaysWhatIsWrong(string text, string message)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => OptimizerRule.Parse(text));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Printed))]
    public void ToString_OfARule_ShowsWhatDiffersAndParsesBack(OptimizerRule rule, string expected)
    {
        Assert.Equal(expected, rule.ToString());
        Assert.Equal(rule, OptimizerRule.Parse(expected));
    }

    [Fact]
    public void FromName_OfAKnownName_HasTheDefaults()
    {
        foreach (string name in OptimizerRule.KnownNames)
            Assert.Equal(OptimizerRule.FromName(name), OptimizerRule.FromName(name.ToUpperInvariant()));
        Assert.Equal(["sgd", "momentum", "nesterov", "rmsprop", "adam"], OptimizerRule.KnownNames.Take(5));
        Assert.Throws<ArgumentNullException>(() => OptimizerRule.FromName(null!));
        Assert.Throws<ArgumentNullException>(() => OptimizerRule.Parse(null!));
    }

    [Fact]
    public void GetSettings_OfARule_NamesAllOfThem()
    {
        IReadOnlyDictionary<string, object?> settings = new Adam { LearningRate = 0.002 }.GetSettings();
        Assert.Equal(
            [
                "learning_rate", "beta_1", "beta_2", "epsilon", "amsgrad", "epsilon_root", "nesterov",
                "clip_value", "weight_decay", "maximize", "convention", "math_mode",
                "centralize_gradients", "clip_norm", "global_clip_norm", "clip_norm_order", "adaptive_clip", "adaptive_clip_epsilon",
                "gradient_accumulation_steps", "sum_accumulated_gradients", "schedule_micro_steps", "flush_accumulated_gradients",
                "loss_scale_factor", "non_finite", "max_skipped_steps", "weight_decay_exclude",
                "use_ema", "ema_momentum", "ema_overwrite_frequency",
            ],
            settings.Keys);
        Assert.Equal(0.002, settings["learning_rate"]);
        Assert.Equal(false, settings["amsgrad"]);
        Assert.Null(settings["clip_value"]);
        Assert.Equal("keras", settings["convention"]);
    }
}
