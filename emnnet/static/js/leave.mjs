// Forms with data-leave: the browser asks before what was typed is lost.
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-leave]");
  if (form) changed.add(form);
});

// Whoever saves in the background says so with a "saved" event on the form.
document.addEventListener("saved", (event) => changed.delete(event.target));
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});

window.addEventListener("beforeunload", (event) => {
  if (changed.size > 0) event.preventDefault();
});
