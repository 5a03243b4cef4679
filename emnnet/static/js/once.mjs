// A form is sent once: the button says that it works until the next page is there.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const button = event.submitter;
  if (button?.formTarget === "_blank" || form.dataset.again !== undefined) return;
  form.dataset.sent = "yes";
  button?.setAttribute("aria-busy", "true");
});

// A page that comes back from the history may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll(".btn[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});
