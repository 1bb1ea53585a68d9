using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>The heads as last published (see <see cref="PublishedHeadSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120124500_PublishedHeads")]
    public sealed class PublishedHeads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PublishedHeadSchema.Sqlite);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PublishedHeadSchema.Drop);
    }
}
