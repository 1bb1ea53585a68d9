using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>Where usage of closed months is booked (see <see cref="LateUsageSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120174400_LateUsage")]
    public sealed class LateUsage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(LateUsageSchema.Sqlite);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(LateUsageSchema.Drop);
    }
}
