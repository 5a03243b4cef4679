// Shows another state of the organogram without leaving the page: the content of main is
// replaced, the address follows, focus and place are kept. Afterwards the document gets
// the event "organogram:replaced". Without script the same links load the whole page.
let asked = null;

const frame = () => document.getElementById("drawing-frame");

function kept() {
  const now = frame();
  const folds = [...document.querySelectorAll("#main details.fold[open] > summary")];
  return {
    left: now?.scrollLeft ?? 0,
    top: now?.scrollTop ?? 0,
    page: window.scrollY,
    open: new Set(folds.map((summary) => summary.textContent.trim())),
  };
}

function restore(place) {
  for (const summary of document.querySelectorAll("#main details.fold > summary"))
    if (place.open.has(summary.textContent.trim())) summary.parentElement.open = true;
  frame()?.scrollTo(place.left, place.top);
  window.scrollTo({ top: place.page, behavior: "instant" });
}

export function isOrganogram(url) {
  return url.origin === location.origin && url.pathname === location.pathname;
}

export async function show(address, { push = true, focus = null } = {}) {
  const url = new URL(address, location.href);
  asked?.abort();
  const mine = new AbortController();
  asked = mine;
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: mine.signal, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const place = kept();
    main.replaceChildren(...page.getElementById("main").childNodes);
    document.title = page.title;
    if (push) history.pushState({ organogram: true }, "", url);
    restore(place);
    document.dispatchEvent(new CustomEvent("organogram:replaced"));
    const wanted = focus && document.getElementById(focus);
    wanted?.focus({ preventScroll: true });
    wanted?.scrollIntoView({ block: "nearest", inline: "nearest" });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  } finally {
    if (asked === mine) main.removeAttribute("aria-busy");
  }
}

addEventListener("popstate", () => {
  if (document.getElementById("picture")) show(location.href, { push: false });
});
