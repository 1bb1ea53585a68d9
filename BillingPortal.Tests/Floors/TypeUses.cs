using Mono.Cecil;
using Mono.Cecil.Cil;

namespace BillingPortal.Tests.Floors;

/// <summary>What a type and all types nested in it mention.</summary>
internal static class TypeUses
{
    /// <summary>Every type mentioned: bases, members, attributes, and everything in method bodies.</summary>
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => WithNested(type).SelectMany(Mentioned).SelectMany(Unwrapped);

    /// <summary>The type and everything nested in it, compiler-made closures and state machines included.</summary>
    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>Every instruction of every method.</summary>
    public static IEnumerable<Instruction> Instructions(TypeDefinition type) =>
        WithNested(type).SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions);

    /// <summary>Every method called or taken as a delegate, by its full name.</summary>
    public static IEnumerable<MethodReference> Calls(TypeDefinition type) => Instructions(type).Select(i => i.Operand).OfType<MethodReference>();

    /// <summary>Every text the code holds, constants included.</summary>
    public static IEnumerable<string> Texts(TypeDefinition type) =>
        Instructions(type).Select(i => i.Operand).OfType<string>()
            .Concat(WithNested(type).SelectMany(t => t.Fields).Select(f => f.Constant).OfType<string>());

    private static IEnumerable<TypeReference?> Mentioned(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Properties.Select(p => p.PropertyType),
        .. type.Events.Select(e => e.EventType),
        .. type.GenericParameters.SelectMany(Constraints),
        .. type.CustomAttributes.Select(a => a.AttributeType),
        .. type.Methods.SelectMany(MentionedBy),
    ];

    private static IEnumerable<TypeReference?> MentionedBy(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(p => p.ParameterType),
        .. method.GenericParameters.SelectMany(Constraints),
        .. method.CustomAttributes.Select(a => a.AttributeType),
        .. method.HasBody ? InBody(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> InBody(MethodBody body) =>
    [
        .. body.Variables.Select(v => v.VariableType),
        .. body.ExceptionHandlers.Select(h => h.CatchType),
        .. body.Instructions.SelectMany(i => InOperand(i.Operand)),
    ];

    private static IEnumerable<TypeReference?> InOperand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method =>
        [
            method.DeclaringType,
            method.ReturnType,
            .. method.Parameters.Select(p => p.ParameterType),
            .. (method as GenericInstanceMethod)?.GenericArguments ?? [],
        ],
        _ => [],
    };

    private static IEnumerable<TypeReference> Constraints(GenericParameter parameter) => parameter.Constraints.Select(c => c.ConstraintType);

    /// <summary>A list of arrays of X mentions the list and X.</summary>
    private static IEnumerable<TypeReference> Unwrapped(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Unwrapped).Prepend(generic.ElementType),
        TypeSpecification wrapped => Unwrapped(wrapped.ElementType),
        _ => [type],
    };
}
