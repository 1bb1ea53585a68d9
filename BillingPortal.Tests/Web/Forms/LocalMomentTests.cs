using BillingPortal.Web.Forms;
using Bunit;

namespace BillingPortal.Tests.Web.Forms;

public sealed class LocalMomentTests : WebTest
{
    [Fact]
    public async Task What_is_typed_is_told_and_not_written_back_and_what_comes_from_elsewhere_is_written()
    {
        var first = new DateTime(2026, 11, 1, 9, 30, 0, DateTimeKind.Unspecified);
        var told = new List<DateTime?>();
        var moment = Render<LocalMoment>(m => m.Add(x => x.Value, first).Add(x => x.ValueChanged, value => told.Add(value)));
        moment.Find("input").GetAttribute("value").ShouldBe("2026-11-01T09:30");

        // A browser tells of the year 2 while 2026 is being typed.
        await moment.Find("input").ChangeAsync(new() { Value = "0002-11-01T09:30" });
        moment.Render(m => m.Add(x => x.Value, told[^1]));
        moment.Find("input").GetAttribute("value").ShouldBe("2026-11-01T09:30");
        told.ShouldBe([new DateTime(2, 11, 1, 9, 30, 0, DateTimeKind.Unspecified)]);

        await moment.Find("input").ChangeAsync(new() { Value = "" });
        told[^1].ShouldBeNull();
        moment.Render(m => m.Add(x => x.Value, new DateTime(2027, 1, 2, 0, 0, 0, DateTimeKind.Unspecified)));
        moment.Find("input").GetAttribute("value").ShouldBe("2027-01-02T00:00");
        moment.Render(m => m.Add(x => x.Value, null));
        moment.Find("input").GetAttribute("value").ShouldBeNullOrEmpty();
    }
}
