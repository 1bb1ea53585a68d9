using BillingPortal.Domain.TaxNumbers;

namespace BillingPortal.Tests.Domain.TaxNumbers;

/// <summary>Numbers that tax authorities and registers publish as examples, and what becomes of them when a digit is mistyped.</summary>
public sealed class TaxNumberTests
{
    // Type; numbers that are true.
    private const string True = """
        eu_vat;ATU13585627 AT U13585627
        eu_vat;BE0403019261 BE0428759497
        eu_vat;BG175074752 BG7523169263
        eu_vat;CY10259033P
        eu_vat;CZ25123891 CZ640903926 CZ7103192745
        eu_vat;DE136695976 de-136.695.976
        eu_vat;DK13585628
        eu_vat;EE100931558
        eu_vat;EL123456783 GR123456783
        eu_vat;ESB58378431 ES54362315K ESX5253868R ESJ99216582
        eu_vat;FI20774740
        eu_vat;FR40303265045 FRK7399859412 FR4Z123456782
        eu_vat;HR33392005961
        eu_vat;HU12892312
        eu_vat;IE6433435F IE6433435OA IE8D79739I
        eu_vat;IT00743110157
        eu_vat;LT119511515 LT100001919017 LT100004801610
        eu_vat;LU15027442
        eu_vat;LV40003521600 LV16117519997
        eu_vat;MT11679112
        eu_vat;NL004495445B01 NL854321093B01
        eu_vat;PL8567346215
        eu_vat;PT501964843
        eu_vat;RO18547290
        eu_vat;SE556188840401
        eu_vat;SI50223054
        eu_vat;SK2022749619
        eu_vat;XI980780684
        gb_vat;GB980780684 980780684 GBGD123 GBHA599
        ch_vat;CHE-107.787.577MWST CHE107787577
        ch_uid;CHE107787577
        no_vat;995525828MVA 995525828
        au_abn;51824753556 83914571673
        ca_bn;123026635
        ca_gst_hst;123026635RT0001
        us_ein;12-3456789
        in_gst;27AAPFU0939F1ZV
        ar_cuit;20-05536168-2
        br_cnpj;16.727.230/0001-97
        br_cpf;390.533.447-05
        bg_uic;175074752
        cl_tin;12.531.909-2
        cn_tin;91110000600037341L
        co_nit;213.123.432-1
        es_cif;B58378431
        hr_oib;33392005961
        hu_tin;12892312-1-42
        il_vat;516179157
        jp_cn;5-8356-7825-6246
        kr_brn;116-82-00276
        nz_gst;49-091-850 136-410-132
        pe_ruc;20512333797
        pl_nip;856-734-62-15
        rs_pib;101134702
        ru_inn;7707083893
        si_tin;50223054
        th_vat;1-2345-45678-78-1
        tr_tin;4540536920
        tw_vat;00501503
        uy_ruc;21-100342-001-7
        ve_rif;V-11470283-4
        """;

    /// <summary>Each of them, and for each a digit one higher: true, and then false.</summary>
    [Fact]
    public void Every_published_number_holds_and_none_does_with_its_last_digit_mistyped()
    {
        var wrong = new List<string>();
        foreach (var (code, number) in Numbers())
        {
            var type = TaxIdType.Find(code)!;
            if (TaxNumber.Read(number, type) is { Fault: not TaxNumberFault.None } read)
            {
                wrong.Add($"{code} {number} should hold: {read.Fault}");
            }

            if ((type == TaxIdType.EuVat || type.Check is not null) && number.Any(char.IsAsciiDigit) && !number.Contains("GD", StringComparison.Ordinal) && !number.Contains("HA", StringComparison.Ordinal)
                && TaxNumber.Read(Mistyped(number, code), type).Fault is not (TaxNumberFault.CheckDigits or TaxNumberFault.WrongForm))
            {
                wrong.Add($"{code} {Mistyped(number, code)} should not hold");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_member_state_has_a_true_number_in_the_table() =>
        EuVat.All.Select(state => state.Prefix).Except(Numbers().Where(n => n.Code == "eu_vat").Select(n => n.Number[..2])).ShouldBeEmpty();

    [Fact]
    public void Every_published_example_has_its_types_form() =>
        TaxIdType.All.Where(type => !type.HasForm(TaxNumber.Read(type.Example, type).Number)).Select(type => type.Code).ShouldBeEmpty();

    [Theory]
    [InlineData(" de 136.695.976 ", "DE136695976", "eu_vat")]
    [InlineData("ＤＥ１３６６９５９７６", "DE136695976", "eu_vat")]
    [InlineData("GR 123456783", "EL123456783", "eu_vat")]
    [InlineData("gb980 7806 84", "GB980780684", "gb_vat")]
    [InlineData("CHE-107.787.577 MWST", "CHE107787577MWST", "ch_vat")]
    [InlineData("12-3456789", "123456789", null)]
    [InlineData("=1+1", "=1+1", null)]
    public void A_number_is_stored_without_its_signs_and_its_prefix_tells_its_type(string typed, string stored, string? type)
    {
        var read = TaxNumber.Read(typed, type: null);
        read.Number.ShouldBe(stored);
        read.Type?.Code.ShouldBe(type);
    }

    [Fact]
    public void A_number_says_what_is_wrong_with_it()
    {
        TaxNumber.Read("DE136695977", type: null).Reason!.ShouldContain("check digits");
        TaxNumber.Read("DE12", TaxIdType.EuVat).Reason.ShouldBe("is not the form of “EU VAT number”: write DE and then 9 digits.");
        TaxNumber.Read("12", TaxIdType.Find("us_ein")).Reason.ShouldBe("is not the form of “United States EIN”: write as in 12-3456789.");
    }

    private static IEnumerable<(string Code, string Number)> Numbers() =>
        from line in True.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let parts = line.Split(';')
        from number in parts[1].Split(' ')
        where number.Length > 2
        select (parts[0], number.StartsWith('U') ? "AT " + number : number);

    private static string Mistyped(string number, string code)
    {
        // Letters behind the number are no part of what its check digits cover.
        var at = number.Length - 1;
        at -= code switch { "ca_gst_hst" => 6, "hu_tin" => 5, _ when number.StartsWith("NL", StringComparison.Ordinal) => 3, _ when number.StartsWith("SE5", StringComparison.Ordinal) => 2, _ => 0 };
        while (!char.IsAsciiDigit(number[at]))
        {
            at--;
        }

        return string.Concat(number.AsSpan(0, at), ((char)('0' + ((number[at] - '0' + 1) % 10))).ToString(), number.AsSpan(at + 1));
    }
}
