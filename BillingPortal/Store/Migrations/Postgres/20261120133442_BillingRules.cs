using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BillingPortal.Store.Migrations.Postgres
{
    /// <summary>Payers, profiles, rules, recharges, cards and notices (see <see cref="BillingRuleSchema"/>).</summary>
    public partial class BillingRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "contact_address",
                table: "organization",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "contact_email",
                table: "organization",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "deleted_at",
                table: "organization",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "features",
                table: "organization",
                type: "character varying(400)",
                maxLength: 400,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "logo_url",
                table: "organization",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "payer_id",
                table: "organization",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "personal",
                table: "organization",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "privacy_url",
                table: "organization",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "terms_url",
                table: "organization",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "updated_at",
                table: "organization",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "verified",
                table: "organization",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_organization_payer_id",
                table: "organization",
                column: "payer_id");
            migrationBuilder.Sql(BillingRuleSchema.Postgres);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(BillingRuleSchema.Drop);
            migrationBuilder.DropIndex(
                name: "IX_organization_payer_id",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "contact_address",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "contact_email",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "features",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "logo_url",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "payer_id",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "personal",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "privacy_url",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "terms_url",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "updated_at",
                table: "organization");

            migrationBuilder.DropColumn(
                name: "verified",
                table: "organization");
        }
    }
}
