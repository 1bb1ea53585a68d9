using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>What mails carry, which only raw SQL knows (see <see cref="MailAttachmentSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120174100_MailAttachments")]
    public sealed class MailAttachments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MailAttachmentSchema.Sqlite);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MailAttachmentSchema.Drop);
    }
}
