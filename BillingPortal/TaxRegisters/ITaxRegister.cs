namespace BillingPortal.TaxRegisters;

/// <summary>A public register of tax numbers, as VIES is for the union's VAT. It is asked about one number at a time and never decides anything.</summary>
public interface ITaxRegister
{
    /// <summary>Its name for people; null where none is connected (setting <c>TaxRegister:BaseUrl</c>), and asking is answered <see cref="TaxRegisterAnswer.Silent"/>.</summary>
    string? Name { get; }

    /// <summary>Asks about <paramref name="number"/>, a VAT number of the union with its prefix, normalised. What goes wrong on the way is an answer, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<TaxRegisterAnswer> AskAsync(string number, CancellationToken cancel);
}

/// <summary>What a register says about a number.</summary>
public abstract record TaxRegisterAnswer
{
    private TaxRegisterAnswer() { }

    /// <summary>It is registered.</summary>
    /// <param name="Name">In whose name, where the state tells.</param>
    public sealed record Known(string? Name) : TaxRegisterAnswer;

    /// <summary>It is not registered.</summary>
    public sealed record NotKnown : TaxRegisterAnswer;

    /// <summary>The register, or the state behind it, could not be asked. Says nothing about the number.</summary>
    /// <param name="Reason">In words, for a person.</param>
    public sealed record Silent(string Reason) : TaxRegisterAnswer;
}
