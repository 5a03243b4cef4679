// The nested list as a tree for the keyboard and the ear: one institution at a time can
// be reached by Tab, arrows follow the branches. Without script it is a list of links.
import { folded } from "./organogram-tree.mjs";

const ENTRY = ":scope > .tree-entry";
const branchOf = (entry) => entry.parentElement.querySelector(":scope > details");
const linkOf = (entry) => entry.querySelector("a");
const headOf = (entry) => entry.closest("details")?.parentElement.querySelector(ENTRY);

function tell(entry) {
  const branch = branchOf(entry);
  if (branch) entry.setAttribute("aria-expanded", String(branch.open));
}

function dress(item, level) {
  const siblings = [...item.parentElement.children];
  const entry = item.querySelector(ENTRY);
  item.setAttribute("role", "none");
  entry.setAttribute("role", "treeitem");
  entry.setAttribute("aria-level", level);
  entry.setAttribute("aria-posinset", siblings.indexOf(item) + 1);
  entry.setAttribute("aria-setsize", siblings.length);
  entry.setAttribute("tabindex", "-1");
  for (const link of entry.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
  const branch = branchOf(entry);
  if (!branch) return;
  branch.querySelector("summary").setAttribute("tabindex", "-1");
  branch.querySelector("summary").setAttribute("aria-hidden", "true");
  branch.addEventListener("toggle", () => tell(entry));
  tell(entry);
  const list = branch.querySelector(":scope > .tree");
  list.setAttribute("role", "group");
  for (const under of list.children) dress(under, level + 1);
}

function go(entry, tree) {
  if (!entry) return;
  tree.querySelector(".tree-entry[tabindex='0']")?.setAttribute("tabindex", "-1");
  entry.setAttribute("tabindex", "0");
  entry.focus();
}

function open(entry, wanted) {
  branchOf(entry).open = wanted;
  tell(entry);
}

function right(entry, tree) {
  const branch = branchOf(entry);
  if (branch && !branch.open) open(entry, true);
  else if (branch) go(branch.querySelector(".tree-entry"), tree);
}

function left(entry, tree) {
  if (branchOf(entry)?.open) open(entry, false);
  else go(headOf(entry), tree);
}

function beginning(letter, entry, entries) {
  const at = entries.indexOf(entry);
  const others = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
  const begins = (text) => folded(text).startsWith(folded(letter));
  return others.find((each) => begins(linkOf(each).textContent));
}

function keyed(event) {
  const entry = event.target.closest(".tree-entry");
  if (!entry || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const tree = event.currentTarget;
  const all = [...tree.querySelectorAll(".tree-entry")];
  const entries = all.filter((each) => each.checkVisibility());
  const at = entries.indexOf(entry);
  const acts = {
    ArrowDown: () => go(entries[at + 1], tree),
    ArrowUp: () => go(entries[at - 1], tree),
    ArrowRight: () => right(entry, tree),
    ArrowLeft: () => left(entry, tree),
    Home: () => go(entries[0], tree),
    End: () => go(entries.at(-1), tree),
    Enter: () => linkOf(entry).click(),
    Escape: () => document.querySelector("#picture .tabs [aria-current]")?.focus(),
  };
  if (acts[event.key]) acts[event.key]();
  else if (/^\p{L}$/u.test(event.key)) go(beginning(event.key, entry, entries), tree);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function begin() {
  for (const tree of document.querySelectorAll("ul.tree[data-tree]")) {
    tree.setAttribute("role", "tree");
    tree.setAttribute("aria-label", tree.dataset.tree);
    for (const item of tree.children) dress(item, 1);
    tree.querySelector(".tree-entry").setAttribute("tabindex", "0");
    tree.addEventListener("keydown", keyed);
  }
}

document.addEventListener("organogram:replaced", begin);
begin();
