using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>Where usage of closed months is booked (see <see cref="LateUsageSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120174400_LateUsage")]
    public sealed class LateUsage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(LateUsageSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(LateUsageSchema.Drop);
    }
}
