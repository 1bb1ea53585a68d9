using System.Text.RegularExpressions;
using BillingPortal.Store;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace BillingPortal.Tests.Floors;

/// <summary>The rules of the house. Each yields one sentence for each breach, and nothing where all is well.</summary>
internal static partial class HouseRules
{
    private static readonly string[] NotForTheDomain =
        ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Data", "Microsoft.Extensions", "Npgsql", "System.Data", "Quartz", "Radzen"];

    private static readonly string[] NotPure =
    [
        "System.Guid::NewGuid", "System.Guid::CreateVersion7", "System.TimeProvider::get_System", "System.DateTime::get_Now",
        "System.DateTime::get_UtcNow", "System.DateTime::get_Today", "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow",
        "System.Random::.ctor", "System.Random::get_Shared", "RandomNumberGenerator::",
    ];

    /// <summary>What the portal does of itself, when it starts or as time passes: there is nobody whose permission it could ask for.</summary>
    private static readonly string[] InNobodysName = ["DemoData", "AbandonedImports", "CheckoutCollection", "CheckoutExecutor", "DemoPeopleStep", "MailNotices", "SendMails", "DunOverdue", "EndedWindows", "PausedRecharges", "PlanClock", "PlanFeeCollection", "RechargeExecutor", "RefundExecutor", "PersonClaims", "StoredKeys", "TakePaymentNews", "TokenAuthentication", "TokenUses", "VerifyTaxNumbers"];

    /// <summary>A floor uses only those below it.</summary>
    public static IEnumerable<string> NobodyLooksUp(Building house) =>
        from resident in house.Residents
        from used in TypeUses.Of(resident.Type).DistinctBy(t => t.FullName)
        let place = Building.PlaceOf(used)
        where place is not null && place.Value.Floor > resident.Floor
        select $"{resident.Type.FullName} ({resident.Floor}) uses {used.FullName} ({place.Value.Floor})";

    /// <summary>Rooms do not use each other: what two of them need moves down.</summary>
    public static IEnumerable<string> RoomsAreSeparate(Building house) =>
        from resident in house.Residents
        where resident.Room is not null
        from used in TypeUses.Of(resident.Type).DistinctBy(t => t.FullName)
        let room = Building.PlaceOf(used)?.Room
        where room is not null && room != resident.Room
        select $"{resident.Type.FullName} uses {used.FullName} of the room {room}";

    /// <summary>The domain knows neither a database nor the web.</summary>
    public static IEnumerable<string> TheDomainIsPlain(Building house) =>
        from resident in house.Residents
        where resident.Floor is Floor.Domain
        from used in TypeUses.Of(resident.Type).DistinctBy(t => t.FullName)
        where Array.Exists(NotForTheDomain, library => used.Namespace.StartsWith(library, StringComparison.Ordinal))
        select $"{resident.Type.FullName} uses {used.FullName}";

    /// <summary>The domain decides alike every time: neither clock nor chance.</summary>
    public static IEnumerable<string> TheDomainIsPure(Building house) =>
        from resident in house.Residents
        where resident.Floor is Floor.Domain
        from call in TypeUses.Calls(resident.Type)
        where Array.Exists(NotPure, impure => $"{call.DeclaringType.FullName}::{call.Name}".Contains(impure, StringComparison.Ordinal))
        select $"{resident.Type.FullName} calls {call.DeclaringType.Name}.{call.Name}";

    /// <summary>Neither the domain nor the store computes in floating point.</summary>
    public static IEnumerable<string> MoneyIsWhole(Building house) =>
        from resident in house.Residents
        where resident.Floor is Floor.Domain || (resident.Floor is Floor.Store && !IsMigration(resident))
        where OwnTypes(resident.Type).Any(IsFloating) || TypeUses.Instructions(resident.Type).Any(ComputesFloating)
        select $"{resident.Type.FullName} uses floating point";

    /// <summary>Names say what a thing is; these say nothing.</summary>
    public static IEnumerable<string> NamesSaySomething(Building house) =>
        from resident in house.Residents
        from type in TypeUses.WithNested(resident.Type)
        where EmptyName().IsMatch(type.Name)
        select $"{type.FullName} should be named for what it is";

    /// <summary>Money is written one way: nothing else writes to the ledger's tables.</summary>
    public static IEnumerable<string> OnlyTheWriterWrites(Building house) =>
        from resident in house.Residents
        where !IsMigration(resident) && !IsJournalWriter(resident)
        from text in TypeUses.Texts(resident.Type)
        where LedgerWrite().IsMatch(text)
        select $"{resident.Type.FullName} writes to the ledger: {text}";

    /// <summary>Whatever reaches the store in a person's name says which permission that takes.</summary>
    public static IEnumerable<string> CapabilitiesNameTheirPermission(Building house) =>
        from resident in house.Residents
        where resident.Floor is Floor.Capabilities && resident.Type is { IsInterface: false, IsAbstract: false, IsPublic: true }
        where !InNobodysName.Contains(resident.Type.Name)
        where resident.Type.Methods.Any(method => method.Parameters.Any(parameter => IsWayToTheStore(method, parameter.ParameterType)))
        where resident.Type.Interfaces.All(implemented => implemented.InterfaceType.FullName != typeof(ICapability).FullName)
        select $"{resident.Type.FullName} does not implement {nameof(ICapability)}";

    /// <summary>A person agrees to what was shown; only programs agree to whatever comes (rules §5).</summary>
    public static IEnumerable<string> PeopleAgreeToWhatTheySaw(Building house) =>
        from resident in house.Residents
        where Building.IsPage(resident.Type)
        where TypeUses.Calls(resident.Type).Any(call =>
            call.DeclaringType.FullName == typeof(Agreement).FullName && call.Name == "get_" + nameof(Agreement.OfProgram))
        select $"{resident.Type.FullName} agrees to a decision nobody saw";

    /// <summary>Sign-in happens in one room: elsewhere Identity would live as long as a circuit, on one context for all its pages.</summary>
    public static IEnumerable<string> IdentityStaysInItsRoom(Building house) =>
        from resident in house.Residents
        where resident.Room != "SigningIn" && !(resident.Floor is Floor.Store && resident.Type.Name == "PeopleRegister")
        from used in TypeUses.Of(resident.Type).Select(type => type.GetElementType().Name).Distinct(StringComparer.Ordinal)
        where used is "SignInManager`1" or "UserManager`1"
        select $"{resident.Type.FullName} uses {used[..^2]}";

    private static bool IsWayToTheStore(MethodDefinition method, TypeReference parameter) =>
        parameter.FullName == typeof(Caller).FullName
        || (method is { IsConstructor: true, IsStatic: false }
            && (parameter.FullName == typeof(JournalWriter).FullName
                || parameter.FullName.Contains("IDbContextFactory", StringComparison.Ordinal)));

    private static bool IsMigration(Resident resident) => resident.Type.Namespace.Contains(".Migrations", StringComparison.Ordinal);

    /// <summary>The writer's own room, and the register that opens a new organization's empty ledger.</summary>
    private static bool IsJournalWriter(Resident resident) =>
        resident.Type.Namespace == typeof(JournalWriter).Namespace + ".Writing"
        || resident.Type.FullName == typeof(JournalWriter).FullName
        || resident.Type.FullName == typeof(OrganizationRegister).FullName;

    private static IEnumerable<TypeReference> OwnTypes(TypeDefinition type) =>
        TypeUses.WithNested(type).SelectMany(t => t.Fields.Select(f => f.FieldType)
            .Concat(t.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType)))
            .Concat(t.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Variables.Select(v => v.VariableType))));

    private static bool IsFloating(TypeReference type) => type.MetadataType is MetadataType.Single or MetadataType.Double;

    private static bool ComputesFloating(Instruction instruction) =>
        instruction.OpCode.Code is Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un;

    [GeneratedRegex("(Helper|Manager|Dto|DTO|Util|Utility|Utilities|Service)s?(`[0-9]+)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyName();

    [GeneratedRegex(
        """(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|TRUNCATE(\s+TABLE)?|COPY)\s+"?(journal_entry|posting|account|ledger_head)\b""",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LedgerWrite();
}
