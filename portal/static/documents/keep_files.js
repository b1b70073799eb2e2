/* Keeps chosen files on the device until they are sent, so that a broken connection loses nothing.
   The form works without this file. */
"use strict";

const STORE = "files";
const RETRY_MS = 5000;

function withStore(mode, work) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("portal-unsent", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const done = asked.result.transaction(STORE, mode);
      const request = work(done.objectStore(STORE));
      done.oncomplete = () => { asked.result.close(); resolve(request.result); };
      done.onerror = () => { asked.result.close(); reject(done.error); };
    };
  });
}

const keyOf = (input) => `${window.location.pathname} ${input.name}`;
const keep = (input) => withStore("readwrite", (store) => store.put(Array.from(input.files), keyOf(input)));
const forget = (input) => withStore("readwrite", (store) => store.delete(keyOf(input)));

async function bringBack(input) {
  const files = await withStore("readonly", (store) => store.get(keyOf(input)));
  if (!files || files.length === 0 || input.files.length > 0) return false;
  const carrier = new DataTransfer();
  files.forEach((file) => carrier.items.add(file));
  input.files = carrier.files;
  return true;
}

function say(form, words) {
  const place = form.querySelector("[data-keep-words]");
  place.textContent = words;
  place.className = words === "" ? "" : "note tone-ours";
  place.hidden = words === "";
}

/* What the server answered is shown as its own page would be: a sent form has led elsewhere, a refusal is shown in place. */
async function show(answer, inputs) {
  if (answer.redirected) {
    await Promise.all(inputs.map(forget));
    window.location.assign(answer.url);
    return;
  }
  if (answer.status === 422) await Promise.all(inputs.map(forget));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.querySelectorAll("form[data-keep-files]").forEach((form) => watch(form, false));
  const wrong = document.querySelector("[role=alert], .wrong");
  if (wrong) wrong.scrollIntoView({ block: "center" });
}

/* Only a connection that broke is tried again; the same file arriving twice is one certificate. */
async function send(form, inputs) {
  say(form, form.dataset.sends);
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  const content = new FormData(form);
  for (;;) {
    try {
      const answer = await fetch(form.action, { method: "POST", body: content, credentials: "same-origin" });
      if (answer.status < 500) {
        await show(answer, inputs);
        return;
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    say(form, form.dataset.waits);
    await new Promise((resolve) => {
      window.addEventListener("online", resolve, { once: true });
      window.setTimeout(resolve, RETRY_MS);
    });
  }
}

function watch(form, bringsBack) {
  const inputs = Array.from(form.querySelectorAll("input[type=file]"));
  inputs.forEach((input) => input.addEventListener("change", () => keep(input).catch(() => {})));
  form.addEventListener("submit", (event) => {
    if (inputs.every((input) => input.files.length === 0)) return;
    event.preventDefault();
    send(form, inputs);
  });
  if (!bringsBack) return;
  Promise.all(inputs.map(bringBack)).then((back) => {
    if (back.includes(true)) say(form, form.dataset.kept);
  }).catch(() => {});
}

if (window.indexedDB && window.DataTransfer) {
  document.querySelectorAll("form[data-keep-files]").forEach((form) => watch(form, true));
}
