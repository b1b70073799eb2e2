/* Ease for the keyboard. Every page is complete without this file. */
"use strict";

/* Arrow keys, Home and End walk the open links of one chain; Tab still does, too. */
function walkChain(event) {
  const strip = event.target.closest("[data-chain]");
  if (!strip || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = Array.from(strip.querySelectorAll("a.link-face"));
  const here = stops.indexOf(event.target.closest("a.link-face"));
  const goals = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: stops.length - 1 };
  const goal = stops[goals[event.key]];
  if (here < 0 || !goal) return;
  event.preventDefault();
  goal.focus();
}

/* Escape hushes a shown sentence without moving the pointer or the focus (WCAG 1.4.13). */
function hushTips(event) {
  if (event.key !== "Escape") return;
  document.querySelectorAll(".link:hover, .link:focus-within").forEach((link) => {
    link.setAttribute("data-hushed", "");
  });
}

function unhush(event) {
  const link = event.target.closest ? event.target.closest(".link[data-hushed]") : null;
  if (link && !link.contains(event.relatedTarget)) link.removeAttribute("data-hushed");
}

/* A slash goes to the search field, unless somebody is writing. */
function slashSearches(event) {
  if (event.key !== "/" || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[data-find]");
  if (!field) return;
  event.preventDefault();
  field.focus();
}

/* One press is one act: a second press of the same form does nothing until the answer arrives. */
function pressOnce(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.hasAttribute("data-sent")) return event.preventDefault();
  form.setAttribute("data-sent", "");
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
}

/* A page brought back by the browser's Back button may be sent again. */
function freshForms() {
  document.querySelectorAll("form[data-sent]").forEach((form) => form.removeAttribute("data-sent"));
  document.querySelectorAll("[aria-busy]").forEach((act) => act.removeAttribute("aria-busy"));
}

/* A page made for paper has a button for the printer; without this file the browser's own menu prints it. */
function printPage(event) {
  if (event.target.closest("[data-print]")) window.print();
}

document.addEventListener("click", printPage);
document.addEventListener("keydown", walkChain);
document.addEventListener("keydown", hushTips);
document.addEventListener("keydown", slashSearches);
document.addEventListener("focusout", unhush);
document.addEventListener("mouseout", unhush);
document.addEventListener("submit", pressOnce);
window.addEventListener("pageshow", freshForms);
