// Runs before the first paint: what the browser remembers about theme and sidebar, and which zone it is in.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const read = key => { try { return localStorage.getItem(key); } catch { return null; } };

  const apply = () => {
    const theme = read("bp-theme");
    const chosen = theme === "light" || theme === "dark" ? theme : null;
    set("theme", chosen);
    set("sidebar", read("bp-sidebar") === "folded" ? "folded" : null);
    const scheme = chosen ?? (dark.matches ? "dark" : "light");
    for (const link of document.querySelectorAll("link[data-scheme]")) {
      const media = link.dataset.scheme === scheme ? "all" : "not all";
      if (link.media !== media) link.media = media;
    }
  };

  const set = (name, value) => {
    if ((root.dataset[name] ?? null) === value) return;
    if (value === null) delete root.dataset[name]; else root.dataset[name] = value;
  };

  apply();
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  // Enhanced navigation takes over the new document's attributes, which know nothing of the choice.
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ["data-theme", "data-sidebar"] });
  new MutationObserver(apply).observe(document.head, { childList: true });

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `bp-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  globalThis.portalTheme = apply;
})();
