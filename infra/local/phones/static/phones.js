// Keeps phones and clock as they are at the carrier, and texts without leaving the page. Without it, all works too.
const url = document.currentScript.dataset.url;
const EVERY = 2500;
const MOVING = 500;
let etag = "";
let timer;

function swap(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement && document.activeElement.id;
  for (const part of fresh.querySelectorAll("[data-live]")) {
    const here = document.getElementById(part.id);
    const said = part.id === "notices" && !part.childElementCount; // what was said stays until the next act
    if (here && !said && here.outerHTML !== part.outerHTML) here.replaceWith(part);
    for (const log of part.querySelectorAll(".said")) log.scrollTop = log.scrollHeight; // the newest words are in view
  }
  if (focused && document.activeElement.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function look() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(url, { headers, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return location.reload(); // signed out meanwhile
    if (answer.status === 200) {
      etag = answer.headers.get("ETag") || "";
      swap(await answer.text());
    }
  } catch {
    // The demo is away for a moment: look again.
  }
  timer = setTimeout(look, document.querySelector("#clock[data-moving]") ? MOVING : EVERY);
}

async function post(form, button) {
  const fields = new FormData(form, button);
  document.getElementById("notices").replaceChildren();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  if (answer.type !== "opaqueredirect") return location.reload(); // the form expired
  await look();
  setTimeout(look, 300); // the answer to a text leaves a moment after it arrives
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest(".phone, #clock")) return;
  event.preventDefault();
  const words = form.elements.words;
  const pressed = event.submitter && event.submitter.name; // "chip", "photo", or Send, which has none
  const chip = pressed === "chip";
  if (words && !pressed && !words.value.trim()) return words.focus();
  post(form, event.submitter).catch(() => HTMLFormElement.prototype.submit.call(form));
  if (words && !chip) words.value = "";
});
document.addEventListener("visibilitychange", look);
timer = setTimeout(look, EVERY);
