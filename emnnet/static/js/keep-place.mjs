// A page with data-keep-place stays where it was after one of its forms was sent: nothing moves
// under the pointer. Without script the browser goes to the part that changed.
const KEY = "place";

function here() {
  return location.pathname.replace(/\/(questions|versions)\/.*$/, "");
}

addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.closest("[data-keep-place]")) return;
  sessionStorage.setItem(KEY, JSON.stringify({ page: here(), y: scrollY }));
});

const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
sessionStorage.removeItem(KEY);
if (kept && kept.page === here() && document.querySelector("[data-keep-place]")) {
  const put = () => scrollTo({ top: kept.y, behavior: "instant" });
  put();
  addEventListener("load", put, { once: true });
}
