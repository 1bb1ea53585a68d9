using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>Refunds, which only raw SQL knows (see <see cref="DunningSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120173000_Dunning")]
    public sealed class Dunning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DunningSchema.Sqlite);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(DunningSchema.Drop);
    }
}
