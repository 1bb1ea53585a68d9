using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace BillingPortal.Web.Searching;

/// <summary>
/// The search everywhere. Asks every <see cref="ISearchSource"/> 150 ms after the last keystroke; the newest question wins. Options are
/// links, so a click, Enter and Ctrl+Enter go the browser's own way.
/// </summary>
public sealed partial class SearchBox(IEnumerable<ISearchSource> sources, NavigationManager navigation, IJSRuntime browser, TimeProvider clock, ILogger<SearchBox> log)
    : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private Fetching<SearchGroup[]>? _finding;
    private ImmutableArray<SearchGroup> _groups = [];
    private ImmutableArray<SearchHit> _hits = [];
    private string _text = "", _said = "";
    private int _active;
    private bool _focused;

    /// <summary>The input's id; ids of the list and its options begin with it.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "q";

    /// <summary>True in the palette: always open, and an empty question lists the pages.</summary>
    [Parameter]
    public bool InDialog { get; set; }

    private bool Open => InDialog || (_focused && _said.Length > 0);

    /// <inheritdoc />
    public void Dispose() => _finding?.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => _finding = new(FindAsync, Found, log);

    private string OptionId(int index) => string.Create(CultureInfo.InvariantCulture, $"{Id}-o{index}");

    private async Task EnterAsync()
    {
        _focused = true;
        if (InDialog && _said.Length == 0)
        {
            await _finding!.RunAsync();
        }
    }

    private void Leave() => _focused = false;

    private async Task TypeAsync(string? text)
    {
        _text = text ?? "";
        if (_text.Trim().Length == 0 && !InDialog)
        {
            Clear();
        }

        await _finding!.RunAsync();
    }

    private async Task<SearchGroup[]?> FindAsync(CancellationToken cancel)
    {
        var text = _text.Trim();
        if (text.Length == 0)
        {
            return InDialog ? await AskAsync("", sources.OfType<PageSearch>(), cancel) : null;
        }

        await Task.Delay(Pause, clock, cancel);
        return await AskAsync(text, sources, cancel);
    }

    private static async Task<SearchGroup[]> AskAsync(string text, IEnumerable<ISearchSource> asked, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(asked.OrderBy(source => source.Order).Select(source => source.FindAsync(text, cancel)));
        return [.. answers.SelectMany(groups => groups).Where(group => group.Hits.Length > 0)];
    }

    private void Found()
    {
        _groups = _finding?.Value is { } value ? [.. value] : [];
        _hits = [.. _groups.SelectMany(group => group.Hits)];
        _active = 0;
        _said = _finding?.State switch
        {
            Fetched<SearchGroup[]>.Failed => "The search failed. Type again to try again.",
            Fetched<SearchGroup[]>.Empty => _text.Trim().Length == 0 ? "" : "Nothing found.",
            Fetched<SearchGroup[]>.Ready => _hits.Length == 1 ? "1 result" : string.Create(CultureInfo.CurrentCulture, $"{_hits.Length} results"),
            _ => _said,
        };
        StateHasChanged();
    }

    /// <summary>portal.js keeps the arrows from moving the caret meanwhile.</summary>
    private void Press(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when _hits.Length > 0:
                _active = (_active + 1) % _hits.Length;
                break;
            case "ArrowUp" when _hits.Length > 0:
                _active = (_active + _hits.Length - 1) % _hits.Length;
                break;
            case "Escape" when !InDialog:
                Clear();
                break;
            default:
                break;
        }
    }

    private async Task OpenAsync()
    {
        if (_hits.Length > 0 && Open)
        {
            await browser.InvokeVoidAsync("portal.follow", OptionId(_active));
        }
        else if (_text.Trim().Length > 0)
        {
            navigation.NavigateTo("/?q=" + Uri.EscapeDataString(_text.Trim()));
        }
    }

    private async Task Chosen()
    {
        Clear();
        await browser.InvokeVoidAsync("portal.closeDialogs");
    }

    private void Clear()
    {
        (_text, _said, _active) = ("", "", 0);
        (_groups, _hits) = ([], []);
    }
}
