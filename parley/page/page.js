// Nothing depends on this script: without it the marks keep their own titles, and a folded part is opened by hand.
(() => {
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let folded = target && target.closest("details:not([open])");
    if (!folded) return;
    for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.querySelector("main").append(tip);
  const marks = ".drawing [aria-label]:not(svg)";
  document.querySelectorAll(marks).forEach((mark) => mark.querySelector("title")?.remove());
  const show = (event) => {
    const mark = event.target.closest(marks);
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.getAttribute("aria-label");
    const box = mark.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left + box.width / 2 - tip.offsetWidth / 2), innerWidth - tip.offsetWidth - 8);
    const above = box.top - tip.offsetHeight - 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${above < 4 ? box.bottom + 6 : above}px`;
  };
  addEventListener("pointerover", show);
  addEventListener("focusin", show);
  addEventListener("scroll", () => (tip.hidden = true), { passive: true, capture: true });
  addEventListener("keydown", (event) => event.key === "Escape" && (tip.hidden = true));
})();
