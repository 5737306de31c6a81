// What is being written of a proposal stays in the browser, too: the texts of steps 1 to 3, never who writes. It is
// offered where one comes to an empty step, and goes when the proposal was sent or its days are over.
(() => {
  "use strict";
  const KEY = "changui.writing";
  const NAMES = ["title", "problem", "improvement", "effect", "awarded", "difference"];
  const DAY = 86400000;
  const forget = () => {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  };
  if (document.querySelector("[data-writing-sent]")) return forget();
  const offer = document.querySelector("[data-writing]");
  const form = document.querySelector("form[data-guard]");
  if (!offer || !form) return;
  const { writing, days } = offer.dataset;

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      if (kept && Date.now() - kept.begun < Number(days) * DAY) return kept;
    } catch {
      return null;
    }
    forget();
    return null;
  };
  const keep = (kept) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // No room, or not allowed: the server has its draft.
    }
  };

  const kept = read();
  const fields = NAMES.map((name) => form.elements[name]).filter(Boolean);
  const known = fields.filter((field) => kept?.texts[field.name]);
  offer.hidden = !known.length || fields.some((field) => field.value.trim());

  const take = ({ name, value }) => {
    if (!NAMES.includes(name)) return;
    offer.hidden = true;
    const before = read();
    const now = before?.writing === writing ? before : { writing, begun: Date.now(), texts: {} };
    now.texts[name] = value;
    keep(now);
  };
  // Who types fast has typed before this script came.
  fields.filter((field) => field.value !== field.defaultValue).forEach(take);
  form.addEventListener("input", ({ target }) => take(target));
  offer.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-writing-take], [data-writing-drop]");
    if (!button) return;
    offer.hidden = true;
    if (button.matches("[data-writing-take]")) {
      keep({ ...kept, writing });
      for (const field of known) {
        field.value = kept.texts[field.name];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    } else {
      forget();
    }
    fields[0].focus();
  });
})();
