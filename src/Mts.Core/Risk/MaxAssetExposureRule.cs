namespace Mts.Core.Risk;

internal sealed class MaxAssetExposureRule : IRiskRule
{
    public string Name => "max_asset_exposure";

    public RuleVerdict Check(RiskCase risk) => RuleVerdict.Cap(
        risk,
        risk.Options.MaxAssetExposure - risk.OtherInAsset,
        $"max_asset_exposure {RuleVerdict.Percent(risk.Options.MaxAssetExposure)}, {RuleVerdict.Percent(risk.OtherInAsset)} held in other markets of {risk.Signal.Asset}");
}
