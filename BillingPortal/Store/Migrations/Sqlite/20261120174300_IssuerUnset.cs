using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>Nobody issues invoices until it is said who (see <see cref="IssuerSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120174300_IssuerUnset")]
    public sealed class IssuerUnset : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(IssuerSchema.Up);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The example was nobody's.
        }
    }
}
