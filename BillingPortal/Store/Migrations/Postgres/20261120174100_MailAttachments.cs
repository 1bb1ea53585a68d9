using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>What mails carry, which only raw SQL knows (see <see cref="MailAttachmentSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120174100_MailAttachments")]
    public sealed class MailAttachments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MailAttachmentSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MailAttachmentSchema.Drop);
    }
}
