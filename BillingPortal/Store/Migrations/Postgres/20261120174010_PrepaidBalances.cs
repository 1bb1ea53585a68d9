using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>The index of what moved prepaid balances, which only raw SQL knows (see <see cref="PrepaidSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120174010_PrepaidBalances")]
    public sealed class PrepaidBalances : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PrepaidSchema.Make);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PrepaidSchema.Drop);
    }
}
