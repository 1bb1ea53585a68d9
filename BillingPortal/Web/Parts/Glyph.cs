using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Web.Parts;

#pragma warning disable CS1591 // each name says what is drawn

/// <summary>The portal's pictures. A picture never stands without a word, visible or for assistive technology.</summary>
public enum Glyph
{
    Menu, Search, Question, Theme, Organizations, Journal, Invoice, Adjust, Sign, Upload, Calendar, Scales, Download, Tag, People, Fold,
    Good, Clock, Paused, Card, Warning, Off, Blocked, Tray, Filter, Lock, Failed, Refresh, Gauge, Close, AsOf, More, ChevronDown, ChevronUp,
    ChevronLeft, ChevronRight, Arrow, Plus, Columns, Bolt, Undo, Link, Tick, Info, Print, Key, Code, First, SignOut, Bell,
}

#pragma warning restore CS1591

/// <summary>What each <see cref="Glyph"/> draws in a box of 16 by 16.</summary>
public static class Glyphs
{
    private const string Ring = "<circle cx=\"8\" cy=\"8\" r=\"5.75\"/>";

    private static readonly FrozenDictionary<Glyph, MarkupString> Drawings = new Dictionary<Glyph, string>
    {
        [Glyph.Menu] = "<path d=\"M2.5 4.5h11M2.5 8h11M2.5 11.5h11\"/>",
        [Glyph.Search] = "<circle cx=\"7\" cy=\"7\" r=\"4.25\"/><path d=\"m10.2 10.2 3.3 3.3\"/>",
        [Glyph.Question] = Ring + "<path d=\"M6.3 6.3a1.75 1.75 0 1 1 2.5 1.6c-.6.3-.8.6-.8 1.1M8 11v.1\"/>",
        [Glyph.Theme] = "<circle cx=\"8\" cy=\"8\" r=\"5.5\"/><path d=\"M8 2.5a5.5 5.5 0 0 1 0 11z\" fill=\"currentColor\"/>",
        [Glyph.Organizations] = "<path d=\"M3 13.5v-11h6v11M9 6.5h4v7M1.5 13.5h13M5.2 5.5h1.6M5.2 8h1.6M5.2 10.5h1.6\"/>",
        [Glyph.Journal] = "<path d=\"M3 3.2c2-.9 3.7-.5 5 .6 1.3-1.1 3-1.5 5-.6v9.6c-2-.9-3.7-.5-5 .6-1.3-1.1-3-1.5-5-.6zM8 3.8v9.6\"/>",
        [Glyph.Invoice] = "<path d=\"M3.5 1.8h9v12.4l-1.8-1.2-1.35 1.2L8 13l-1.35 1.2L5.3 13l-1.8 1.2zM6 5.2h4M6 8h4\"/>",
        [Glyph.Adjust] = "<path d=\"M3 4.5h6M12.5 4.5h.5M3 11.5h.5M7 11.5h6\"/><circle cx=\"10.7\" cy=\"4.5\" r=\"1.6\"/><circle cx=\"5.3\" cy=\"11.5\" r=\"1.6\"/>",
        [Glyph.Sign] = "<path d=\"M2.5 13.5h11M3 10.5c2-6 4.5-8 5.3-6.8.8 1.2-2.8 6.5-1 6.8 1 .2 1.5-1.7 2.3-1.5.7.2.2 1.3 1 1.5.6.1 1.4-.4 2.4-1\"/>",
        [Glyph.Upload] = "<path d=\"M8 10.5V2.8M4.8 5.8 8 2.6l3.2 3.2M2.8 13.3h10.4\"/>",
        [Glyph.Calendar] = "<rect x=\"2.3\" y=\"3.3\" width=\"11.4\" height=\"10.4\" rx=\"1.5\"/><path d=\"M2.3 6.7h11.4M5.5 1.8v2.7M10.5 1.8v2.7\"/>",
        [Glyph.Scales] = "<path d=\"M8 2.5v11M5 13.5h6M3 4.5h10M3 4.5 1.3 9h3.4zM13 4.5 11.3 9h3.4z\"/>",
        [Glyph.Download] = "<path d=\"M8 2.5v7.7M4.8 7.2 8 10.4l3.2-3.2M2.8 13.3h10.4\"/>",
        [Glyph.Tag] = "<path d=\"M2.5 2.5h5.3l5.7 5.7-5.3 5.3-5.7-5.7zM5.3 5.3v.1\"/>",
        [Glyph.People] = "<circle cx=\"6\" cy=\"5.5\" r=\"2.3\"/><path d=\"M1.8 13.3c.2-2.6 1.9-4 4.2-4s4 1.4 4.2 4M10.6 3.4a2.2 2.2 0 0 1 0 4.2M12 9.6c1.3.6 2.1 1.9 2.2 3.7\"/>",
        [Glyph.Fold] = "<rect x=\"2.3\" y=\"3\" width=\"11.4\" height=\"10\" rx=\"1.5\"/><path d=\"M6.3 3v10M11 6.3 9.3 8 11 9.7\"/>",
        [Glyph.Good] = Ring + "<path d=\"m5.5 8.2 1.8 1.8 3.3-3.7\"/>",
        [Glyph.Clock] = Ring + "<path d=\"M8 4.8V8l2.2 1.5\"/>",
        [Glyph.Paused] = Ring + "<path d=\"M6.6 5.8v4.4M9.4 5.8v4.4\"/>",
        [Glyph.Card] = "<rect x=\"1.8\" y=\"3.5\" width=\"12.4\" height=\"9\" rx=\"1.5\"/><path d=\"M1.8 6.5h12.4M4.3 10h2.5\"/>",
        [Glyph.Warning] = "<path d=\"M8 2.2 14.3 13H1.7zM8 6.5v3M8 11.2v.1\"/>",
        [Glyph.Off] = Ring + "<path d=\"M5.5 8h5\"/>",
        [Glyph.Blocked] = Ring + "<path d=\"m4 4 8 8\"/>",
        [Glyph.Tray] = "<path d=\"M2 9.5 4 3.5h8l2 6v3.5H2zM2 9.5h3.5l1 1.5h3l1-1.5H14\"/>",
        [Glyph.Filter] = "<path d=\"M2 3.5h12M4.3 8h7.4M6.5 12.5h3\"/>",
        [Glyph.Lock] = "<rect x=\"3\" y=\"7\" width=\"10\" height=\"6.7\" rx=\"1.3\"/><path d=\"M5.2 7V5.2a2.8 2.8 0 0 1 5.6 0V7\"/>",
        [Glyph.Failed] = Ring + "<path d=\"m6 6 4 4M10 6l-4 4\"/>",
        [Glyph.Refresh] = "<path d=\"M13.3 7.2A5.4 5.4 0 0 0 3.5 5M2.7 8.8a5.4 5.4 0 0 0 9.8 2.2M3.3 2.3V5H6M12.7 13.7V11H10\"/>",
        [Glyph.Gauge] = "<path d=\"M2.5 11.5a5.7 5.7 0 1 1 11 0M8 10.5l2.5-3\"/>",
        [Glyph.Close] = "<path d=\"m4 4 8 8M12 4l-8 8\"/>",
        [Glyph.AsOf] = "<path d=\"M2.5 8a5.5 5.5 0 1 1 1.6 3.9M2.2 11.7l1.9.3.3-1.9M8 5v3.2l2 1.2\"/>",
        [Glyph.More] = "<path d=\"M3.5 8h.1M8 8h.1M12.5 8h.1\" stroke-width=\"2.2\"/>",
        [Glyph.ChevronDown] = "<path d=\"m4.5 6.3 3.5 3.5 3.5-3.5\"/>",
        [Glyph.ChevronUp] = "<path d=\"m4.5 9.7 3.5-3.5 3.5 3.5\"/>",
        [Glyph.ChevronLeft] = "<path d=\"M9.7 4.5 6.2 8l3.5 3.5\"/>",
        [Glyph.ChevronRight] = "<path d=\"m6.3 4.5 3.5 3.5-3.5 3.5\"/>",
        [Glyph.Arrow] = "<path d=\"M3 8h10M9.5 4.5 13 8l-3.5 3.5\"/>",
        [Glyph.Plus] = "<path d=\"M8 3.2v9.6M3.2 8h9.6\"/>",
        [Glyph.Columns] = "<path d=\"M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10\"/>",
        [Glyph.Bolt] = "<path d=\"M9 1.8 3.5 9H8l-1 5.2L12.5 7H8z\"/>",
        [Glyph.Undo] = "<path d=\"M5.8 3.2 2.8 6.2l3 3M3 6.2h6.2a3.5 3.5 0 0 1 0 7H6.5\"/>",
        [Glyph.Link] = "<path d=\"M6.7 9.3 9.3 6.7M7.3 4.7l1.5-1.5a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.7 11.3l-1.5 1.5a2.8 2.8 0 0 1-4-4l1.5-1.5\"/>",
        [Glyph.Tick] = "<path d=\"m3.5 8.3 3 3 6-6.6\"/>",
        [Glyph.Info] = Ring + "<path d=\"M8 7.3v3.4M8 5.2v.1\"/>",
        [Glyph.Print] = "<path d=\"M4.5 6V2.5h7V6M4.5 11.5h-2V6.2h11v5.3h-2M4.5 9.5h7v4h-7z\"/>",
        [Glyph.Key] = "<circle cx=\"5.2\" cy=\"10.8\" r=\"2.7\"/><path d=\"m7.2 8.9 5.6-5.6M10.6 5.5l2 2M8.8 7.3l1.2 1.2\"/>",
        [Glyph.Code] = "<path d=\"M5.3 4.5 1.8 8l3.5 3.5M10.7 4.500 14.200 8l-3.500 3.500\"/>",
        [Glyph.First] = "<path d=\"M11.7 4.5 8.2 8l3.5 3.5M5 4.5v7\"/>",
        [Glyph.SignOut] = "<path d=\"M9.500 2.800h-6v10.400h6M6.800 8h6.700M11 5.300 13.700 8 11 10.700\"/>",
        [Glyph.Bell] = "<path d=\"M4 11.5V7.2a4 4 0 0 1 8 0v4.3h1.2H2.8zM6.6 13.7h2.8\"/>",
    }.ToFrozenDictionary(pair => pair.Key, pair => new MarkupString(pair.Value));

    /// <summary>The drawing of <paramref name="glyph"/>.</summary>
    public static MarkupString Drawing(Glyph glyph) => Drawings[glyph];
}
