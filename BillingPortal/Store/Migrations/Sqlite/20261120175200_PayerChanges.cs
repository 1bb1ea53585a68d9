using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Sqlite
{
    /// <summary>Who paid before, which only raw SQL knows (see <see cref="PayerSchema"/>).</summary>
    [DbContext(typeof(SqliteBillingStore))]
    [Migration("20261120175200_PayerChanges")]
    public sealed class PayerChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PayerSchema.Sqlite);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PayerSchema.Drop);
    }
}
