// Shows the check-in as it will read while the goal is being written.
const form = document.querySelector("form[data-preview]");
let pause;

async function show() {
  const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("preview");
  document.getElementById("preview").replaceWith(fresh);
}

if (form) {
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 200);
  });
}
