using BillingPortal.Store;
using BillingPortal.TaxRegisters;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.TaxRegisters;

public sealed class ViesRegisterTests
{
    [Fact]
    public async Task A_registered_number_is_known_by_its_name_and_another_is_not()
    {
        await using var vies = await ViesServer.StartAsync();
        await using var portal = ViesServer.Portal(vies.Settings);
        var register = portal.GetRequiredService<ITaxRegister>();

        (await register.AskAsync("DE136695976", default)).ShouldBe(new TaxRegisterAnswer.Known("Acme Robotics GmbH"));
        (await register.AskAsync("EL123456783", default)).ShouldBe(new TaxRegisterAnswer.NotKnown());
        (register.Name, string.Join(' ', vies.Asked)).ShouldBe(("VIES", "DE136695976 EL123456783"));
    }

    /// <summary>Whatever else comes back, or nothing, says nothing about the number.</summary>
    [Fact]
    public async Task An_outage_is_no_answer_and_never_a_no()
    {
        await using var vies = await ViesServer.StartAsync();
        await using var portal = ViesServer.Portal(vies.Settings);
        var register = portal.GetRequiredService<ITaxRegister>();
        foreach (var (status, body) in new[]
        {
            (500, ""), (200, "<html>"), (200, "{}"), (200, "[]"), (200, """{"actionSucceed":false,"errorWrappers":[{"error":"MS_UNAVAILABLE"}]}"""),
            (400, """{"actionSucceed":false,"errorWrappers":[]}"""), (200, """{"valid":false,"userError":"MS_MAX_CONCURRENT_REQ"}"""), (302, "{}"), (503, """{"valid":true}"""),
        })
        {
            vies.OutOfOrder = (status, body);
            (await register.AskAsync("DE136695976", default)).ShouldBeOfType<TaxRegisterAnswer.Silent>(body);
        }

        vies.OutOfOrder = (400, """{"actionSucceed":false,"errorWrappers":[{"error":"INVALID_INPUT"}]}""");
        (await register.AskAsync("DE136695976", default)).ShouldBeOfType<TaxRegisterAnswer.NotKnown>();
        await vies.DisposeAsync();
        (await register.AskAsync("DE136695976", default)).ShouldBeOfType<TaxRegisterAnswer.Silent>();
    }

    [Fact]
    public async Task Without_the_setting_nobody_is_asked_and_a_plain_address_is_refused_at_start()
    {
        await using var portal = ViesServer.Portal([]);
        var register = portal.GetRequiredService<ITaxRegister>();
        register.Name.ShouldBeNull();
        (await register.AskAsync("DE136695976", default)).ShouldBeOfType<TaxRegisterAnswer.Silent>();

        await using var plain = ViesServer.Portal(new() { ["TaxRegister:BaseUrl"] = "http://example.com/" });
        Should.Throw<StartRefusedException>(() => plain.GetRequiredService<ITaxRegister>());
    }
}

/// <summary>The portal's own way to put it into a container.</summary>
internal static class PortalRegister
{
    public static IServiceCollection AddPortalRegister(this IServiceCollection services) => services.AddTaxRegister();
}
