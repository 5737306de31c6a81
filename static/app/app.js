// Behaviours of the shell and the components. Delegated, so what htmx brings in works too. No inline code (CSP).
(() => {
  "use strict";
  const live = () => document.getElementById("live");
  const text = (name) => live().dataset[name];
  const say = (words) => { live().textContent = words; };
  // By its place: with the Korean input mode on, `key` is a letter of Hangul, or "Process".
  const keyOf = (event) => (event.code === "Slash" ? "/" : /^Key[A-Z]$/.test(event.code) ? event.code.at(-1).toLowerCase() : event.key);
  const typing = (target) => target.matches?.("input, textarea, select, [contenteditable]");

  // A date or a time is never broken over two lines. What people type, and what is sent, keeps its spaces.
  const bindDates = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = texts.nextNode());) {
      const bound = node.data.replace(/(\d\.) (?=\d)/g, "$1\u00a0").replace(/(\d\.)(\(\S{1,3}\))/g, "$1\u2060$2\u2060");
      if (bound !== node.data && !node.parentElement.closest("textarea, option")) node.data = bound;
    }
  };
  bindDates(document.body);
  document.addEventListener("htmx:load", (event) => bindDates(event.detail.elt));

  // Unfolding menus are native <details>: close when focus or a click goes elsewhere.
  const closeDrops = (except) => document.querySelectorAll("details.drop[open]").forEach((drop) => {
    if (drop !== except) drop.open = false;
  });

  const selectTab = (tab) => {
    for (const other of tab.closest("[role=tablist]").querySelectorAll("[role=tab]")) {
      const on = other === tab;
      other.setAttribute("aria-selected", on);
      other.tabIndex = on ? 0 : -1;
      other.parentElement.classList.toggle("active", on);
      document.getElementById(other.getAttribute("aria-controls")).classList.toggle("active", on);
    }
    tab.focus();
  };

  // Asks in one window, then follows: a link becomes a POST to its address, a button submits its form. Public pages
  // have no such window: a link leads to the page that asks, as without scripts.
  const box = document.getElementById("confirm");
  const ask = (source) => {
    const accept = box.querySelector("[data-accept]");
    const { confirm, confirmLabel, confirmStyle } = source.dataset;
    const form = box.querySelector("form");
    box.querySelector("#confirm-title").textContent = confirmLabel;
    box.querySelector("#confirm-text").textContent = confirm;
    accept.textContent = confirmLabel;
    accept.className = `krds-btn medium ${confirmStyle === "danger" ? "danger" : "primary"}`;
    form.action = source.href ?? "";
    form.onsubmit = source.href ? null : (event) => {
      event.preventDefault();
      box.close();
      source.dataset.confirmed = "";
      source.form.requestSubmit(source);
    };
    box.showModal();
  };

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    closeDrops(at("details.drop"));
    let found;
    if (box && (found = at("[data-confirm]")) && !("confirmed" in found.dataset)) {
      event.preventDefault();
      ask(found);
    } else if ((found = at("[role=tab]"))) selectTab(found);
    else if ((found = at("[data-dialog]"))) {
      event.preventDefault();
      document.getElementById(found.dataset.dialog).showModal();
    } else if ((found = at("[data-close]"))) found.closest("dialog").close();
    else if (event.target.matches?.("dialog.site-menu")) event.target.close(); // the darkened rest of the page
  });

  document.addEventListener("focusin", (event) => closeDrops(event.target.closest("details.drop")));

  document.addEventListener("keydown", (event) => {
    const drop = document.querySelector("details.drop[open]");
    if (event.key === "Escape" && drop) {
      closeDrops();
      drop.querySelector("summary").focus();
      return;
    }
    const tab = event.target.closest?.("[role=tab]");
    if (tab && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      const all = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")];
      const step = { ArrowLeft: all.indexOf(tab) - 1, ArrowRight: all.indexOf(tab) + 1, Home: 0, End: -1 }[event.key];
      event.preventDefault();
      selectTab(all.at(step % all.length));
      return;
    }
    if (event.isComposing || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const hot = [...document.querySelectorAll("[data-hotkey]")].find((e) => e.dataset.hotkey === keyOf(event) && e.offsetParent);
    if (!hot) return;
    event.preventDefault();
    if (typing(hot)) hot.focus();
    else hot.click();
  });

  // Lists: choose all, count the chosen, show what can be done with them.
  const countChosen = (form) => {
    const rows = [...form.querySelectorAll("[data-row]")];
    const chosen = rows.filter((row) => row.checked).length;
    for (const all of form.querySelectorAll("[data-choose-all]")) { // in the head; on a phone above the cards
      all.checked = chosen > 0 && chosen === rows.length;
      all.indeterminate = chosen > 0 && chosen < rows.length;
    }
    form.querySelector(".bulk").classList.toggle("chosen", chosen > 0);
    form.querySelector("[data-chosen]").textContent = chosen ? text("chosen").replace("%s", chosen) : "";
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-choose-all]")) {
      form.querySelectorAll("[data-row]").forEach((row) => { row.checked = event.target.checked; });
    }
    countChosen(form);
  });

  // htmx: short addresses, spoken counts, failures said aloud.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.detail.elt.matches("form.filter")) return;
    for (const [name, value] of [...event.detail.formData]) if (value === "") event.detail.formData.delete(name);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const list = document.getElementById("list");
    if (list && event.detail.elt?.id === "list") say(list.dataset.announce);
  });
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, () => say(text("failed")));
  }

  // The session: warns two minutes before it ends. All windows of one person share the clock.
  const idle = document.getElementById("idle");
  const limit = Number(idle?.dataset.idleSeconds ?? 0);
  if (limit) {
    const WARN = Math.min(120, limit / 2);
    const markActive = () => localStorage.setItem("active", Date.now());
    const left = () => Math.round(limit - (Date.now() - Number(localStorage.getItem("active"))) / 1000);
    markActive();
    document.addEventListener("htmx:afterRequest", markActive);
    document.addEventListener("app:request", markActive);
    idle.querySelector("[data-keep]").addEventListener("click", async () => {
      const answer = await fetch(idle.dataset.keepUrl, { method: "HEAD" });
      if (answer.redirected || !answer.ok) return location.reload();
      markActive();
      idle.close();
    });
    setInterval(() => {
      const seconds = left();
      if (seconds < -5) return location.reload(); // the log-in page tells why
      if (seconds <= WARN && !idle.open) idle.showModal();
      else if (seconds > WARN && idle.open) idle.close();
      idle.querySelector("[data-left]").textContent = Math.max(0, seconds);
    }, 1000);
  }
})();
