// A page with data-keep-place stays where it was after one of its forms was sent: nothing moves
// under the pointer. A refusal is looked at instead. Without script the browser goes to the part
// that changed. Parts with data-keep-scroll scroll by themselves.
const KEY = "place";

function here() {
  return location.pathname.replace(/\/(questions|versions)\/.*$/, "");
}

function parts() {
  return [...document.querySelectorAll("[data-keep-scroll]")];
}

addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.closest("[data-keep-place]")) return;
  const tops = parts().map((part) => part.scrollTop);
  sessionStorage.setItem(KEY, JSON.stringify({ page: here(), y: scrollY, tops }));
});

const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
sessionStorage.removeItem(KEY);
const refused = document.querySelector(".error-summary, [role=alert], [data-look]");
if (kept && kept.page === here() && !refused) {
  put();
  // the browser goes to the part in the address as late as this
  addEventListener("load", () => [put(), requestAnimationFrame(put)], { once: true });
}

function put() {
  parts().forEach((part, place) => part.scrollTo({ top: kept.tops[place] ?? 0, behavior: "instant" }));
  document.querySelector("[data-new]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
  scrollTo({ top: kept.y, behavior: "instant" });
}
