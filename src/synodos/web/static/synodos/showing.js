"use strict";
// Still pictures come alive where scripts run; print and readers without scripts keep the still ones.
const enliven = async (figure) => {
  const answer = await fetch(figure.dataset.definition, { credentials: "same-origin" });
  if (!answer.ok) return;
  const live = figure.querySelector(".live");
  // A child of its own, since the library makes its host as wide as the picture.
  const host = document.createElement("div");
  live.replaceChildren(host);
  live.hidden = false;
  await vegaEmbed(host, await answer.json(), {
    actions: false,
    renderer: "svg",
    ast: true, // expressions are walked, and not evaluated as code, which the page forbids
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  });
  figure.querySelector(".still").hidden = true;
};
const still = (figure) => {
  figure.querySelector(".live").hidden = true;
  figure.querySelector(".still").hidden = false;
};
const enlivenAll = (part) => {
  if (typeof vegaEmbed === "undefined") return;
  part.querySelectorAll("figure[data-definition]").forEach((figure) => enliven(figure).catch(() => still(figure)));
};
enlivenAll(document);
document.addEventListener("htmx:afterSwap", (event) => enlivenAll(event.target));
