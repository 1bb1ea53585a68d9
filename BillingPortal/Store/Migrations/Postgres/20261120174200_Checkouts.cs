using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>Purchases of credits, which only raw SQL knows (see <see cref="CheckoutSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120174200_Checkouts")]
    public sealed class Checkouts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(CheckoutSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(CheckoutSchema.Drop);
    }
}
