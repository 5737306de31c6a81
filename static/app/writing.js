// What is being written of proposals stays in the browser, too, each for itself: the texts of steps 1 to 3, never who
// writes. It is offered where one comes to an empty step, and goes when the proposal was sent or its days are over. Of
// more than a few, the one that was left alone the longest goes.
(() => {
  "use strict";
  const KEY = "changui.writing:";
  const MOST = 5;
  const NAMES = ["title", "problem", "improvement", "effect", "awarded", "difference"];
  const DAY = 86400000;
  const LONGEST = 40;
  // A browser that keeps nothing has nothing to give or to forget: the server has its draft.
  const quietly = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  const forget = (writing) => quietly(() => localStorage.removeItem(KEY + writing));
  if (document.querySelector("[data-writing-sent]")) {
    return quietly(() => forget(sessionStorage.getItem(KEY)));
  }
  const offer = document.querySelector("[data-writing]");
  const form = document.querySelector("form[data-guard]");
  if (!offer || !form) return;
  const { writing, days } = offer.dataset;
  quietly(() => sessionStorage.setItem(KEY, writing)); // what this tab sends

  const read = (which) => {
    const kept = quietly(() => JSON.parse(localStorage.getItem(KEY + which)));
    if (kept && Date.now() - kept.begun < Number(days) * DAY) return { ...kept, writing: which };
    if (kept) forget(which);
    return null;
  };
  const all = () => {
    const keys = quietly(() => Object.keys(localStorage)) ?? [];
    const found = keys.filter((key) => key.startsWith(KEY)).map((key) => read(key.slice(KEY.length)));
    return found.filter(Boolean).sort((one, other) => other.at - one.at);
  };
  const keep = (kept) => {
    quietly(() => localStorage.setItem(KEY + writing, JSON.stringify({ ...kept, at: Date.now() })));
    all().slice(MOST).forEach((old) => forget(old.writing));
  };

  const fields = NAMES.map((name) => form.elements[name]).filter(Boolean);
  const take = () => {
    offer.hidden = true;
    const { begun, texts } = read(writing) ?? { begun: Date.now(), texts: {} };
    keep({ begun, texts: { ...texts, ...Object.fromEntries(fields.map(({ name, value }) => [name, value])) } });
  };

  const own = read(writing);
  const known = (own ? [own] : all()).filter(({ texts }) => fields.some(({ name }) => texts[name]));
  const pattern = offer.querySelector("[data-writing-one]");
  known.forEach((kept, index) => {
    const one = index ? pattern.cloneNode(true) : pattern;
    const name = one.querySelector("[data-writing-name]");
    const text = NAMES.map((key) => kept.texts[key]).find(Boolean);
    name.textContent = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
    name.id = `writing-${index}`;
    for (const button of one.querySelectorAll("button")) button.setAttribute("aria-describedby", name.id);
    one.addEventListener("click", ({ target }) => {
      if (target.closest("[data-writing-take]")) {
        const { begun, texts } = kept;
        if (kept.writing !== writing) forget(kept.writing);
        keep({ begun, texts });
        for (const field of fields.filter(({ name: key }) => texts[key])) {
          field.value = texts[field.name];
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }
      } else if (target.closest("[data-writing-drop]")) {
        forget(kept.writing);
        one.remove();
        if (offer.querySelector("[data-writing-one]")) return;
        offer.hidden = true;
      } else {
        return;
      }
      fields[0].focus();
    });
    if (index) offer.querySelector("[data-writing-one]:last-of-type").after(one);
  });
  offer.hidden = !known.length || fields.some((field) => field.value.trim());
  // Who types fast has typed before this script came.
  if (fields.some((field) => field.value !== field.defaultValue)) take();
  form.addEventListener("input", ({ target }) => {
    if (fields.includes(target)) take();
  });
})();
