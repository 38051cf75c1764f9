using NativeOpt.Cli.Tutorial;
using NativeOpt.Cli.Tutorial.Gradients;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>Deep networks whose gradients vanish or explode, and the cures.</summary>
public sealed class GradientsStudyTests
{
    private static readonly Lazy<IReadOnlyList<GradientsResult>> Results = new(() =>
        new GradientsStudy(Datasets.Digits.Load().FirstRows(320).Standardize(), Epochs: 2, Seed: 1, BackendKind.Auto)
            .Run(new ExperimentProgress(TextWriter.Null, isInteractive: false), CancellationToken.None));

    private static GradientsResult Vanishing => Results.Value.Single(r => r.Case.Illness == TrainingIllness.VanishingGradients);

    private static GradientsResult Exploding => Results.Value.Single(r => r.Case.Illness == TrainingIllness.ExplodingGradients);

    [Fact]
    public void Sigmoids_LeaveTheFirstLayerHardlyAnyGradient_AndTheDoctorSaysSo()
    {
        GradientRun patient = Vanishing.Patient;

        Assert.InRange(patient.Ratio, 0, 1e-4);
        Assert.InRange(patient.OutputRatio, 0, 1e-4);
        Assert.Equal(patient.Network.Depth + 1, patient.Layers.Count);
        Assert.Equal(patient.Layers.Select(layer => layer.GradientNorm).Order(), patient.Layers.Select(layer => layer.GradientNorm));
        Assert.True(patient.IsIll);
        Assert.Contains(patient.Findings, finding => finding.Illness == TrainingIllness.VanishingGradients);
    }

    [Theory]
    [InlineData("ReLU", 0.003, 3)]
    [InlineData("ReLU + He", 0.1, 10)]
    [InlineData("batch norm", 0.03, 10)]
    public void Cures_LetTheGradientThrough(string label, double low, double high)
    {
        GradientRun run = Vanishing.Cures.Single(cure => cure.Network.Label == label);

        Assert.InRange(run.OutputRatio, low, high);
        Assert.False(run.IsIll);
    }

    [Fact]
    public void LargeWeights_MakeGradientsExplode_AndInitialisationCuresIt()
    {
        GradientRun patient = Exploding.Patient, cured = Exploding.Cures.Single(cure => cure.Network.Label == "He");

        Assert.InRange(patient.OutputRatio, 300, 1e6);
        Assert.Equal(CureOutcome.Ill, patient.Outcome);
        Assert.Contains(patient.Findings, finding => finding.Illness == TrainingIllness.ExplodingGradients);
        Assert.InRange(cured.OutputRatio, 0.1, 10);
        Assert.False(cured.IsIll);
    }

    [Fact]
    public void Clipping_LeavesTheGradientAsItIs_AndTheTrainingFinite()
    {
        GradientRun clipped = Exploding.Cures.Single(cure => cure.Network.Label == "clipping");

        Assert.Equal(Exploding.Patient.Layers.Select(layer => layer.GradientNorm), clipped.Layers.Select(layer => layer.GradientNorm));
        Assert.DoesNotContain(Exploding.Patient.Losses, double.IsFinite);
        Assert.All(clipped.Losses, loss => Assert.True(double.IsFinite(loss)));
    }

    [Theory]
    [InlineData(false, 0.95, CureOutcome.Cured)]
    [InlineData(true, 0.95, CureOutcome.LearnsNevertheless)]
    [InlineData(false, 0.5, CureOutcome.DoesNotLearn)]
    [InlineData(true, 0.5, CureOutcome.Ill)]
    internal void Outcome_FollowsFromIllnessAndAccuracy(bool isIll, double accuracy, CureOutcome expected)
    {
        GradientRun run = Vanishing.Patient with { IsIll = isIll, Accuracy = accuracy };

        Assert.Equal(expected, run.Outcome);
        Assert.Equal(expected == CureOutcome.Cured, GradientsPage.Words(run.Outcome) == "cured");
    }
}
