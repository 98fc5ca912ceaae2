// Tells what a text weighs and costs while it is being written. The server counts, so that there is one counting.
let pause;

async function weigh(form) {
  const answer = await fetch(form.dataset.weigh, { method: "POST", body: new FormData(form) });
  if (answer.ok) form.querySelector("output").textContent = await answer.text();
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-weigh]");
  if (!form) return;
  clearTimeout(pause);
  pause = setTimeout(() => weigh(form), 150);
});
