using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>Finds what people gave back by rating again (see <see cref="RatedDownSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120174500_RatedDown")]
    public sealed class RatedDown : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(RatedDownSchema.Up);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(RatedDownSchema.Drop);
    }
}
