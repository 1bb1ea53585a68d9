using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>Refunds, which only raw SQL knows (see <see cref="DunningSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120173000_Dunning")]
    public sealed class Dunning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DunningSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DunningSchema.Drop);
    }
}
