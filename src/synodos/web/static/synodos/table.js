"use strict";
// Tables sort by a click on their heading; rows with nothing stated come last either way.
const sort = (heading) => {
  const body = heading.closest("table").tBodies[0];
  const column = Array.from(heading.parentNode.children).indexOf(heading);
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const other of heading.parentNode.children) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const value = (row) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent.trim() ?? "";
  Array.from(body.rows)
    .sort((first, second) => {
      const a = value(first), b = value(second);
      if (a === "" || b === "") return (a === "") - (b === "");
      const order = isNaN(a) || isNaN(b) ? a.localeCompare(b) : a - b;
      return down ? -order : order;
    })
    .forEach((row) => body.append(row));
};
// Headings become buttons only where scripts run, so that nobody meets a button that does nothing.
const prepare = (part) => part.querySelectorAll("table:not(.unsorted) thead th").forEach((heading) => {
  if (heading.querySelector(".sort") || !heading.textContent.trim()) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...heading.childNodes);
  button.addEventListener("click", () => sort(heading));
  heading.append(button);
});
prepare(document);
document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
// A link to something that is folded away opens it.
const unfold = () => {
  const target = document.getElementById(location.hash.slice(1) || "main");
  target?.closest("section")?.querySelector("details")?.setAttribute("open", "");
};
addEventListener("hashchange", unfold);
unfold();
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => part.setAttribute("open", "")));
// A filter that says so is applied as soon as it is changed; without scripts its button does it.
document.addEventListener("change", (event) => event.target.closest("form[data-at-once]")?.requestSubmit());
