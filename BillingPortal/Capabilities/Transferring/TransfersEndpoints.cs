using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>The portal's own routes for programs that move value between a reseller and its sub-organizations.</summary>
internal static partial class TransfersEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapTransferring(this IEndpointRouteBuilder routes)
    {
        var transfers = routes.MapApi("/organizations/{id}/transfers", ErrorShape.ProblemDetails).WithTags("Transfers");
        transfers.MapPost("", TransferAsync).Describe<TransferAnswer>(TransferDescription, StatusCodes.Status201Created);
        transfers.MapPost("{seq}/undo", UndoAsync).Describe<TransferAnswer>(UndoDescription, StatusCodes.Status201Created);
        transfers.MapOtherMethods("", "POST");
        transfers.MapOtherMethods("{seq}/undo", "POST");
    }

    private static async Task TransferAsync(string id, HttpContext context, TransferringBalance transfer, CancellationToken cancel)
    {
        using var call = await context.ReadCallAsync(id, "POST /organizations/{id}/transfers", keyRequired: true);
        if (call is null)
        {
            return;
        }

        var to = Guid.Empty;
        var form = call.Form(fields =>
        {
            to = Guid.TryParseExact(fields.Text("to", 36, required: true), "D", out var uuid) ? uuid : Guid.Empty;
            return new TransferForm
            {
                Bucket = fields.Text("bucket", 20) is { } code ? ChartOfAccounts.DrawOrder.FirstOrDefault(kind => ChartOfAccounts.CodeOf(kind) == code) : AccountKind.Cash,
                Amount = fields.Micros("amount", required: true) / (decimal)Money.Unit,
                Comment = fields.Text("comment", AdjustBalance.MaxCommentLength) ?? "",
            };
        });
        await context.WriteAsync(await transfer.RunAsync(context.Caller(),
            call.Wish(form, (receipt, organization, _) => TransferAnswer.Of(receipt.Entries, organization.Money), context, StatusCodes.Status201Created), to, cancel));
    }

    private static async Task UndoAsync(string id, string seq, HttpContext context, UndoingTransfer undo, CancellationToken cancel)
    {
        using var call = await context.ReadCallAsync(id, $"POST /organizations/{{id}}/transfers/{seq}/undo", keyRequired: true);
        if (call is null)
        {
            return;
        }

        var number = long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        var form = call.Form(fields => new UndoTransferForm { Comment = fields.Text("comment", AdjustBalance.MaxCommentLength) ?? "" });
        await context.WriteAsync(await undo.RunAsync(context.Caller(),
            call.Wish(form, (receipt, organization, _) => TransferAnswer.Of(receipt.Entries, organization.Money), context, StatusCodes.Status201Created), number, cancel));
    }

    /// <summary>The body of a transfer.</summary>
    /// <param name="To">The UUID of who receives: the parent of the organization in the route, or one directly below it.</param>
    /// <param name="Amount">How much, above zero, in their currency.</param>
    /// <param name="Bucket">cash, bonus or promotional; cash where absent.</param>
    /// <param name="Comment">Words kept with both entries.</param>
    private sealed record TransferRequest(Guid To, DecimalInput Amount, string? Bucket = null, string? Comment = null);

    /// <summary>The body of an undo.</summary>
    /// <param name="Comment">Words kept with both reversals.</param>
    private sealed record UndoRequest(string? Comment = null);
}
