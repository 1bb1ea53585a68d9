using Mono.Cecil;

namespace BillingPortal.Tests.Floors;

/// <summary>The floors, lowest first: each uses only those below it.</summary>
internal enum Floor
{
    Domain,
    Store,
    Capabilities,
    Web,
}

/// <summary>One outermost type with its place in the house. Nested and compiler-made types count as part of it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Floor">Its floor; faces of a room belong to the Web floor.</param>
/// <param name="Room">Its room of the Capabilities floor, or null.</param>
internal sealed record Resident(TypeDefinition Type, Floor Floor, string? Room);

/// <summary>The plan of the house, read from an assembly.</summary>
internal sealed class Building
{
    private const string Root = "BillingPortal";
    private static readonly string[] Faces = ["Endpoints", "Verb", "Room", "Search", "Page", "Panel", "Dialog"];

    /// <summary>Folders beside the floors: adapters to the outside world stand beside the store; the rest is the roof.</summary>
    private static readonly Dictionary<string, Floor> Floors = new(StringComparer.Ordinal)
    {
        ["Domain"] = Floor.Domain,
        ["Store"] = Floor.Store,
        ["Payments"] = Floor.Store,
        ["Notifications"] = Floor.Store,
        ["Printing"] = Floor.Store,
        ["TaxRegisters"] = Floor.Store,
        ["Capabilities"] = Floor.Capabilities,
        ["Web"] = Floor.Web,
    };

    private Building(ModuleDefinition module) =>
        Residents = [.. module.Types.Select(type => (Type: type, Place: PlaceOf(type))).Where(t => t.Place is not null)
            .Select(t => new Resident(t.Type, t.Place!.Value.Floor, t.Place.Value.Room))];

    /// <summary>The portal as it was built.</summary>
    public static Building Portal { get; } = Of(typeof(BillingPortal.Domain.Money));

    /// <summary>Everything of the house in that assembly.</summary>
    public IReadOnlyList<Resident> Residents { get; }

    /// <summary>The house in the assembly of <paramref name="any"/>.</summary>
    public static Building Of(Type any)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return new(ModuleDefinition.ReadModule(any.Assembly.Location, new ReaderParameters { AssemblyResolver = resolver }));
    }

    /// <summary>True for what a person looks at.</summary>
    public static bool IsPage(TypeReference type) =>
        Array.Exists(Faces[2..], face => type.Name.Split('`')[0].EndsWith(face, StringComparison.Ordinal));

    /// <summary>Where <paramref name="type"/> stands, by the namespace of its outermost type; null where it is not of the house.</summary>
    public static (Floor Floor, string? Room)? PlaceOf(TypeReference type)
    {
        var outermost = type.GetElementType();
        while (outermost.DeclaringType is { } declaring)
        {
            outermost = declaring;
        }

        var parts = outermost.Namespace.Split('.');
        if (parts[0] != Root || (parts.Length > 1 && parts[1] is "Tests" or "E2E"))
        {
            return null;
        }

        if (parts.Length == 1 || !Floors.TryGetValue(parts[1], out var floor))
        {
            return (Floor.Web, null);
        }

        var room = floor is Floor.Capabilities && parts.Length > 2 ? parts[2] : null;
        var name = outermost.Name.Split('`')[0];
        var isFace = floor is Floor.Capabilities && Array.Exists(Faces, face => name.EndsWith(face, StringComparison.Ordinal));
        return (isFace ? Floor.Web : floor, room);
    }
}
