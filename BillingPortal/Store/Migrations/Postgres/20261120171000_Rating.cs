using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>Tariffs, custom rates, inclusive volumes, data packages and rated usage, which only raw SQL knows (see <see cref="RatingSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120171000_Rating")]
    public sealed class Rating : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(RatingSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(RatingSchema.Drop);
    }
}
