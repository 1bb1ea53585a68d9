namespace BillingPortal.Web.Parts;

#pragma warning disable CS1591 // the words people see stand in StateLook

/// <summary>Every state that a badge shows. A new one gets its kind, picture and word in <see cref="StateLook"/>.</summary>
public enum State
{
    Active, Blocked, Disabled, Reseller,
    On, Off, Waiting, Paused, Failed, ActionNeeded, Unknown,
    Holds, Broken, NotChecked,
    Running, Done, Cancelled, Reversed, Late, Unfunded,
    Revoked, Expired, Unread,
}

#pragma warning restore CS1591

/// <summary>How a state is shown: plain when all is well, filled when it wants somebody; always a picture and a word.</summary>
/// <param name="Class">The badge's kind as a class.</param>
/// <param name="Icon">Its picture.</param>
/// <param name="Word">Its word.</param>
public sealed record StateLook(string Class, Glyph Icon, string Word)
{
    private const string Ok = "badge--ok", Info = "badge--info", Warn = "badge--warn", Bad = "badge--bad", No = "badge--no", Tag = "badge--tag";

    /// <summary>The look of <paramref name="state"/>.</summary>
    public static StateLook Of(State state) => state switch
    {
        State.Active => new(Ok, Glyph.Good, "Active"),
        State.Blocked => new(Bad, Glyph.Blocked, "Blocked"),
        State.Disabled => new(No, Glyph.Off, "Disabled"),
        State.Reseller => new(Tag, Glyph.People, "Reseller"),
        State.On => new(Ok, Glyph.Good, "On"),
        State.Off => new(No, Glyph.Off, "Off"),
        State.Waiting => new(Info, Glyph.Clock, "Waiting"),
        State.Paused => new(Warn, Glyph.Paused, "Paused"),
        State.Failed => new(Bad, Glyph.Failed, "Failed"),
        State.ActionNeeded => new(Bad, Glyph.Warning, "Action needed"),
        State.Unknown => new(Warn, Glyph.Question, "Outcome unknown"),
        State.Holds => new(Ok, Glyph.Good, "Holds"),
        State.Broken => new(Bad, Glyph.Warning, "Broken"),
        State.NotChecked => new(No, Glyph.Off, "Not checked"),
        State.Running => new(Info, Glyph.Clock, "Running"),
        State.Done => new(Ok, Glyph.Good, "Done"),
        State.Cancelled => new(No, Glyph.Off, "Cancelled"),
        State.Reversed => new(Tag, Glyph.Undo, "Reversed"),
        State.Late => new(Tag, Glyph.AsOf, "Back-dated"),
        State.Unfunded => new(Warn, Glyph.Warning, "Unfunded"),
        State.Revoked => new(No, Glyph.Off, "Revoked"),
        State.Expired => new(No, Glyph.Clock, "Expired"),
        State.Unread => new(Info, Glyph.Bell, "Unread"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "The state has no look yet."),
    };
}
