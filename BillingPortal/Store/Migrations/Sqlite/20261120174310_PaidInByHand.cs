using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>Finds top-ups that people entered (see <see cref="PaidInByHandSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120174310_PaidInByHand")]
    public sealed class PaidInByHand : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PaidInByHandSchema.Up);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PaidInByHandSchema.Drop);
    }
}
