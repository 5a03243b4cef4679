// The routing grid by keys and clicks: each select becomes a letter that stands for it.
// Nothing is sent or saved here: the form says so when its buttons are pressed.
import { announce, countWords, gridWords } from "./grid-words.mjs";
import { showDates, showReasons } from "./grid-beside.mjs";

const form = document.getElementById("routing");
const words = gridWords(form);
const ORDER = ["", "lead", "contributes", "informed"];
const rows = [...form.querySelectorAll(".grid tbody tr")];
const cells = rows.map((row) => [...row.querySelectorAll(".grid-cell")]);

form.classList.add("scripted");
form.querySelectorAll(".grid-choice").forEach(makeButton);
form.querySelector(".grid").setAttribute("role", "grid");
form.querySelector("[data-why]").hidden = false;
rows.forEach(addToggle);
marks().forEach((mark) => { mark.tabIndex = -1; });
if (marks()[0]) marks()[0].tabIndex = 0;
refresh();

function makeButton(select) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "grid-mark";
  button.dataset.name = select.getAttribute("aria-label");
  if (select.dataset.suggested) button.dataset.suggested = select.dataset.suggested;
  select.hidden = true;
  select.after(button);
  paint(button, select.value);
}

function marks() {
  return [...form.querySelectorAll(".grid tbody .grid-mark")];
}

function selectOf(button) {
  return button.parentElement.querySelector("select");
}

function roleOf(cell) {
  const select = cell.querySelector("select");
  return select ? select.value : cell.querySelector(".grid-mark")?.dataset.role ?? "";
}

function paint(button, role) {
  const suggested = button.dataset.suggested;
  button.dataset.role = role;
  button.textContent = words.letters[role || suggested] ?? "";
  const said = role ? words.parts[role] : words.empty;
  const hint = !role && suggested ? `, ${words.suggested.replace("{part}", words.parts[suggested])}` : "";
  button.setAttribute("aria-label", `${button.dataset.name}: ${said}${hint}`);
}

function set(button, role) {
  const select = selectOf(button);
  if (select.value === role) return;
  select.value = role;
  paint(button, role);
  button.parentElement.classList.toggle("grid-empty", !role && !button.dataset.suggested);
  form.dispatchEvent(new Event("input", { bubbles: true }));
  refresh();
}

// A second lead is never made in passing: a click steps over it, the letter L replaces.
function choose(button, role) {
  const former = role === "lead" ? leadBeside(button) : null;
  if (former) {
    if (!former.matches("button")) return announce(form, taken(former, button));
    set(former, "contributes");
    announce(form, fill(words.replaced, former, button));
  }
  set(button, role);
}

function next(button) {
  const { role, suggested } = button.dataset;
  const blocked = leadBeside(button);
  if (!role && suggested && !(suggested === "lead" && blocked)) return set(button, suggested);
  const place = ORDER.indexOf(role);
  const wanted = ORDER[(place + 1) % ORDER.length];
  if (wanted !== "lead" || !blocked) return set(button, wanted);
  announce(form, taken(blocked, button));
  set(button, "contributes");
}

function leadBeside(button) {
  const own = button.closest("tr").querySelectorAll('.grid-mark[data-role="lead"]');
  return [...own].find((mark) => mark !== button) ?? null;
}

function taken(former, button) {
  return fill(words.taken, former, button).replace("{letter}", words.letters.lead);
}

function fill(text, former, button) {
  return text
    .replace("{former}", former.parentElement.dataset.short)
    .replace("{new}", button.parentElement.dataset.short)
    .replace("{label}", button.closest("tr").dataset.question);
}

function addToggle(row) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "grid-all";
  button.textContent = words.all;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const whole = row.classList.toggle("grid-whole");
    button.textContent = whole ? words.fewer : words.all;
    button.setAttribute("aria-expanded", String(whole));
  });
  row.querySelector(".grid-question").append(button);
}

// What follows from the cells: empty rows, days, the words of the button.
function refresh() {
  const questions = new Set();
  const bodies = new Set();
  const begun = cells.flat().some(roleOf);
  rows.forEach((row, place) => {
    const chosen = cells[place].filter((cell) => roleOf(cell));
    const owes = chosen.some((cell) => roleOf(cell) !== "informed");
    row.classList.toggle("grid-nobody", !owes);
    row.querySelector("[data-nobody]").hidden = owes || !begun;
    for (const cell of chosen.filter((cell) => cell.querySelector("select"))) {
      questions.add(row.id);
      bodies.add(cell.dataset.body);
    }
  });
  const send = form.querySelector('[name="step"][value="send"]');
  send.lastChild.textContent = words.send
    .replace("{what}", countWords(words.questions, questions.size))
    .replace("{whom}", countWords(words.institutions, bodies.size));
  send.hidden = questions.size === 0;
  showDates(form, rows, cells, roleOf, words);
}

function accept() {
  let count = 0;
  for (const row of cells) {
    if (row.some((cell) => roleOf(cell))) continue;
    for (const button of row.map((cell) => cell.querySelector("button[data-suggested]"))) {
      if (!button) continue;
      set(button, button.dataset.suggested);
      count += 1;
    }
  }
  announce(form, count ? words.accepted.replace("{count}", count) : words.nothing);
}

function copyFromAbove(row) {
  const place = rows.indexOf(row);
  cells[place].forEach((cell, column) => {
    const button = cell.querySelector("button.grid-mark");
    if (button) set(button, roleOf(cells[place - 1][column]));
  });
}

function go(mark, down, across) {
  const place = cells.findIndex((row) => row.includes(mark.parentElement));
  const column = cells[place].indexOf(mark.parentElement);
  const target = cells[place + down]?.[column + across]?.querySelector(".grid-mark");
  target?.focus();
}

const KEYS = {
  ArrowUp: (mark) => go(mark, -1, 0),
  ArrowDown: (mark) => go(mark, 1, 0),
  ArrowLeft: (mark) => go(mark, 0, -1),
  ArrowRight: (mark) => go(mark, 0, 1),
};

form.addEventListener("keydown", (event) => {
  const mark = event.target.closest?.(".grid tbody .grid-mark");
  if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
  const role = roleByKey(event.key);
  if (KEYS[event.key]) KEYS[event.key](mark);
  else if (role !== undefined && mark.matches("button")) choose(mark, role);
  else return;
  event.preventDefault();
});

function roleByKey(key) {
  if (key === "Delete" || key === "Backspace") return "";
  const letter = key.toUpperCase();
  const known = Object.entries(words.letters).find(([, own]) => own === letter);
  return known?.[0] ?? { L: "lead", C: "contributes", I: "informed" }[letter];
}

form.addEventListener("click", (event) => {
  const mark = event.target.closest("button.grid-mark");
  if (mark) return next(mark);
  if (event.target.closest("[data-accept]")) {
    event.preventDefault();
    accept();
  }
  const same = event.target.closest("[data-same]");
  if (same) {
    event.preventDefault();
    copyFromAbove(same.closest("tr"));
  }
});

form.addEventListener("focusin", (event) => {
  const mark = event.target.closest(".grid tbody .grid-mark");
  if (!mark) return;
  marks().forEach((other) => { other.tabIndex = other === mark ? 0 : -1; });
  showReasons(form, mark);
});

form.addEventListener("pointerover", (event) => {
  const mark = event.target.closest(".grid tbody .grid-mark");
  if (mark && !form.querySelector(".grid tbody .grid-mark:focus-visible")) showReasons(form, mark);
});

form.addEventListener("change", (event) => {
  if (!event.target.matches('[type="date"]')) return;
  event.target.closest("td").querySelector("[data-distance]")?.remove();
  showDates(form, rows, cells, roleOf, words);
});
