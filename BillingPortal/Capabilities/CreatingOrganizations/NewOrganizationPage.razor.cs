using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.CreatingOrganizations;

/// <summary>Creates an organization by hand. The draft, its UUID with it, is kept in the browser's tab until it is created.</summary>
public sealed partial class NewOrganizationPage(
    CreateOrganization creating, CurrentCaller current, MaySee maySee, DraftKeeper drafts, NavigationManager navigation, ILogger<NewOrganizationPage> log) : ComponentBase
{
    private const string DraftKey = "new-organization";

    private static readonly ImmutableArray<string> Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    private NewOrganizationForm _form = new() { Uuid = Guid.NewGuid() };
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private bool? _may;
    private bool _unknown;

    private string SlugHelp => _form.Slug.Length > 0 || _form.Name.Trim().Length < 2
        ? "Its name in addresses; made from the name where empty."
        : $"Empty: {NameSearch.Slug(_form.Name)}, or with a number behind it where that is taken.";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => _may = await maySee() is { } may && may(Permission.CreateOrganizations);

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await drafts.FindAsync<NewOrganizationForm>(DraftKey) is { } draft)
        {
            _form = draft;
            StateHasChanged();
        }
    }

    private static string Text(ChangeEventArgs change) => change.Value as string ?? "";

    private async Task KeepAsync(NewOrganizationForm form)
    {
        _form = form;
        await drafts.KeepAsync(DraftKey, form);
    }

    private async Task CreateAsync()
    {
        var outcome = await SubmitAsync();
        _errors = FieldErrors.Of(outcome);
        _words = OutcomeText.Of(outcome, "Nothing was created.");
        _unknown = outcome is Outcome<OrganizationId>.Unknown;
        if (outcome is Outcome<OrganizationId>.Done(var number))
        {
            await drafts.ForgetAsync(DraftKey);
            navigation.NavigateTo($"/organizations/{number}");
        }
    }

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<OrganizationId>> SubmitAsync()
    {
        try
        {
            return await creating.RunAsync(await current.GetAsync(), _form, CancellationToken.None);
        }
#pragma warning disable CA1031 // whatever broke, it is not known whether it was created, and that is what the person must hear
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Broke(log, broken);
            return new Outcome<OrganizationId>.Unknown("The store did not answer.");
        }
    }

    [LoggerMessage(LogLevel.Error, "Creating an organization broke")]
    private static partial void Broke(ILogger log, Exception broken);
}
