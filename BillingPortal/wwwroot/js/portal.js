// Everything the portal does in the browser by itself. No inline handlers: one listener each, by attribute.
const remember = (key, value) => { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* private window: not remembered */ } };
const recall = key => { try { return localStorage.getItem(key); } catch { return null; } };
const typing = target => target.closest?.("input, textarea, select, [contenteditable]") !== null;
const keysOn = () => recall("bp-keys") !== "off";

// ── what components call ──────────────────────────────
globalThis.portal = {
  keepDraft: (key, draft) => sessionStorage.setItem("bp-draft:" + key, JSON.stringify(draft)),
  findDraft: key => JSON.parse(sessionStorage.getItem("bp-draft:" + key) ?? "null"),
  forgetDraft: key => sessionStorage.removeItem("bp-draft:" + key),
  follow: id => document.getElementById(id)?.click(),
  closeDialogs: () => document.querySelectorAll("dialog[open]").forEach(dialog => dialog.close()),
  focus: selector => document.querySelector(selector)?.focus(),
  focusHeading: () => (document.querySelector("#main h1") ?? document.getElementById("main"))?.focus(),
  // Every half minute, and when the page comes back into sight; a page in the background asks nothing.
  watch: bell => {
    const look = () => document.hidden || bell.invokeMethodAsync("LookAsync").catch(stop);
    const stop = () => { clearInterval(timer); document.removeEventListener("visibilitychange", look); };
    const timer = setInterval(look, 30000);
    document.addEventListener("visibilitychange", look);
  },
  copy: text => navigator.clipboard.writeText(text),
  print: () => print(),
};

// ── keys ──────────────────────────────────────────────
const show = id => {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  document.querySelectorAll("dialog[open]").forEach(other => other.close());
  dialog.showModal();
  const input = dialog.querySelector("input[role=combobox]");
  input?.focus();
  input?.select();
};

document.addEventListener("keydown", event => {
  const box = event.target.closest?.("[role=combobox]");
  if (box && (event.key === "ArrowDown" || event.key === "ArrowUp")) event.preventDefault();
  if (box && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const option = document.getElementById(box.getAttribute("aria-activedescendant"));
    if (option) open(option.href, "_blank", "noopener");
    return;
  }
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k" && document.getElementById("palette")) {
    event.preventDefault();
    show("palette");
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !keysOn() || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const search = document.getElementById("q");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (event.key === "?") {
    event.preventDefault();
    show("keys");
  }
});

// ── clicks ────────────────────────────────────────────
// A list that closes when its box loses the focus would be gone before a press on it ends. Blazor prevents nothing where no component handles the event.
document.addEventListener("mousedown", event => {
  if (event.target.closest("[data-keeps-focus]")) event.preventDefault();
});

document.addEventListener("click", event => {
  const target = event.target;
  const opener = target.closest("[data-opens]");
  if (opener) show(opener.dataset.opens);
  if (target.closest("[data-closes]") || target.matches("dialog[open]")) target.closest("dialog")?.close();
  if (target.closest("[data-fold]")) {
    remember("bp-sidebar", recall("bp-sidebar") === "folded" ? null : "folded");
    portalTheme();
    settle();
  }
  if (target.closest("[data-reconnect]")) reconnect();
  if (target.closest(".side a, .pop--menu a, .bell a, .areas a")) target.closest("[popover]:popover-open")?.hidePopover();
  if (target.closest("[aria-disabled=true]")) event.preventDefault();
}, true);

// Only then: a popover that closes gives focus back to its button, which would take the same Enter for a press.
document.addEventListener("submit", event => setTimeout(() => event.target.closest(".pop--form")?.hidePopover()), true);

document.addEventListener("change", event => {
  if (event.target.matches("input[name=theme]")) {
    remember("bp-theme", event.target.value === "system" ? null : event.target.value);
    portalTheme();
  }
  if (event.target.matches("[data-keys]")) remember("bp-keys", event.target.checked ? null : "off");
});

// Controls that show what is remembered; drawn by the server, which does not know it.
const settle = () => {
  const theme = recall("bp-theme") ?? "system";
  for (const radio of document.querySelectorAll("input[name=theme]")) radio.checked = radio.value === theme;
  for (const keys of document.querySelectorAll("[data-keys]")) keys.checked = keysOn();
  for (const fold of document.querySelectorAll("[data-fold]")) fold.setAttribute("aria-expanded", String(recall("bp-sidebar") !== "folded"));
};

// ── popovers: below their button, inside the window; on narrow screens the style sheet makes them bottom sheets ──
const place = pop => {
  const button = document.querySelector(`[popovertarget="${CSS.escape(pop.id)}"]`);
  if (!button) return;
  const from = button.getBoundingClientRect(), size = pop.getBoundingClientRect();
  const below = from.bottom + 6 + size.height <= innerHeight - 8;
  pop.style.top = `${Math.max(8, below ? from.bottom + 6 : from.top - 6 - size.height)}px`;
  pop.style.left = `${Math.max(8, Math.min(pop.matches(".pop--form") ? from.left : from.right - size.width, innerWidth - size.width - 8))}px`;
};

document.addEventListener("toggle", event => {
  const pop = event.target;
  if (!pop.matches?.("[popover]") || event.newState !== "open") return;
  settle();
  if (pop.matches(".pop")) place(pop);
}, true);

for (const moved of ["scroll", "resize"]) addEventListener(moved, () => document.querySelectorAll(".pop:popover-open").forEach(place), { capture: true, passive: true });

// ── connection ────────────────────────────────────────
const connection = document.getElementById("components-reconnect-modal");
const words = {
  "components-reconnect-show": "Connection lost, trying again",
  "components-reconnect-failed": "The connection could not be restored",
  "components-reconnect-rejected": "The portal was restarted; load the page again",
};
const tell = () => {
  const state = Object.keys(words).find(name => connection.classList.contains(name));
  connection.querySelector("[data-connection]").textContent = state ? words[state] : "";
  connection.querySelector("[data-reconnect]").textContent = state === "components-reconnect-rejected" ? "Load again" : "Try now";
};
const reconnect = async () => {
  if (connection.classList.contains("components-reconnect-rejected")) return location.reload();
  try { if (!await Blazor.reconnect()) location.reload(); } catch { /* still away; the words stand */ }
};
if (connection) new MutationObserver(tell).observe(connection, { attributes: true, attributeFilter: ["class"] });

settle();
globalThis.Blazor?.addEventListener?.("enhancedload", settle);
