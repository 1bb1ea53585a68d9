using BillingPortal.Domain.Organizations;

namespace BillingPortal.Tests.Domain.Organizations;

public sealed class FeatureSetTests
{
    private static readonly Feature Workflows = Feature.Find("workflows")!;
    private static readonly Feature Slack = Feature.Find("slack_access")!;

    [Fact]
    public void The_catalogue_has_the_contracts_seven_features_and_each_has_words() => Feature.All.ShouldSatisfyAllConditions(
        all => all.Select(feature => feature.Code).ShouldBe(["enterprise", "allow_overdraft", "workflows", "broadcasts", "enable_japifon", "custom_domain", "slack_access"]),
        all => all.ShouldAllBe(feature => feature.Name.Length > 0 && feature.Meaning.Length > 0));

    [Fact]
    public void What_is_stored_is_read_again_and_the_overdraft_stands_apart()
    {
        var set = FeatureSet.None.With(Workflows, true).With(Feature.AllowOverdraft, true).With(Slack, true);
        set.Stored.ShouldBe("workflows slack_access");
        FeatureSet.Of(set.Stored, allowOverdraft: true).ShouldBe(set);
        FeatureSet.Of("slack_access gone_feature allow_overdraft workflows", allowOverdraft: false).ShouldBe(set.With(Feature.AllowOverdraft, false));
    }

    [Fact]
    public void A_parent_gives_only_what_it_has_and_what_was_given_before_stays()
    {
        var parent = FeatureSet.None.With(Workflows, true);
        FeatureSet.None.Lacking(FeatureSet.None.With(Workflows, true), parent).ShouldBeEmpty();
        FeatureSet.None.Lacking(FeatureSet.None.With(Workflows, true).With(Slack, true), parent).ShouldBe([Slack]);
        var older = FeatureSet.None.With(Slack, true);
        older.Lacking(older.With(Workflows, true), parent).ShouldBeEmpty();
        older.Lacking(FeatureSet.None, FeatureSet.None).ShouldBeEmpty();
        FeatureSet.Everything.Features.ShouldBe(Feature.All);
    }

    [Fact]
    public void Contacts_change_part_by_part_and_a_sent_null_clears()
    {
        var config = new OrganizationConfig("a@b.example", "1 Main Street", "https://b.example/terms", null);
        config.After(ConfigChange.None).ShouldBe(config);
        config.After(new ConfigChange { Address = Setting.To(null), PrivacyUrl = Setting.To("https://b.example/privacy") })
            .ShouldBe(new OrganizationConfig("a@b.example", null, "https://b.example/terms", "https://b.example/privacy"));
    }
}
