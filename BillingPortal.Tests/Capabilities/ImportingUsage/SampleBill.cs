namespace BillingPortal.Tests.Capabilities.ImportingUsage;

/// <summary>A bill and what must come of it.</summary>
public sealed record SampleBill(
    string Name, int Resellers, int SubOrganizations, int Groups, int Entries, int Charged, string Posted, string Carried, string Total)
{
    /// <summary>The file's content.</summary>
    public Stream Open() => Path is null ? FocusFile.Stream(Synthetic) : File.OpenRead(Path);

    /// <inheritdoc />
    public override string ToString() => Name;

    private string? Path { get; init; }

    /// <summary>
    /// A bill small enough to reckon by hand, always there; and the thousand rows of the FinOps Foundation's sample where the checkout lies
    /// beside it (rules §3 gives its numbers; it is not copied into the project).
    /// </summary>
    public static TheoryData<SampleBill> All()
    {
        var bills = new TheoryData<SampleBill> { new SampleBill("synthetic", 2, 2, 6, 4, 2, "0.499999", "-0.0000003", "0.4999987") };
        if (Find() is { } path)
        {
            bills.Add(new SampleBill("FOCUS 1.0 sample", 3, 73, 220, 146, 62, "20.520223", "0.00000372899", "20.52022672899") { Path = path });
        }

        return bills;
    }

    /// <summary>
    /// Atlas: S3 0.0000014 → 1, carries 0.4; S3 in October 0.0000012 → 2, carries −0.4; EC2 −0.5000005 + 1 = 0.4999995 → 500,000 (even), carries −0.5.
    /// Boreas: 0.0000003 and −0.0000003 → nothing; SQS 0.0000003 → nothing, carries 0.3. Oracle's own: −0.0000037 → −4, carries 0.3.
    /// In millionths: 1 + 2 + 500,000 − 4 = 499,999 posted, −0.4 − 0.5 + 0.3 + 0.3 = −0.3 carried.
    /// </summary>
    private static string Synthetic => FocusFile.Text(
        FocusFile.Row(cost: "0.0000004"), FocusFile.Row(cost: "0.0000010"), FocusFile.Row(cost: "1.2E-6", period: "2024-10-01 00:00:00", charge: "2024-10-01 05:00:00"),
        FocusFile.Row(cost: "-0.5000005", service: "EC2"), FocusFile.Row(cost: "1", service: "EC2"),
        FocusFile.Row(sub: "12", cost: "0.0000003"), FocusFile.Row(sub: "12", cost: "-0.0000003"), FocusFile.Row(sub: "12", cost: "0.0000003", service: "SQS"),
        FocusFile.Row(provider: "Oracle", account: "2000", accountName: "", sub: "NULL", subName: "NULL", service: "COMPUTE", cost: "-0.0000037"));

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "shared", "data", "focus-1.0-sample.csv");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
