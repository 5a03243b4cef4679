// Forms with data-confirm ask first, in the page's one dialog. Without script they just go.
const dialog = document.getElementById("confirm");
const agreed = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (!dialog || !question || agreed.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(question, button).then((yes) => {
    if (!yes) return button?.focus();
    agreed.add(form);
    form.requestSubmit(button ?? undefined);
    agreed.delete(form);
  });
}, { capture: true });

function ask(question, button) {
  dialog.querySelector("[data-question]").textContent = question;
  const yes = dialog.querySelector("[value=yes]");
  yes.textContent = button?.textContent.trim() || yes.dataset.verb;
  yes.className = button?.matches(".btn-danger") ? "btn btn-danger" : "btn btn-primary";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}
