// Behaviours of forms: counters, money, files, trees, drafts, and a word before typed things are lost.
(() => {
  "use strict";
  const texts = () => document.getElementById("live").dataset;

  // Length counters: characters as the server counts them (an emoji is one, `maxlength` would make it two).
  const count = (note) => {
    const field = document.getElementById(note.dataset.counter);
    const limit = Number(note.dataset.limit);
    const length = [...field.value].length;
    field.removeAttribute("maxlength");
    note.textContent = `${length.toLocaleString()} / ${limit.toLocaleString()}`;
    note.classList.toggle("over", length > limit);
  };

  // Money: separators while typing, the caret stays beside its digit.
  const separate = (input) => {
    const digitsAfter = input.value.slice(input.selectionStart).replace(/\D/g, "").length;
    const digits = input.value.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
    const shown = digits.replace(/\B(?=(\d{3})+$)/g, ",");
    if (shown === input.value) return;
    input.value = shown;
    let place = shown.length;
    for (let passed = 0; passed < digitsAfter && place > 0; place -= 1) if (/\d/.test(shown[place - 1])) passed += 1;
    input.setSelectionRange(place, place);
  };

  // Files: chosen or dropped ones add up; each can be taken out again.
  const kept = new WeakMap();
  const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)}KB` : `${(bytes / 1048576).toFixed(1)}MB`);
  const putFiles = (input, files) => {
    const carrier = new DataTransfer();
    files.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    kept.set(input, files);
    const list = input.closest("[data-drop]").querySelector("[data-files]");
    list.replaceChildren(...files.map((file) => {
      const item = document.createElement("li");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "link-button";
      remove.textContent = texts().remove;
      remove.setAttribute("aria-label", `${file.name} ${texts().remove}`);
      remove.addEventListener("click", () => {
        putFiles(input, files.filter((other) => other !== file));
        input.focus();
      });
      item.append(`${file.name} (${size(file.size)})`, remove);
      return item;
    }));
  };
  const addFiles = (input, more) => putFiles(input, input.multiple ? [...(kept.get(input) ?? []), ...more] : [...more].slice(-1));

  // Trees of choices
  const countTree = (tree) => {
    const boxes = [...tree.querySelectorAll("input[type=checkbox]:checked")];
    tree.querySelector("[data-tree-count]").textContent = tree.dataset.chosen.replace("%s", boxes.length);
    tree.querySelector("[data-tree-chosen]").replaceChildren(...boxes.map((box) => {
      const name = box.closest("[data-tree-item]").dataset.treeItem;
      const item = document.createElement("li");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "chip";
      remove.textContent = name;
      remove.setAttribute("aria-label", `${name} ${texts().remove}`);
      remove.addEventListener("click", () => {
        box.checked = false;
        box.dispatchEvent(new Event("change", { bubbles: true }));
        box.dispatchEvent(new Event("input", { bubbles: true }));
        tree.querySelector("[data-tree-find]").focus();
      });
      item.append(remove);
      return item;
    }));
  };
  const findInTree = (tree, wanted) => {
    let found = 0;
    for (const group of tree.querySelectorAll(".choice-group")) {
      let here = 0;
      for (const item of group.querySelectorAll("[data-tree-item]")) {
        item.hidden = !item.dataset.treeItem.replaceAll(" ", "").includes(wanted);
        here += item.hidden ? 0 : 1;
      }
      group.hidden = here === 0;
      found += here;
    }
    tree.querySelector("[data-tree-none]").hidden = found > 0;
  };

  // Names with commas between them, as chips. The held field is what is sent; what is typed joins it at a comma, at
  // Enter, when one of the offered names is chosen, and when the field is left.
  const beginChips = (input) => {
    if (input.dataset.chips === "on") return;
    input.dataset.chips = "on";
    const options = new Map([...(input.list?.options ?? [])].map((option) => [option.value, option.label]));
    const held = document.createElement("input");
    const list = document.createElement("ul");
    Object.assign(held, { type: "hidden", name: input.name, value: input.value });
    list.className = "chip-list";
    input.removeAttribute("name");
    input.before(held, list);
    const names = () => held.value.split(",").map((name) => name.trim()).filter(Boolean);
    const draw = () => {
      list.replaceChildren(...names().map((name) => {
        const item = document.createElement("li");
        const remove = document.createElement("button");
        const load = options.get(name);
        remove.type = "button";
        remove.className = "chip";
        remove.textContent = load && load !== name ? `${name} (${load})` : name;
        remove.setAttribute("aria-label", `${remove.textContent} ${texts().remove}`);
        remove.addEventListener("click", () => {
          put(names().filter((other) => other !== name));
          input.focus();
        });
        item.append(remove);
        return item;
      }));
      list.hidden = !list.children.length;
    };
    const put = (all) => {
      held.value = [...new Set(all)].join(", ");
      draw();
      held.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const take = () => {
      if (!input.value.trim()) return;
      put([...names(), ...input.value.split(",").map((name) => name.trim()).filter(Boolean)]);
      input.value = "";
    };
    input.value = "";
    input.addEventListener("input", (event) => {
      const chosen = options.has(input.value) && event.inputType !== "insertText" && !event.isComposing;
      if (chosen || (input.value.includes(",") && !event.isComposing)) take();
    });
    input.addEventListener("change", take);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault(); // sends nothing yet
        take();
      } else if (event.key === "Backspace" && !input.value) put(names().slice(0, -1));
    });
    draw();
  };

  // How much the dispatch sheet would send.
  const countSheet = (form) => {
    const read = (field) => (field?.value ?? "").split(",").map((name) => name.trim()).filter(Boolean);
    const all = read(form.elements.departments);
    const sizes = [...form.querySelectorAll("[data-row]")]
      .map((row) => new Set([...all, ...read(row.querySelector("[name^=departments_]"))]).size)
      .filter(Boolean);
    if (!sizes.length) return;
    const sum = sizes.reduce((total, size) => total + size, 0);
    form.querySelector("[data-sheet-send]").textContent = form.dataset.sheet
      .replace("[cases]", sizes.length.toLocaleString()).replace("[reviews]", sum.toLocaleString());
  };

  // Parts that follow a choice: data-when="field:value,value". Without script all of them are there.
  const follow = (form) => {
    const data = new FormData(form);
    for (const part of form.querySelectorAll("[data-when]")) {
      const [name, values] = part.dataset.when.split(":");
      part.hidden = !data.getAll(name).some((value) => values.split(",").includes(value));
    }
  };

  // The sum of a table's amounts; data-sums="limit": what is above it is pointed out.
  const addUp = (table) => {
    const amounts = [...table.querySelectorAll("[data-money]")].map((input) => Number(input.value.replace(/\D/g, "")));
    const sum = amounts.reduce((all, one) => all + one, 0);
    const place = table.querySelector("[data-sum]");
    place.textContent = place.textContent.replace(/[\d,]+/, sum.toLocaleString("ko-KR"));
    table.querySelector("[data-sum-over]").hidden = sum <= Number(table.dataset.sums);
  };

  document.addEventListener("input", (event) => {
    const target = event.target;
    if (target.matches("[data-money]")) separate(target);
    if (target.matches("[data-sums] [data-money]")) addUp(target.closest("[data-sums]"));
    if (target.matches("textarea")) document.querySelectorAll(`[data-counter="${target.id}"]`).forEach(count);
    if (target.matches("[data-tree-find]")) findInTree(target.closest("[data-tree]"), target.value.replaceAll(" ", ""));
    const form = target.closest("form[data-guard]");
    if (form && !target.matches("[data-tree-find]")) changed(form);
    if (form?.matches("[data-sheet]")) countSheet(form);
  });
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.form) follow(target.form);
    if (target.matches("[data-drop] input[type=file]")) addFiles(target, target.files);
    const tree = target.closest("[data-tree]");
    if (tree) countTree(tree);
  });
  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-tree-all]");
    if (all) {
      const boxes = [...all.closest(".choice-group").querySelectorAll("[data-tree-item]:not([hidden]) input")];
      const on = boxes.some((box) => !box.checked);
      boxes.forEach((box) => { box.checked = on; });
      boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
      boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
    }
    const reveal = event.target.closest("[data-reveal]");
    if (reveal) {
      const field = document.getElementById(reveal.dataset.reveal);
      const hidden = field.type === "password";
      field.type = hidden ? "text" : "password";
      reveal.setAttribute("aria-pressed", hidden);
      reveal.querySelector(".sr-only").textContent = hidden ? texts().hide : texts().show;
    }
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const area = event.target.closest?.("[data-drop]");
      if (!area) return;
      event.preventDefault();
      area.classList.toggle("over", name === "dragover");
      if (name === "drop") addFiles(area.querySelector("input[type=file]"), event.dataTransfer.files);
    });
  }

  // Drafts and the guard. A form is dirty from the first change until it is sent or its draft is saved.
  const EVERY = 3000; // ms of quiet after the last change
  const dirty = new Set();
  const timers = new WeakMap();
  const note = (form, words) => {
    const place = form.querySelector("[data-draft-note]");
    if (place) place.textContent = words;
  };
  const changed = (form) => {
    dirty.add(form);
    if (!form.dataset.draftUrl) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => saveDraft(form), EVERY));
  };
  const saveDraft = async (form) => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: data });
      if (answer.status === 413) return note(form, (await answer.json()).message);
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const files = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
      if (!files) dirty.delete(form);
      const now = new Date();
      const clock = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
      note(form, `${texts().saved} ${clock}`);
      document.dispatchEvent(new Event("app:request"));
    } catch {
      note(form, texts().saveFailed);
    }
  };
  document.addEventListener("submit", (event) => {
    clearTimeout(timers.get(event.target));
    dirty.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });

  // A form that anybody may send, while many do: the number whose hash with the form's key begins with zeros.
  const work = async (field) => {
    const key = field.form.elements.once.value;
    const encoder = new TextEncoder();
    for (let number = 0; field.isConnected; number += 1) {
      const hash = await crypto.subtle.digest("SHA-256", encoder.encode(`${key}:${number}`));
      if (new DataView(hash).getUint32(0) >>> (32 - Number(field.dataset.work)) === 0) {
        field.value = number;
        return;
      }
    }
  };

  // What is there at the start, and after every swap.
  const begin = (root) => {
    root.querySelectorAll("[data-counter]").forEach(count);
    root.querySelectorAll("[data-tree]").forEach(countTree);
    root.querySelectorAll("[data-sums]").forEach(addUp);
    root.querySelectorAll("[data-chips]").forEach(beginChips);
    root.querySelectorAll("[data-sheet]").forEach(countSheet);
    root.querySelectorAll("form").forEach(follow);
    if (crypto.subtle) root.querySelectorAll("[data-work]").forEach(work);
    root.querySelector("[data-error-summary]")?.focus();
  };
  begin(document);
  document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
})();
