/* Keys of the page on which a certificate is decided: accept, reject, next, previous. Every page is complete without this file. */
"use strict";

const REVIEW_KEYS = {
  a: () => goTo("#decision-password"),
  r: () => goTo("#decision-reason"),
  n: () => follow("a[rel=next]"),
  p: () => follow("a[rel=prev]"),
};

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) link.click();
}

document.addEventListener("keydown", (event) => {
  const act = REVIEW_KEYS[event.key];
  if (!act || !isFree(event)) return;
  event.preventDefault();
  act();
});
