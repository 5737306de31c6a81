// Scoring by keyboard: digits mark, ↑ ↓ go through the criteria, ← → through the entries. Nothing leaves the page while
// a mark is on its way. Without script the form does the same. No inline code (CSP).
(() => {
  "use strict";
  const form = document.querySelector("[data-judging]");
  if (!form) return;
  const criteria = [...form.querySelectorAll(".criterion")];
  const inputs = (one) => [...one.querySelectorAll("input[type=radio]")];
  const marked = (one) => one.querySelector("input:checked") || one.querySelector(".mark-typed")?.value;
  let current = Math.max(0, criteria.findIndex((one) => !marked(one)));
  let waiting = 0;
  let then = null;

  const show = (index, scroll = true) => {
    current = Math.min(Math.max(index, 0), criteria.length - 1);
    criteria.forEach((one, place) => one.classList.toggle("is-current", place === current));
    if (scroll) criteria[current]?.scrollIntoView({ block: "nearest" });
  };
  show(current, false);

  const leave = (work) => {
    if (waiting) then = work;
    else work();
  };
  document.addEventListener("htmx:beforeRequest", () => { waiting += 1; });
  document.addEventListener("htmx:afterRequest", () => {
    waiting = Math.max(0, waiting - 1);
    if (waiting || !then) return;
    const work = then;
    then = null;
    work();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !waiting || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    leave(() => { location.href = link.href; });
  });
  form.addEventListener("focusin", (event) => {
    const index = criteria.indexOf(event.target.closest(".criterion"));
    if (index >= 0) show(index, false);
  });

  const choose = (digit) => {
    const one = criteria[current];
    const most = Number(one.dataset.most);
    const value = digit === 0 && most >= 10 ? 10 : digit;
    const input = inputs(one).find((each) => Number(each.value) === value);
    if (!input) return false;
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    if (current < criteria.length - 1) show(current + 1);
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target;
    const inRadio = target.matches("input[type=radio]");
    if (!inRadio && target.matches("input, textarea, select, [contenteditable]")) return;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    let done = false;
    if (digit) done = choose(Number(digit[1]));
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      show(current + (event.key === "ArrowDown" ? 1 : -1));
      if (inRadio) (criteria[current].querySelector("input:checked") || inputs(criteria[current])[0])?.focus();
      done = true;
    } else if (!inRadio && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const link = document.querySelector(`.sheet-steps a[rel=${event.key === "ArrowLeft" ? "prev" : "next"}]`);
      if (link) leave(() => { location.href = link.href; });
      done = Boolean(link);
    }
    if (done) event.preventDefault();
  });
})();
