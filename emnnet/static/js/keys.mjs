// "/" goes to the search field, "?" opens the list of keys. Never while somebody types.
const sheet = document.getElementById("keys");

function typing(target) {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"));
}

function goToSearch() {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "/") goToSearch();
  else if (event.key === "?" && sheet) sheet.showModal();
  else return;
  event.preventDefault();
});

document.querySelectorAll("[data-keys-open]").forEach((button) => {
  button.hidden = !sheet;
  button.addEventListener("click", () => sheet.showModal());
});
