/* The box of the field that is being filled stands out on the picture of the page. Every page is complete without this file. */
"use strict";

function showBox(event) {
  document.querySelectorAll(".read-box.is-here").forEach((box) => box.classList.remove("is-here"));
  const name = event.target.getAttribute && event.target.getAttribute("data-box");
  const box = name && document.getElementById(name);
  if (!box) return;
  box.classList.add("is-here");
  if (window.matchMedia("(width >= 62rem)").matches) box.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", showBox);

/* Once the paper is read the page shows it, unless somebody has begun to type: then a link waits for them. */
let isTouched = false;
document.addEventListener("input", () => { isTouched = true; });
document.addEventListener("htmx:afterSwap", () => {
  const shown = document.querySelector(".job a.act-main");
  if (shown && !isTouched) window.location.assign(shown.href);
});
