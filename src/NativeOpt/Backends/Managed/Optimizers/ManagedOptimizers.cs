using NativeOpt.Backends.Managed.Optimizers.Matrix;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>The optimizers of the managed backend. An id is an index into the table, as in the native core; the orders differ.</summary>
internal static class ManagedOptimizers
{
    private static readonly ManagedOptimizer[] Table =
    [
        new ManagedOptimizer<SgdKernel<float>, SgdKernel<double>>(SgdKernel.Description),
        new ManagedOptimizer<MomentumKernel<float>, MomentumKernel<double>>(MomentumKernel.Description),
        new ManagedOptimizer<NesterovKernel<float>, NesterovKernel<double>>(NesterovKernel.Description),
        new ManagedOptimizer<RmspropKernel<float>, RmspropKernel<double>>(RmspropKernel.Description),
        new ManagedOptimizer<AdamKernel<float>, AdamKernel<double>>(AdamKernel.Description),
        new ManagedOptimizer<AdagradKernel<float>, AdagradKernel<double>>(AdagradKernel.Description),
        new ManagedOptimizer<AdadeltaKernel<float>, AdadeltaKernel<double>>(AdadeltaKernel.Description),
        new ManagedOptimizer<AdamaxKernel<float>, AdamaxKernel<double>>(AdamaxKernel.Description),
        new ManagedOptimizer<NadamKernel<float>, NadamKernel<double>>(NadamKernel.Description),
        new ManagedOptimizer<RAdamKernel<float>, RAdamKernel<double>>(RAdamKernel.Description),
        new ManagedOptimizer<RpropKernel<float>, RpropKernel<double>>(RpropKernel.Description),
        new ManagedOptimizer<AsgdKernel<float>, AsgdKernel<double>>(AsgdKernel.Description),
        new ManagedOptimizer<FtrlKernel<float>, FtrlKernel<double>>(FtrlKernel.Description),
        new ManagedOptimizer<LionKernel<float>, LionKernel<double>>(LionKernel.Description),
        new ManagedOptimizer<SignSgdKernel<float>, SignSgdKernel<double>>(SignSgdKernel.Description),
        new ManagedOptimizer<AdaBeliefKernel<float>, AdaBeliefKernel<double>>(AdaBeliefKernel.Description),
        new ManagedOptimizer<AdanKernel<float>, AdanKernel<double>>(AdanKernel.Description),
        new ManagedOptimizer<AdEMAMixKernel<float>, AdEMAMixKernel<double>>(AdEMAMixKernel.Description),
        new ManagedOptimizer<AdoptKernel<float>, AdoptKernel<double>>(AdoptKernel.Description),
        new ManagedOptimizer<YogiKernel<float>, YogiKernel<double>>(YogiKernel.Description),
        new ManagedOptimizer<MadgradKernel<float>, MadgradKernel<double>>(MadgradKernel.Description),
        new ManagedOptimizer<ScheduleFreeSgdKernel<float>, ScheduleFreeSgdKernel<double>>(ScheduleFreeSgdKernel.Description),
        new ManagedOptimizer<ScheduleFreeAdamWKernel<float>, ScheduleFreeAdamWKernel<double>>(ScheduleFreeAdamWKernel.Description),
        new ManagedOptimizer<OptimisticAdamKernel<float>, OptimisticAdamKernel<double>>(OptimisticAdamKernel.Description),
        new ManagedOptimizer<AmsGradKernel<float>, AmsGradKernel<double>>(AmsGradKernel.Description),
        new LayerwiseOptimizer<LambKernel<float>, LambKernel<double>>(LambKernel.Description),
        new LayerwiseOptimizer<LarsKernel<float>, LarsKernel<double>>(LarsKernel.Description),
        new LayerwiseOptimizer<NovoGradKernel<float>, NovoGradKernel<double>>(NovoGradKernel.Description),
        new LayerwiseOptimizer<FromageKernel<float>, FromageKernel<double>>(FromageKernel.Description),
        new GlobalOptimizer<ProdigyKernel<float>, ProdigyKernel<double>>(ProdigyKernel.Description),
        new GlobalOptimizer<DAdaptAdamWKernel<float>, DAdaptAdamWKernel<double>>(DAdaptAdamWKernel.Description),
        new GlobalOptimizer<SamAscentKernel<float>, SamAscentKernel<double>>(SamAscentKernel.Description),
        new ManagedOptimizer<Sm3VectorKernel<float>, Sm3VectorKernel<double>>(Sm3VectorKernel.Description),
    ];

    private static readonly ManagedMatrixRule[] MatrixTable =
    [
        new ManagedMatrixRule<AdafactorKernel<float>, AdafactorKernel<double>>(AdafactorKernel.Description),
        new ManagedMatrixRule<AdafactorUnfactoredKernel<float>, AdafactorUnfactoredKernel<double>>(AdafactorUnfactoredKernel.Description),
        new ManagedMatrixRule<MuonKernel<float>, MuonKernel<double>>(MuonKernel.Description),
        new ManagedMatrixRule<Sm3Kernel<float>, Sm3Kernel<double>>(Sm3Kernel.Description),
    ];

    /// <summary>All elementwise ones.</summary>
    public static IReadOnlyList<ManagedOptimizer> All => Table;

    /// <summary>All matrix rules; their ids go on behind those of <see cref="All"/>.</summary>
    public static IReadOnlyList<ManagedMatrixRule> MatrixRules => MatrixTable;

    /// <summary>Names of both.</summary>
    public static IEnumerable<string> Names =>
        Table.Select(optimizer => optimizer.Description.Name).Concat(MatrixTable.Select(rule => rule.Description.Name));

    /// <summary>Id of the optimizer of this name, or -1.</summary>
    public static int Find(string name)
    {
        int id = Array.FindIndex(Table, optimizer => optimizer.Description.Name == name);
        if (id >= 0)
            return id;
        int rule = Array.FindIndex(MatrixTable, candidate => candidate.Description.Name == name);
        return rule < 0 ? -1 : Table.Length + rule;
    }

    /// <summary>What the optimizer of this id is; the id is in range.</summary>
    public static OptimizerDescription Describe(int id) =>
        id < Table.Length ? Table[id].Description : MatrixTable[id - Table.Length].Description;

    /// <summary>What the kernel of this name keeps and takes, on either backend.</summary>
    public static OptimizerDescription Describe(string name) => Describe(Find(name));
}
