using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>The catalogue, subscriptions, fees and coupons, which only raw SQL knows (see <see cref="PlansSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120172000_Plans")]
    public sealed class Plans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PlansSchema.Sqlite);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PlansSchema.Drop);
    }
}
