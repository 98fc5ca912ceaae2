// Keeps a page as it is at the practice: asks every few seconds while it is seen, and swaps in the parts that changed.
const url = document.currentScript.dataset.url;
const EVERY = 3000;
let etag = "";
let timer;

function kinds() {
  return new Map([...document.querySelectorAll("[data-mark]")].map((day) => [day.dataset.mark, day.dataset.kind]));
}

function swap(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const before = kinds();
  for (const part of fresh.querySelectorAll("[data-live]")) {
    const here = document.getElementById(part.id);
    if (!here || here.innerHTML === part.innerHTML) continue;
    if (part.dataset.keep) keepTyped(here, part);
    else if (!here.querySelector("form:focus-within")) keepOpen(here, part);
  }
  for (const day of document.querySelectorAll("[data-mark]")) {
    const old = before.get(day.dataset.mark);
    if (old && old !== day.dataset.kind) day.querySelector(".glyph").classList.add("lands");
  }
}

function keepOpen(here, part) {
  const open = [...here.querySelectorAll("details")].map((details) => details.open);
  here.replaceChildren(...part.childNodes);
  here.querySelectorAll("details").forEach((details, place) => { details.open = details.open || Boolean(open[place]); });
}

// A form in which someone may be writing is swapped only when there is none any more, or one again.
function keepTyped(here, part) {
  if (here.dataset.keep === part.dataset.keep) return;
  const typed = here.querySelector("textarea")?.value;
  here.dataset.keep = part.dataset.keep;
  here.replaceChildren(...part.childNodes);
  const field = here.querySelector("textarea");
  if (field) field.value = typed || "";
  else if (typed) here.append(Object.assign(document.createElement("p"), { className: "dim", textContent: typed }));
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const answer = await fetch(url, { headers: etag ? { "If-None-Match": etag } : {}, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return location.reload(); // signed out meanwhile
    if (answer.status === 200) {
      etag = answer.headers.get("ETag") || "";
      swap(await answer.text());
    }
  } catch {
    // Offline for a moment: ask again.
  }
  timer = setTimeout(ask, EVERY);
}

document.addEventListener("visibilitychange", ask);
timer = setTimeout(ask, EVERY);
