// The table of indicators: Enter and arrows move, a row saves itself when it is left, a block from Excel fills cells and
// waits until it is saved. Without script the same form saves all rows at once. No inline code (CSP).
(() => {
  "use strict";
  const form = document.querySelector("[data-sheet-form]");
  const bar = form?.querySelector("[data-pasted]");
  if (!bar) return; // read only
  const CONTROLS = "tbody input:not([type=hidden]), tbody select, tbody textarea";
  const controls = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const rows = () => [...form.querySelectorAll("tr[data-row]")];
  const usual = new WeakMap(); // what is saved of each cell
  const sent = new WeakMap();
  let pasted = new Map(); // cell → what stood there before

  // A browser that comes back keeps what was typed: what is saved is what the server drew.
  const drawn = (control) => (control.matches("select")
    ? ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value
    : control.defaultValue);
  for (const control of form.querySelectorAll(CONTROLS)) usual.set(control, drawn(control));
  const isChanged = (control) => control.value !== usual.get(control) || control.closest("td").dataset.kept === "1";
  for (const cell of form.querySelectorAll("td.changed")) cell.dataset.kept = "1"; // typed before, not saved

  const mark = (control) => {
    const row = control.closest("tr");
    control.closest("td").classList.toggle("changed", isChanged(control));
    row.classList.toggle("has-changes", controls(row).some(isChanged));
  };
  form.querySelectorAll(CONTROLS).forEach(mark);

  const save = (row) => {
    if (!pasted.size && row.classList.contains("has-changes") && row.hasAttribute("hx-post")) {
      row.dispatchEvent(new CustomEvent("save-row"));
    }
  };
  form.addEventListener("input", ({ target }) => { if (target.matches(CONTROLS)) mark(target); });
  form.addEventListener("change", ({ target }) => { if (target.matches(CONTROLS)) mark(target); });
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const row = target.closest("tr[data-row]");
    if (row && document.hasFocus() && !row.contains(relatedTarget)) save(row);
  });

  // A row sends its own cells alone.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const row = detail.elt;
    if (!row.matches("tr[data-row]")) return;
    const own = `${row.dataset.row}-`;
    for (const name of new Set([...detail.formData.keys()])) {
      if (!name.startsWith(own) && !["row", "csrfmiddlewaretoken"].includes(name)) detail.formData.delete(name);
    }
    sent.set(row, new Map(controls(row).map((control) => [control, control.value])));
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const row = detail.elt;
    if (!row.matches?.("tr[data-row]")) return;
    if (detail.successful) {
      for (const [control, value] of sent.get(row)) {
        usual.set(control, value);
        delete control.closest("td").dataset.kept;
        mark(control);
      }
    }
    // The cells that will not do, as the answer says beside them.
    requestAnimationFrame(() => {
      for (const control of controls(row)) {
        const wrong = document.getElementById(`${control.name}-error`)?.textContent.trim();
        if (wrong) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    });
  });

  // Moving: Enter and Shift+Enter down and up, arrows in cells of one line. Tab is the browser's own.
  const move = (control, by) => {
    const row = control.closest("tr");
    const all = rows();
    const next = all[all.indexOf(row) + by];
    const place = controls(row).indexOf(control);
    if (!next) return save(row);
    const target = controls(next)[place];
    target.focus();
    target.select?.();
  };
  form.addEventListener("keydown", (event) => {
    const control = event.target;
    if (!control.matches(CONTROLS) || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const line = control.matches("input");
    if (event.key === "Enter" && !(event.shiftKey && !line)) {
      event.preventDefault();
      move(control, event.shiftKey ? -1 : 1);
    } else if (line && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(control, event.key === "ArrowDown" ? 1 : -1);
    }
  });

  // A block of cells: rows by line ends, cells by tabs, quoted where a cell has several lines.
  const cellsOf = (text) => {
    const block = [[""]];
    let quoted = false;
    for (let place = 0; place < text.length; place += 1) {
      const sign = text[place];
      const line = block.at(-1);
      if (quoted) {
        if (sign === '"' && text[place + 1] === '"') { line[line.length - 1] += '"'; place += 1; }
        else if (sign === '"') quoted = false;
        else line[line.length - 1] += sign;
      } else if (sign === '"' && line.at(-1) === "") quoted = true;
      else if (sign === "\t") line.push("");
      else if (sign === "\n") block.push([""]);
      else if (sign !== "\r") line[line.length - 1] += sign;
    }
    if (block.at(-1).length === 1 && block.at(-1)[0] === "") block.pop();
    return block;
  };
  const put = (control, text) => {
    const before = control.value;
    if (control.matches("select")) {
      const wanted = text.replaceAll(" ", "");
      const option = [...control.options].find((each) => [each.value, each.text].some((name) => name.replaceAll(" ", "") === wanted));
      if (!option) return;
      control.value = option.value;
    } else control.value = text.trim();
    if (control.value !== before && !pasted.has(control)) pasted.set(control, before);
    mark(control);
  };
  const tell = (over) => {
    const changed = [...pasted].filter(([control, before]) => control.value !== before);
    bar.hidden = !changed.length && !over;
    bar.querySelector("[data-pasted-words]").textContent = [
      bar.dataset.words.replace("%s", changed.length),
      over ? bar.dataset.over.replace("%s", over) : "",
    ].join(" ");
    bar.querySelector("[data-pasted-list]").replaceChildren(...changed.map(([control, before]) => {
      const item = document.createElement("li");
      const name = (value) => (control.matches("select") ? [...control.options].find((each) => each.value === value)?.text : value) || "–";
      item.textContent = `${control.getAttribute("aria-label")}: ${name(before)} → ${name(control.value)}`;
      return item;
    }));
  };
  form.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.target.matches(CONTROLS) || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const all = rows();
    const first = all.indexOf(event.target.closest("tr"));
    const place = controls(all[first]).indexOf(event.target);
    const block = cellsOf(text);
    let over = 0;
    block.forEach((line, down) => {
      const row = all[first + down];
      if (!row) { over += 1; return; }
      const own = controls(row);
      line.forEach((cell, right) => { if (own[place + right]) put(own[place + right], cell); });
    });
    tell(over);
  });
  bar.querySelector("[data-pasted-back]").addEventListener("click", () => {
    const first = [...pasted.keys()][0];
    for (const [control, before] of pasted) {
      control.value = before;
      mark(control);
    }
    pasted = new Map();
    tell(0);
    first?.focus();
  });

  // A word before typed cells are lost.
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && form.querySelector("tr.has-changes")) event.preventDefault();
  });
})();
