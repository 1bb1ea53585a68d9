using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>Details, configuration, periods and invoices, which only raw SQL knows (see <see cref="InvoicingSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120170000_Invoicing")]
    public sealed class Invoicing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(InvoicingSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(InvoicingSchema.Drop);
    }
}
