// What stands beside the grid and follows from it: reasons, days, parts.

// The reasons of the cell in the note, and its row and column marked.
export function showReasons(form, mark) {
  const cell = mark.parentElement;
  const row = cell.closest("tr");
  form.querySelectorAll(".grid-on").forEach((other) => other.classList.remove("grid-on"));
  form.querySelectorAll(`.grid [data-body="${cell.dataset.body}"], .grid [data-foot="${cell.dataset.body}"]`)
    .forEach((other) => other.classList.add("grid-on"));
  const note = form.querySelector("[data-why-words]");
  note.replaceChildren(...headline(cell, row, mark));
  const reasons = row.querySelector(`[data-reasons="${cell.dataset.body}"] > ul`);
  if (reasons) note.append(reasons.cloneNode(true));
  mark.setAttribute("aria-describedby", note.id);
}

function headline(cell, row, mark) {
  const head = cell.closest("table").querySelector(`.grid-body[data-body="${cell.dataset.body}"]`);
  const name = document.createElement("p");
  name.className = "strong";
  name.append(head.querySelector(".sector").cloneNode(true), ` ${head.dataset.name}`);
  const said = document.createElement("p");
  said.textContent = mark.getAttribute("aria-label").replace(`${cell.dataset.short}, `, "");
  return [name, said];
}

// Who is chosen has a row with its parts and its day; the foot of the column shows it.
export function showDates(form, rows, cells, roleOf, words) {
  const found = parts(rows, cells, roleOf, words);
  for (const row of form.querySelectorAll("[data-due-row]")) {
    const body = row.dataset.dueRow;
    const mine = found.get(body);
    row.classList.toggle("due-unused", !mine);
    row.querySelector("[data-parts]").textContent = mine ? sentence(mine, words) : "";
    row.querySelector(".due-field").toggleAttribute("data-idle", !mine?.open);
    foot(form.querySelector(`[data-foot="${body}"]`), row, mine);
  }
  const none = form.querySelector("[data-due-none]");
  if (none) none.hidden = found.size > 0;
}

function parts(rows, cells, roleOf, words) {
  const found = new Map();
  rows.forEach((row, place) => cells[place].forEach((cell) => {
    const role = roleOf(cell);
    if (!role) return;
    const mine = found.get(cell.dataset.body) ?? { open: false };
    mine.open ||= Boolean(cell.querySelector("select"));
    mine[role] = [...(mine[role] ?? []), row.dataset.question];
    found.set(cell.dataset.body, mine);
  }));
  return found;
}

function sentence(mine, words) {
  return ["lead", "contributes", "informed"]
    .filter((role) => mine[role])
    .map((role) => `${words.parts[role]} ${mine[role].join(", ")}`)
    .join("; ");
}

function foot(cell, row, mine) {
  const field = row.querySelector('[type="date"]');
  if (!mine || (!mine.open && cell.firstElementChild)) {
    if (!mine) cell.replaceChildren();
    return;
  }
  if (!field.value) return cell.replaceChildren();
  const day = new Date(`${field.value}T12:00:00`);
  const link = document.createElement("a");
  link.href = `#${field.id}`;
  for (const part of [{ day: "numeric" }, { month: "short" }]) {
    const line = document.createElement("span");
    line.textContent = new Intl.DateTimeFormat(document.documentElement.lang, part).format(day).replace(".", "");
    link.append(line);
  }
  cell.replaceChildren(link);
}
