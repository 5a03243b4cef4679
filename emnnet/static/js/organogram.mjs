// The organogram's page: links and the form show their result in place, a search marks
// what it meets while it is typed. Drawing: organogram-stage.mjs and organogram-tree.mjs.
import { isOrganogram, show } from "./organogram-load.mjs";
import { beginStage, zoomed } from "./organogram-stage.mjs";
import { beginTree, boxOf, folded } from "./organogram-tree.mjs";

const plainClick = (event) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

// The size is changed without a new page: links learn of it when they are followed.
function withZoom(url) {
  const zoom = new URLSearchParams(location.search).get("zoom");
  if (zoom) url.searchParams.set("zoom", zoom);
  else url.searchParams.delete("zoom");
  return url;
}

function focusAfter(link, url) {
  const body = link.dataset.bodyLink ?? link.id.replace("organogram-", "");
  if (link.matches(".handle")) return boxOf(link.dataset.of)?.id;
  if (link.dataset.jump) return `organogram-${link.dataset.jump}`;
  if (link.hasAttribute("data-close"))
    return `organogram-${document.getElementById("body-panel").dataset.body}`;
  return body && url.hash === "#body-panel" ? "body-panel" : link.id || null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#main a[href]");
  if (!link || event.defaultPrevented || !plainClick(event)) return;
  if (link.dataset.zoom) {
    if (zoomed(link.dataset.zoom)) event.preventDefault();
    return;
  }
  const href = link.getAttribute("href");
  const url = new URL(href, location.href);
  if (!document.getElementById("picture") || href.startsWith("#")) return;
  if (!isOrganogram(url)) return;
  event.preventDefault();
  show(withZoom(url), { focus: focusAfter(link, url) });
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-organogram-form]");
  if (!form) return;
  event.preventDefault();
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.append(name, value);
  await show(withZoom(url));
  const met = document.querySelector(".organogram .is-found");
  const next = met ?? document.querySelector("[data-organogram-form] [type=search]");
  next?.focus({ preventScroll: true });
  met?.scrollIntoView({ block: "center", inline: "center" });
});

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-find]")) return;
  const words = folded(event.target.value).split(" ").filter(Boolean);
  for (const box of document.querySelectorAll(".organogram .body")) {
    const said = box.dataset.words ?? "";
    box.classList.toggle("is-found", words.length > 0 && words.every((w) => said.includes(w)));
  }
});

document.addEventListener("keydown", (event) => {
  const panel = document.getElementById("body-panel");
  if (event.key !== "Escape" || !panel?.contains(event.target)) return;
  event.preventDefault();
  panel.querySelector("[data-close]").click();
});

function begin() {
  const frame = document.getElementById("drawing-frame");
  if (!frame) return;
  beginStage(frame);
  beginTree(frame);
}

document.addEventListener("organogram:replaced", begin);
begin();
