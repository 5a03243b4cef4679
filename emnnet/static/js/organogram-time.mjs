// The slider of time: shows the organogram of the chosen day in place. Without this
// script the links and the field for the day lead to the same pages.
import { show } from "./organogram-load.mjs";

const WAIT = 300;
const DAY = 86_400_000;
const lang = document.documentElement.lang;
const words = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
let timer = 0;

function isoDay(slider) {
  const day = new Date(Date.parse(slider.dataset.begin) + slider.valueAsNumber * DAY);
  return day.toISOString().slice(0, 10);
}

function address(slider) {
  const url = new URL(slider.dataset.today, location.href);
  if (slider.value !== slider.max) url.searchParams.set("as_of", isoDay(slider));
  return url;
}

function tell(slider) {
  const iso = isoDay(slider);
  const text = lang === "lt" ? iso : words.format(new Date(iso));
  slider.setAttribute("aria-valuetext", text);
  document.querySelector("[data-time-shown]").textContent = text;
}

function begin() {
  const slider = document.getElementById("time-slider");
  if (!slider) return;
  slider.hidden = false;
  slider.closest(".time-line").classList.add("has-slider");
  slider.addEventListener("input", () => {
    tell(slider);
    clearTimeout(timer);
    timer = setTimeout(() => show(address(slider), { focus: slider.id }), WAIT);
  });
}

document.addEventListener("organogram:replaced", begin);
begin();
