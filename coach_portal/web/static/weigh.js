// Tells what a text weighs and costs while it is being written. The server counts, so that there is one counting.
const form = document.querySelector("form[data-weigh]");
let pause;

async function weigh() {
  const answer = await fetch(form.dataset.weigh, { method: "POST", body: new FormData(form) });
  if (answer.ok) form.querySelector("output").textContent = await answer.text();
}

if (form) {
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(weigh, 150);
  });
}
