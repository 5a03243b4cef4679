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
  ask(question, button?.textContent.trim()).then((yes) => {
    if (!yes) return button?.focus();
    agreed.add(form);
    form.requestSubmit(button ?? undefined);
    agreed.delete(form);
  });
}, { capture: true });

function ask(question, verb) {
  dialog.querySelector("[data-question]").textContent = question;
  const yes = dialog.querySelector("[value=yes]");
  yes.textContent = verb || yes.dataset.verb;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}
