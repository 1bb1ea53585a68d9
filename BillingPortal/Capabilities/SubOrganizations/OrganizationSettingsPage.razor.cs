using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>An organization's name, contacts and features. What is saved is what was changed, against what was shown.</summary>
public sealed partial class OrganizationSettingsPage(
    GetOrganizationSettings reading, ChangeOrganization changing, CurrentCaller current, ILogger<OrganizationSettingsPage> log) : ComponentBase, IDisposable
{
    private readonly Draft _draft = new();
    private Fetching<Outcome<OrganizationSettings>> _settings = null!;
    private FeatureSet _features;
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private string? _done;
    private bool _stale;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <inheritdoc />
    public void Dispose() => _settings.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        _settings = new(ReadAsync, StateHasChanged, log);
        return _settings.RunAsync();
    }

    private static List<Crumb> CrumbsOf(OrganizationSettings settings)
    {
        var organization = settings.Organization;
        var own = new Crumb(organization.Name, $"/organizations/{new OrganizationId(organization.Id)}");
        return settings.Parent is { } parent
            ? [new("Organizations", "/"), new(parent.Name, $"/organizations/{new OrganizationId(parent.Id)}"), own]
            : [new("Organizations", "/"), own];
    }

    private static string? LockOf(OrganizationSettings settings) => settings.MayDelegate ? null
        : settings.Organization.ParentId is null ? "Staff of the platform give and take them." : "Administrators of the organization above give and take them.";

    private async Task<Outcome<OrganizationSettings>?> ReadAsync(CancellationToken cancel)
    {
        var outcome = await reading.RunAsync(await current.GetAsync(), new OrganizationId(Number), cancel);
        if (outcome is Outcome<OrganizationSettings>.Done { Value.Shown: var shown })
        {
            _draft.Fill(shown);
            _features = shown.Features;
        }

        return outcome;
    }

    /// <summary>What taking a feature takes with it.</summary>
    private string? ConsequenceOf(OrganizationSettings settings, Feature feature) =>
        settings.Shown.Features.Has(feature) && !_features.Has(feature) && settings.Below[feature] is > 0 and var below
            ? $"{below.ToString("N0", CultureInfo.CurrentCulture)} {(below == 1 ? "organization" : "organizations")} below {(below == 1 ? "loses" : "lose")} it too."
            : null;

    private string Act(OrganizationSettings settings) =>
        _features == settings.Shown.Features ? "Save features" : Delegation.Words(settings.Shown.Features, _features).Replace("Given:", "Give", StringComparison.Ordinal)
            .Replace("Taken:", "Take", StringComparison.Ordinal).Replace(". ", ", ", StringComparison.Ordinal).TrimEnd('.');

    private Task SaveContactsAsync(OrganizationSettings settings) =>
        SaveAsync(settings, _draft.FormOver(settings.Shown), changed => $"Saved name and contacts of {changed.Profile.Name}.");

    private Task SaveFeaturesAsync(OrganizationSettings settings)
    {
        var wished = Feature.All.Where(feature => _features.Has(feature) != settings.Shown.Features.Has(feature)).ToImmutableDictionary(feature => feature, _features.Has);
        return wished.IsEmpty ? Task.CompletedTask : SaveAsync(settings, new OrganizationForm { Features = wished }, changed =>
            $"{Delegation.Words(settings.Shown.Features, changed.Profile.Features)}{(changed.Below.IsEmpty ? "" : $" Below it lost by {string.Join(", ", changed.Below.Select(below => below.Name))}.")}");
    }

    private async Task SaveAsync(OrganizationSettings settings, OrganizationForm form, Func<ChangedOrganization, string> done)
    {
        var outcome = await changing.RunAsync(await current.GetAsync(), new OrganizationId(Number), form, settings.Shown, CancellationToken.None);
        _errors = FieldErrors.Of(outcome);
        _words = OutcomeText.Of(outcome, "Nothing was changed.");
        _stale = outcome is Outcome<ChangedOrganization>.Stale;
        _done = outcome is Outcome<ChangedOrganization>.Done(var changed) ? done(changed) : null;
        if (_done is not null)
        {
            await _settings.RunAsync();
        }
    }

    private async Task DoneAsync(string done)
    {
        (_words, _done) = (null, done);
        await _settings.RunAsync();
    }

    private async Task ShowNewestAsync()
    {
        (_words, _stale) = (null, false);
        await _settings.RunAsync();
    }

    /// <summary>What is typed; empty where nothing is to be known.</summary>
    private sealed class Draft
    {
        public string? Name { get; set; }

        public string? Email { get; set; }

        public string? Address { get; set; }

        public string? Terms { get; set; }

        public string? Privacy { get; set; }

        public void Fill(Profile shown) =>
            (Name, Email, Address, Terms, Privacy) = (shown.Name, shown.Config.Email, shown.Config.Address, shown.Config.TermsUrl, shown.Config.PrivacyUrl);

        public OrganizationForm FormOver(Profile shown) => new()
        {
            Name = (Name ?? "").Trim() == shown.Name ? null : Name ?? "",
            Config = new ConfigChange
            {
                Email = Changed(Email, shown.Config.Email),
                Address = Changed(Address, shown.Config.Address),
                TermsUrl = Changed(Terms, shown.Config.TermsUrl),
                PrivacyUrl = Changed(Privacy, shown.Config.PrivacyUrl),
            },
        };

        private static Setting Changed(string? typed, string? shown)
        {
            var text = string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().ReplaceLineEndings("\n");
            return text == shown ? default : Setting.To(text);
        }
    }
}
