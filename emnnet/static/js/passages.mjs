// "Where it stands": shows the passage in the original beside the form, without leaving the field.

const original = document.getElementById("original");

function light(name) {
  for (const mark of original.querySelectorAll("mark")) {
    mark.classList.toggle("mark-lit", mark.dataset.passages.split(" ").includes(name));
  }
}

function show(name) {
  const start = document.getElementById(`passage-${name}`);
  if (!start) return;
  light(name);
  const beside = getComputedStyle(original).overflowY === "auto";
  if (!beside) return;
  const top = start.getBoundingClientRect().top - original.getBoundingClientRect().top;
  original.scrollBy({ top: top - original.clientHeight / 4 });
}

if (original) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-passage]");
    if (!link) return;
    const name = link.dataset.passage.replace("passage-", "");
    if (getComputedStyle(original).overflowY === "auto") event.preventDefault();
    show(name);
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest(".noted, .question-form")?.querySelector("a[data-passage]");
    if (link) show(link.dataset.passage.replace("passage-", ""));
  });
}
