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

/* Keys of one letter rest while somebody writes, with other keys held, and when a reader has switched them off. */
const KEYS_OFF = "portal-keys-off";

function isFree(event) {
  return !event.altKey && !event.ctrlKey && !event.metaKey && !event.isComposing
    && !event.target.closest("input, textarea, select, [contenteditable], dialog")
    && (event.key === "?" || window.localStorage.getItem(KEYS_OFF) === null);
}

/* The link that opens each row of a list, in the order they are read. */
function rowLinks() {
  const rows = document.querySelectorAll("main .tbl tbody tr, main .hits li");
  return Array.from(rows, (row) => row.querySelector("a[href]:not(.link-face)")).filter((link) => link && link.offsetParent);
}

function stepRow(step) {
  const links = rowLinks();
  const row = document.activeElement.closest("tr, .hits li");
  const here = links.findIndex((link) => row && row.contains(link));
  const goal = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step];
  if (!goal) return;
  goal.focus();
  goal.scrollIntoView({ block: "nearest" });
}

function goTo(selector) {
  const field = document.querySelector(selector);
  if (!field || !field.offsetParent) return false;
  field.focus();
  return true;
}

function toggleKeys() {
  const list = document.getElementById("keys");
  if (list) list.togglePopover();
}

const KEYS = {
  "/": () => goTo("[data-find]"),
  f: () => goTo(".filters select, .filters input:not([type=hidden])"),
  j: () => stepRow(1),
  k: () => stepRow(-1),
  "?": toggleKeys,
};

function pressKey(event) {
  const act = KEYS[event.key];
  if (!act || !isFree(event)) return;
  event.preventDefault();
  act();
}

/* The switch under the list of keys; a page without this file has neither keys nor switch. */
function keySwitch() {
  const box = document.querySelector("[data-keys-switch]");
  if (!box) return;
  box.closest("[hidden]").hidden = false;
  box.checked = window.localStorage.getItem(KEYS_OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) window.localStorage.removeItem(KEYS_OFF);
    else window.localStorage.setItem(KEYS_OFF, "1");
  });
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
document.addEventListener("keydown", pressKey);
document.addEventListener("DOMContentLoaded", keySwitch);
document.addEventListener("focusout", unhush);
document.addEventListener("mouseout", unhush);
document.addEventListener("submit", pressOnce);
window.addEventListener("pageshow", freshForms);
