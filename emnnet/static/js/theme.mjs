// The theme: the system's until somebody chooses. Runs before the first paint.
const KEY = "emnnet-theme";
const ORDER = ["system", "light", "dark"];
const root = document.documentElement;

function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return "system";
  }
}

function apply(theme) {
  if (theme === "system") root.removeAttribute("data-theme");
  else root.dataset.theme = theme;
}

function show(button, theme) {
  button.hidden = false;
  const name = button.dataset[theme];
  button.setAttribute("aria-label", name);
  button.title = name;
  button.querySelector("use")?.setAttribute("href", button.dataset[`${theme}Icon`]);
}

function next(theme) {
  return ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
}

function ready() {
  const buttons = document.querySelectorAll("[data-theme-switch]");
  buttons.forEach((button) => {
    show(button, chosen());
    button.addEventListener("click", () => {
      const theme = next(chosen());
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // Kept for this page only.
      }
      apply(theme);
      buttons.forEach((each) => show(each, theme));
      document.dispatchEvent(new CustomEvent("themechange", { detail: theme }));
    });
  });
}

apply(chosen());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();
