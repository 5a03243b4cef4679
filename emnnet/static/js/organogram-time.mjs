// The slider of time: loads the page of the chosen day and shows its content in place.
// Without this script the links and the date field lead to the same pages.
import { show } from "./organogram-load.mjs";

const WAIT = 300;
const DAY = 86_400_000;
let timer = 0;

const lang = document.documentElement.lang;
const words = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

function isoDay(slider) {
  const day = new Date(Date.parse(slider.dataset.begin) + slider.valueAsNumber * DAY);
  return day.toISOString().slice(0, 10);
}

function said(iso) {
  return lang === "lt" ? iso : words.format(new Date(iso));
}

function address(slider) {
  const url = new URL(slider.dataset.today, location.href);
  if (slider.value !== slider.max) url.searchParams.set("as_of", isoDay(slider));
  return url;
}

function tell(slider) {
  const text = said(isoDay(slider));
  slider.setAttribute("aria-valuetext", text);
  const shown = document.querySelector("[data-time-shown]");
  if (shown) shown.textContent = text;
}

function begin() {
  const slider = document.getElementById("time-slider");
  if (!slider) return;
  slider.hidden = false;
  slider.closest(".time-line").classList.add("has-slider");
  slider.addEventListener("input", () => {
    tell(slider);
    clearTimeout(timer);
    timer = setTimeout(() => show(address(slider), { focus: "time-slider" }), WAIT);
  });
}

document.addEventListener("organogram:replaced", begin);
begin();
