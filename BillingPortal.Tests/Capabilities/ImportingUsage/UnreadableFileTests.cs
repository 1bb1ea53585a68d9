using System.Text;
using BillingPortal.Capabilities.ImportingUsage;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

public sealed class UnreadableFileTests
{
    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n\n", "the file is empty")]
    [InlineData("name,amount\nAcme,5\n", "not the header of a FOCUS 1.0 file")]
    [InlineData("BilledCost;BillingAccountId\n1;2\n", "separated by semicolons")]
    [InlineData("BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName,SubAccountId\n",
        "the header lacks BillingAccountName, SubAccountName.")]
    [InlineData(FocusFile.Header + ",BilledCost\n", "names this column twice")]
    [InlineData(FocusFile.Header + "\n", "a header and no rows")]
    public async Task A_file_that_is_no_usage_is_refused_with_the_reason(string text, string reason)
    {
        var (rows, errors) = await FocusFile.ReadAsync(text);

        rows.ShouldBeEmpty();
        errors.Found.ShouldHaveSingleItem().Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("504B0304AABB", "a ZIP archive or a spreadsheet")]
    [InlineData("1F8B0800AABB", "compressed with gzip")]
    [InlineData("50415231AABB", "Parquet")]
    [InlineData("FFFE42006900", "UTF-16")]
    [InlineData("4269006C0065", "binary")]
    [InlineData("4B6F6C6EE4F6FC0A", "not UTF-8")]
    public async Task A_file_that_is_no_text_is_refused_with_what_it_seems_to_be(string hex, string reason)
    {
        var (_, errors) = await FocusFile.ReadAsync(new MemoryStream(Convert.FromHexString(hex)));

        errors.Found.ShouldHaveSingleItem().Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task Text_that_stops_being_utf_8_is_reported_with_its_row()
    {
        var rows = Encoding.UTF8.GetBytes(FocusFile.Text(Enumerable.Repeat(FocusFile.Row(), 1_000)));
        var (_, errors) = await FocusFile.ReadAsync(new MemoryStream([.. rows, 0xE4, 0x0A]));

        var error = errors.Found.ShouldHaveSingleItem();
        error.Row.ShouldNotBeNull().ShouldBeGreaterThan(500);
        error.Reason.ShouldContain("not UTF-8");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x,")]
    [InlineData("\"x\ny\",")]
    [InlineData("\"")]
    public async Task A_gigabyte_of_junk_is_refused_after_its_first_megabytes(string junk)
    {
        var file = new EndlessFile(junk);
        var reader = new FocusReader(file);
        await foreach (var _ in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Fail("Junk holds no row.");
        }

        reader.Errors.None.ShouldBeFalse();
        file.Given.ShouldBeLessThan(8L * UsageText.MaxRecord);
    }

    [Fact]
    public async Task A_gigabyte_of_junk_behind_a_good_header_is_refused_after_a_thousand_rows()
    {
        var file = new EndlessFile("junk,junk\n", FocusFile.Header + "\n");
        var reader = new FocusReader(file);
        await foreach (var _ in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Fail("Junk holds no row.");
        }

        reader.Errors.MayBeMore.ShouldBeTrue();
        file.Given.ShouldBeLessThan(UsageText.MaxRecord);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        const int rows = 200_000;
        var row = FocusFile.Row() + "\n";
        var file = new EndlessFile(row, FocusFile.Header + "\n") { Size = rows * (long)row.Length };
        var reader = new FocusReader(file);
        var tally = new UsageTally(reader.Errors);
        long early = 0, most = 0;
        await foreach (var usage in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            tally.Add(usage).ShouldBeTrue();
            if (reader.Rows % 20_000 == 0)
            {
                var live = GC.GetTotalMemory(forceFullCollection: true);
                (early, most) = (early == 0 ? live : early, Math.Max(most, live));
            }
        }

        reader.Rows.ShouldBeGreaterThan(rows - 10);
        (most - early).ShouldBeLessThan(16L << 20);
    }

    /// <summary>A header and then the same text over and over: a gigabyte, or as long as said, made as it is read.</summary>
    private sealed class EndlessFile(string text, string header = "") : Stream
    {
        private readonly byte[] _block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, Math.Max(1, 4_000 / text.Length))));
        private readonly byte[] _header = Encoding.UTF8.GetBytes(header);

        public long Given { get; private set; }

        public override long Length => Size;

        public long Size { get; init; } = 1L << 30;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var limit = Math.Min(count, Length - Given);
            var source = Given < _header.Length ? _header.AsSpan((int)Given) : _block.AsSpan((int)((Given - _header.Length) % _block.Length));
            var given = (int)Math.Min(limit, source.Length);
            source[..given].CopyTo(buffer.AsSpan(offset));
            Given += given;
            return given;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
