// Focus goes to what changed: the error summary first, then what the page marks with data-focus.
// The summary has autofocus, so that it works without this script; the browser does it then.
const target = document.querySelector(".error-summary") ?? document.querySelector("[data-focus]");
if (target && !target.autofocus) {
  if (!target.matches("a, button, input, select, textarea")) target.tabIndex = -1;
  target.focus();
}

// A link of the summary goes to the control and puts the cursor there.
document.querySelector(".error-summary")?.addEventListener("click", (event) => {
  const id = event.target.closest("a")?.hash.slice(1);
  const control = id && document.getElementById(id);
  if (!control) return;
  event.preventDefault();
  const group = control.closest(".group");
  (group ?? control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});
