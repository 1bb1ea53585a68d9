namespace BillingPortal.Tests;

/// <summary>Keeps the project compiling until its first test.</summary>
internal static class Placeholder;
