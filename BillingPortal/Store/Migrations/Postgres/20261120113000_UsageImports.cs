using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>The tables of usage imports, which only raw SQL knows (see <see cref="UsageSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120113000_UsageImports")]
    public sealed class UsageImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UsageSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(UsageSchema.Drop);
    }
}
