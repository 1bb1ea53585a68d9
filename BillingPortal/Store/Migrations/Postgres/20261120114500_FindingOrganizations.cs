using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>Words of names and short indexes (see <see cref="SearchSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120114500_FindingOrganizations")]
    public sealed class FindingOrganizations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SearchSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(SearchSchema.Drop);
    }
}
