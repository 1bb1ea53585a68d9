using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Who belongs to an organization, in which role.</summary>
public sealed partial class MembersPage(ListMembers listing, SetMember setting, CurrentCaller current, ILogger<MembersPage> log) : ComponentBase, IDisposable
{
    private static readonly ImmutableArray<Role> Roles = [.. Role.All.Where(role => !role.OfPlatform)];
    private static readonly ImmutableArray<Permission> OfEverybody = [Permission.ManageOwnAccount, Permission.ManageOwnTokens];

    private Fetching<Outcome<MemberList>> _members = null!;
    private ElementReference _confirm;
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private Member? _removing;
    private string? _done, _email;
    private string _role = Role.Staff.Code;
    private bool _focusConfirm;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <inheritdoc />
    public void Dispose() => _members.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        _members = new(async cancel => await listing.RunAsync(await current.GetAsync(), new OrganizationId(Number), cancel), StateHasChanged, log);
        return _members.RunAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusConfirm)
        {
            _focusConfirm = false;
            await _confirm.FocusAsync();
        }
    }

    private static List<Crumb> CrumbsOf(MemberList list)
    {
        var own = new Crumb(list.Organization.Name, $"/organizations/{new OrganizationId(list.Organization.Id)}");
        return list.Parent is { } parent
            ? [new("Organizations", "/"), new(parent.Name, $"/organizations/{new OrganizationId(parent.Id)}"), own]
            : [new("Organizations", "/"), own];
    }

    /// <summary>What a role permits, as its permissions are called.</summary>
    private static string MeaningOf(string code) => string.Join(", ", Role.Of(code).Permissions.Except(OfEverybody).Select(PermissionNames.Of).Select((name, at) => at == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..]));

    private async Task AddAsync()
    {
        var (email, role) = ((_email ?? "").Trim(), Role.Of(_role));
        var outcome = await setting.AddAsync(await current.GetAsync(), new OrganizationId(Number), email, role, CancellationToken.None);
        await ShowAsync(outcome, "Nobody was added.", member => $"Added {member.Name} as {role.Name}.");
        if (outcome is Outcome<Member>.Done)
        {
            _email = null;
        }
    }

    private void Ask(Member member) => (_removing, _focusConfirm) = (member, true);

    private async Task ChangeAsync(Member member, Role? role)
    {
        _removing = null;
        var outcome = await setting.ChangeAsync(await current.GetAsync(), new OrganizationId(Number), member.UserId, role, CancellationToken.None);
        await ShowAsync(outcome, "Nothing was changed.", changed => role is null ? $"Removed {changed.Name}." : $"{changed.Name} is {role.Name} now.");
    }

    private async Task ShowAsync(Outcome<Member> outcome, string undone, Func<Member, string> done)
    {
        _errors = FieldErrors.Of(outcome);
        _words = OutcomeText.Of(outcome, undone);
        _done = outcome is Outcome<Member>.Done(var member) ? done(member) : null;
        await _members.RunAsync();
    }
}
