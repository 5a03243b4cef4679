// The drawing as a tree for the keyboard and the ear: one box at a time can be reached by
// Tab, arrows follow the branches. Without script every box is a link of its own.
import { motion } from "./organogram-stage.mjs";

let current = null; // the slug of the box that Tab reaches

export const folded = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\p{Pd}/gu, " ")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

const slugOf = (box) => box.id.slice("organogram-".length);
export const boxOf = (slug) => document.getElementById(`organogram-${slug}`);

function dress(box) {
  box.setAttribute("role", "treeitem");
  box.setAttribute("aria-level", box.dataset.level);
  box.setAttribute("aria-posinset", box.dataset.number);
  box.setAttribute("aria-setsize", box.dataset.of);
  if (box.dataset.expanded) box.setAttribute("aria-expanded", box.dataset.expanded);
  if (box.classList.contains("is-chosen")) box.setAttribute("aria-current", "true");
  box.setAttribute("tabindex", "-1");
}

function reachable(box) {
  const before = current && boxOf(current);
  before?.setAttribute("tabindex", "-1");
  box.setAttribute("tabindex", "0");
  current = slugOf(box);
}

function go(box) {
  if (!box) return;
  reachable(box);
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest", inline: "nearest", behavior: motion() });
}

const handleOf = (box) =>
  [...document.querySelectorAll(".organogram .handle")].find(
    (handle) => handle.dataset.of === slugOf(box),
  );

// SVG links have no click() of their own.
const press = (link) =>
  link?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }));

function right(box, boxes) {
  if (box.dataset.expanded === "false") press(handleOf(box));
  else go(boxes.find((each) => each.dataset.head === slugOf(box)));
}

function left(box) {
  if (box.dataset.expanded === "true") press(handleOf(box));
  else if (box.dataset.head) go(boxOf(box.dataset.head));
}

function leave() {
  const panel = document.getElementById("body-panel");
  if (panel) panel.querySelector("[data-close]").click();
  else document.querySelector("#picture .tabs [aria-current]")?.focus();
}

function beginning(letter, box, boxes) {
  const at = boxes.indexOf(box);
  const others = [...boxes.slice(at + 1), ...boxes.slice(0, at + 1)];
  const names = (each) => [each.querySelector(".name"), each.querySelector(".full")];
  const begins = (text) => folded(text?.textContent ?? "").startsWith(folded(letter));
  return others.find((each) => names(each).some(begins));
}

function keyed(event) {
  const box = event.target.closest(".body");
  if (!box || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const boxes = [...event.currentTarget.querySelectorAll(".body")];
  const at = boxes.indexOf(box);
  const acts = {
    ArrowDown: () => go(boxes[at + 1]),
    ArrowUp: () => go(boxes[at - 1]),
    ArrowRight: () => right(box, boxes),
    ArrowLeft: () => left(box),
    Home: () => go(boxes[0]),
    End: () => go(boxes.at(-1)),
    " ": () => press(box),
    Enter: () => press(box),
    Escape: leave,
  };
  if (acts[event.key]) acts[event.key]();
  else if (/^\p{L}$/u.test(event.key)) go(beginning(event.key, box, boxes));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// What was chosen or found, else the top, is seen at once; the page itself stays.
function showFirst(frame, group, first) {
  const box = group.querySelector(".is-chosen, :target, .is-found") ?? first;
  if (!box) return;
  const [inner, outer] = [box.getBoundingClientRect(), frame.getBoundingClientRect()];
  const left = inner.left + inner.width / 2 - outer.left - frame.clientWidth / 2;
  const top = inner.top + inner.height / 2 - outer.top - frame.clientHeight / 2;
  frame.scrollTo({ left, top, behavior: "instant" });
}

export function beginTree(frame) {
  const group = frame.querySelector(".bodies");
  if (!group) return;
  group.setAttribute("role", "tree");
  group.setAttribute("aria-label", frame.dataset.tree);
  const boxes = [...group.querySelectorAll(".body")];
  boxes.forEach(dress);
  const linked = group.querySelector(":target");
  const first = (current && boxOf(current)) || linked || boxes[0];
  if (first) reachable(first);
  if (frame.scrollLeft === 0 && frame.scrollTop === 0) showFirst(frame, group, first);
  const handles = frame.querySelector(".handles");
  handles?.setAttribute("aria-hidden", "true");
  for (const handle of handles?.children ?? []) handle.setAttribute("tabindex", "-1");
  if (frame.dataset.keyed) return;
  frame.dataset.keyed = "true";
  frame.addEventListener("keydown", keyed);
  frame.addEventListener("focusin", ({ target }) => {
    if (target.matches(".body")) reachable(target);
  });
}
