// Nothing depends on this script: without it every chart and row is there, and marks keep their own titles.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const main = document.querySelector("main");
  const MARK = "svg.chart :is(a, [aria-label]:not(a *))";

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  // A link to something folded unfolds it.
  const reveal = () => {
    const target = document.getElementById(decoded(location.hash.slice(1)));
    let folded = target && target.closest("details:not([open])");
    if (!folded) return;
    for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // A mark says its words: on pointer, on focus, and on the first touch; the second touch follows its link.
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  main.append(tip);
  let speaking = null;
  let before = null;
  const show = (event) => {
    const mark = event.target.closest?.(MARK);
    const words = mark?.getAttribute("aria-label");
    speaking = words ? mark : null;
    tip.hidden = !words;
    if (!words) return;
    tip.textContent = words;
    tip.classList.toggle("keys", event.type === "focusin" && mark.matches(":focus-visible"));
    place();
  };
  const place = () => {
    const box = speaking.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left + box.width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - 8);
    const above = box.top - tip.offsetHeight - 6;
    const below = Math.min(box.bottom + 6, innerHeight - tip.offsetHeight - 4);
    tip.style.left = `${left}px`;
    tip.style.top = `${above < 4 ? below : above}px`;
  };
  const hide = () => {
    tip.hidden = true;
    speaking = null;
  };
  addEventListener("pointerdown", () => (before = speaking), { capture: true });
  addEventListener("pointerover", (event) => event.pointerType !== "touch" && show(event));
  addEventListener("focusin", show);
  const scrolled = () => (speaking && speaking === document.activeElement ? place() : hide());
  addEventListener("scroll", scrolled, { passive: true, capture: true });
  addEventListener("click", (event) => {
    const mark = event.target.closest(MARK);
    if (event.pointerType !== "touch" || (mark && before === mark)) return;
    if (mark?.hasAttribute("aria-label")) event.preventDefault();
    show(event);
  });

  // One stop of the Tab key a chart; arrows, Home and End go from mark to mark.
  const marks = (chart) => all(MARK, chart).filter((mark) => !mark.closest(".off, [aria-hidden]"));
  const stop = (chart) => marks(chart).forEach((mark, at) => mark.setAttribute("tabindex", at ? -1 : 0));
  all("svg.chart").forEach((chart) => {
    all("title", chart).forEach((title) => title.remove());
    stop(chart);
  });
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const mark = event.target.closest?.(MARK);
    const step = STEPS[event.key];
    if (!mark || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const list = marks(mark.closest("svg.chart"));
    const next = list[Math.min(Math.max(list.indexOf(mark) + step, 0), list.length - 1)];
    mark.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  });

  // One party stands out: what names it stays, the rest fades.
  const picker = document.querySelector(".parties");
  const on = (chart, x, y) =>
    marks(chart).find((mark) => {
      const box = mark.getBoundingClientRect();
      return x > box.left && x < box.right && y > box.top && y < box.bottom;
    });
  const words = (thing) =>
    thing.getAttribute("aria-label") ?? [...(thing.cells ?? [thing])].map((part) => part.textContent).join(" ");
  picker?.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const name = button.dataset.party;
    const literal = name.replace(/[$()*+./?[\\\]^{|}]/g, "\\$&");
    const named = new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "u");
    const things = [...all(MARK), ...all("tbody tr, .evidence li")];
    const chosen = things.filter((thing) => name && named.test(words(thing)));
    for (const thing of things) {
      thing.classList.toggle("named", chosen.includes(thing));
      thing.classList.toggle("faded", name !== "" && !chosen.includes(thing));
    }
    for (const text of all("svg.chart [aria-hidden] text")) {
      const { x, y, width, height } = text.getBoundingClientRect();
      text.classList.toggle("faded", on(text.closest("svg"), x + width / 2, y + height / 2)?.matches(".faded") ?? false);
    }
    for (const other of all("button", picker)) other.setAttribute("aria-pressed", other === button);
    const drawn = chosen.filter((thing) => thing.closest("svg")?.getClientRects().length).length;
    const listed = chosen.filter((thing) => !thing.closest("svg")).length;
    picker.querySelector("[role=status]").textContent =
      name && `${drawn} marks and ${listed} rows of this page name ${name}.`;
  });

  // An assumption is left out: its edges and rows go, and the title says what is left.
  for (const box of all(".switches")) {
    const block = box.closest(".charted");
    const titles = JSON.parse(box.dataset.titles);
    const drawings = all("svg.chart", block);
    const full = drawings.map((drawing) => drawing.getAttribute("aria-label"));
    const draw = () => {
      const inputs = all("input", box);
      const set = inputs.filter((input) => input.checked).map((input) => input.value);
      const whole = set.length === inputs.length;
      const title = titles[set.sort().join(" ")] ?? "";
      for (const { value, checked } of inputs) {
        const ends = `[href="#${CSS.escape(value)}"]`;
        const gone = [...all(`svg.chart a${ends}`, block), ...all(`a.cite${ends}`, block).map((a) => a.closest("tr"))];
        for (const thing of gone) thing.classList.toggle("off", !checked);
      }
      block.classList.toggle("partly", !whole);
      box.querySelector("[role=status]").textContent = whole ? "" : title;
      drawings.forEach((drawing, at) => {
        drawing.setAttribute("aria-label", whole ? full[at] : title);
        stop(drawing);
      });
    };
    box.addEventListener("change", draw);
    addEventListener("pageshow", draw); // a browser may bring back what was chosen before
  }

  // Save the picture as it was drawn, or its rows as text that no spreadsheet takes for a formula.
  const picture = (block) => {
    const shown = all("svg.chart", block).find((drawing) => drawing.getClientRects().length);
    const copy = shown.cloneNode(true);
    all(".off", copy).forEach((mark) => mark.remove());
    if (block.matches(".partly")) copy.querySelector(".title")?.remove();
    for (const thing of all("[tabindex], [href]", copy)) ["tabindex", "href", "class"].map((name) => thing.removeAttribute(name));
    for (const thing of [copy, ...all("[aria-label]", copy)]) {
      const title = document.createElementNS(copy.namespaceURI, "title");
      title.textContent = thing.getAttribute("aria-label");
      thing.prepend(title);
    }
    const paper = document.createElementNS(copy.namespaceURI, "rect");
    for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: "#fff" })) paper.setAttribute(name, value);
    copy.firstChild.after(paper);
    return new XMLSerializer().serializeToString(copy);
  };
  const cell = (text) => {
    const risky = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
    return `"${(risky ? "'" : "") + text.replaceAll('"', '""')}"`;
  };
  const rows = (block) =>
    "\ufeff" +
    all(".behind tr:not(.off)", block)
      .map((row) => [...row.cells].map((each) => cell(each.textContent)).join(",") + "\r\n")
      .join("");
  addEventListener("click", (event) => {
    const kind = event.target.closest("[data-save]")?.dataset.save;
    if (!kind) return;
    const block = event.target.closest(".charted");
    const [type, text] = kind === "svg" ? ["image/svg+xml", picture(block)] : ["text/csv", rows(block)];
    const page = decoded(location.pathname.split("/").pop()).replace(/\.html$/, "");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = `${page}-${block.querySelector("figure").id || "chart"}`.replace(/[^\p{L}\p{N}._-]+/gu, "-") + `.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  });
})();
