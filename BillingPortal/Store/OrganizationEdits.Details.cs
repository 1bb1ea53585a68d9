using System.Text.Encodings.Web;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store;

// Billing details: whom invoices are made out to, and the slug.
public sealed partial class OrganizationEdits
{
    private static readonly JsonSerializerOptions Kept = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string DetailColumns = string.Join(", ", DetailField.Stored.Select(field => field.Column));

    /// <summary>What stands of <paramref name="organization"/>'s details; null where it is not there.</summary>
    public async Task<StoredDetails?> DetailsAsync(long organization)
    {
        await using var command = LedgerQueries.Command(connection,
            $"""
            SELECT o.uuid, o.created_at, o.name, o.slug, d.version, d.tax_status, d.tax_checked_at, d.tax_checked_name, {string.Join(", ", DetailField.Stored.Select(field => "d." + field.Column))}
            FROM organization o LEFT JOIN billing_details d ON d.organization_id = o.id WHERE o.id = @id
            """, ("id", organization));
        await using var rows = await command.ExecuteReaderAsync();
        if (!await rows.ReadAsync())
        {
            return null;
        }

        var details = new OrganizationDetails { Name = rows.GetString(2), Slug = rows.GetString(3) };
        for (var at = 0; at < DetailField.Stored.Length; at++)
        {
            details = DetailField.Stored[at].With(details, rows.IsDBNull(8 + at) ? null : rows.GetString(8 + at));
        }

        var tax = rows.IsDBNull(5) ? TaxStanding.None
            : new TaxStanding((TaxStatus)rows.GetInt32(5), rows.IsDBNull(6) ? null : new Instant(rows.GetInt64(6)), rows.IsDBNull(7) ? null : rows.GetString(7));
        return new StoredDetails(organization, rows.GetGuid(0), rows.GetInt64(1), rows.IsDBNull(4) ? 0 : rows.GetInt64(4), details, tax);
    }

    /// <summary>
    /// Puts <paramref name="after"/> in the place of <paramref name="before"/>, with its history and events, and gives what stands then. Refused where
    /// another organization has the slug, or had it: old addresses go on leading where they led. Decides before it writes.
    /// </summary>
    /// <param name="before">What stands, read in this transaction.</param>
    /// <param name="after">What shall stand, decided by <see cref="DetailsChange"/>.</param>
    /// <param name="actor">Who wishes it.</param>
    public async Task<Outcome<StoredDetails>> SetDetailsAsync(StoredDetails before, OrganizationDetails after, Actor actor)
    {
        var changed = DetailField.All.Where(field => field.Of(before.Details) != field.Of(after)).ToList();
        if (changed.Count == 0)
        {
            return new Outcome<StoredDetails>.Done(before);
        }

        if (changed.Contains(DetailField.Slug) && await OrganizationRegister.IsTakenAsync(connection, after.Slug!, before.Organization))
        {
            return new Outcome<StoredDetails>.Refused(new Refusal(RefusalCode.Taken, $"The slug “{after.Slug}” is taken. Choose another.", DetailField.Slug.Code));
        }

        var stored = before with { Version = before.Version + 1, Details = after, Tax = DetailsChange.StandingAfter(before.Details, before.Tax, after) };
        await KeepAsync(stored);
        await RememberAsync(stored, actor, changed.ToDictionary(field => field.Code, field => new[] { field.Of(before.Details), field.Of(after) }, StringComparer.Ordinal));
        await NameAsync(before, after, changed, actor.UserId is { } user ? await NameOfAsync(user) : "the portal");
        return new Outcome<StoredDetails>.Done(stored);
    }

    /// <summary>True where an organization has this slug, or had it.</summary>
    public Task<bool> IsSlugTakenAsync(string slug) => OrganizationRegister.IsTakenAsync(connection, slug);

    /// <summary>
    /// Contract 4's <c>vatin</c>, one value with contract 3's number: any text of at most 64 characters is kept (<see cref="DetailsChange.Vatin"/>); null or blank clears.
    /// </summary>
    public async Task<Outcome<StoredDetails>> SetVatinAsync(long organization, string? vatin, Actor actor) => await DetailsAsync(organization) is not { } before
        ? new Outcome<StoredDetails>.NotFound("There is no such organization.")
        : await SetDetailsAsync(before, DetailsChange.Vatin(before.Details, vatin), actor);

    /// <summary>
    /// What a register said about the number, unless it has changed since it was asked. What it said stands in the history; that it could not be asked does not.
    /// </summary>
    public async Task<StoredDetails?> SetStandingAsync(long organization, string number, TaxStanding standing, Actor actor)
    {
        if (await DetailsAsync(organization) is not { } before || before.Details.TaxId != number)
        {
            return null;
        }

        var told = standing.Status is TaxStatus.Verified or TaxStatus.Unverified && standing.Status != before.Tax.Status;
        var stored = before with { Tax = standing, Version = before.Version + (told ? 1 : 0) };
        await KeepAsync(stored);
        if (told)
        {
            await RememberAsync(stored, actor, new Dictionary<string, string?[]>(StringComparer.Ordinal) { [StoredDetails.TaxStatusCode] = [before.Tax.Status.ToString(), standing.Status.ToString()] });
        }

        return stored;
    }

    private Task KeepAsync(StoredDetails details) => WriteAsync(
        $"""
        INSERT INTO billing_details (organization_id, version, tax_status, tax_checked_at, tax_checked_name, updated_at, {DetailColumns})
        VALUES (@id, @version, @status, @checked, @checked_name, @now, {string.Join(", ", DetailField.Stored.Select(field => "@" + field.Column))})
        ON CONFLICT (organization_id) DO UPDATE SET version = excluded.version, tax_status = excluded.tax_status, tax_checked_at = excluded.tax_checked_at,
          tax_checked_name = excluded.tax_checked_name, updated_at = excluded.updated_at, {string.Join(", ", DetailField.Stored.Select(field => $"{field.Column} = excluded.{field.Column}"))}
        """,
        [
            ("id", details.Organization), ("version", details.Version), ("status", (int)details.Tax.Status), ("checked", (object?)details.Tax.CheckedAt?.Micros ?? DBNull.Value),
            ("checked_name", OrNull(details.Tax.RegisteredName)), ("now", now.Micros), .. DetailField.Stored.Select(field => (field.Column!, OrNull(field.Of(details.Details)))),
        ]);

    private Task RememberAsync(StoredDetails details, Actor actor, Dictionary<string, string?[]> changes) => WriteAsync(
        "INSERT INTO billing_details_change (organization_id, version, at, actor, via, changes) VALUES (@id, @version, @now, @actor, @via, @changes)",
        ("id", details.Organization), ("version", details.Version), ("now", now.Micros), ("actor", actor.Id), ("via", actor.Via), ("changes", JsonSerializer.Serialize(changes, Kept)));

    /// <summary>The organization's own two fields, and what is told of the rest: which fields, not what stands in them.</summary>
    private async Task NameAsync(StoredDetails before, OrganizationDetails after, List<DetailField> changed, string who)
    {
        if (changed.Contains(DetailField.Name))
        {
            await RenameAsync(before.Organization, after.Name!);
            await TellAsync(before.Organization, "renamed", $"Renamed from “{before.Details.Name}” to “{after.Name}” by {who}.");
        }

        if (changed.Contains(DetailField.Slug))
        {
            await WriteAsync("DELETE FROM slug_alias WHERE slug = @slug", ("slug", after.Slug!));
            await WriteAsync("INSERT INTO slug_alias (slug, organization_id, since) VALUES (@slug, @id, @now)", ("slug", before.Details.Slug!), ("id", before.Organization), ("now", now.Micros));
            await WriteAsync("UPDATE organization SET slug = @slug, updated_at = @now, version = version + 1 WHERE id = @id", ("slug", after.Slug!), ("now", now.Micros), ("id", before.Organization));
            await TellAsync(before.Organization, "slug_changed", $"Slug changed from “{before.Details.Slug}” to “{after.Slug}” by {who}.");
        }

        if (changed.Where(field => !field.IsOwn).Select(field => field.Label).ToList() is { Count: > 0 } labels)
        {
            await TellAsync(before.Organization, "details_changed", $"Billing details changed by {who}: {string.Join(", ", labels)}.");
        }
    }
}
