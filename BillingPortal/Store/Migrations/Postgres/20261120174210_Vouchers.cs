using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>Vouchers, which only raw SQL knows (see <see cref="VoucherSchema"/>).</summary>
    [DbContext(typeof(PostgresBillingStore))]
    [Migration("20261120174210_Vouchers")]
    public sealed class Vouchers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(VoucherSchema.Postgres);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(VoucherSchema.Drop);
    }
}
