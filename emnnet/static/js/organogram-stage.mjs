// Pan, zoom and fit: the frame scrolls, the drawing has a size. Links in the tools do the
// same without script. The size stands in the address.
const STEP = 1.2;
const LEAST = 25;
const MOST = 200;
const NARROW = 640;
const SHARE = 0.76; // of the window's height, which the frame may fill
const READABLE = 50; // percent
const SLACK = 4; // a press that moves less than this is a click
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

const theFrame = () => document.getElementById("drawing-frame");
const drawing = (frame) => frame.querySelector("svg");
const size = (svg) => svg.viewBox.baseVal;
const percent = (svg) => (100 * svg.getBoundingClientRect().width) / size(svg).width;

export const motion = () => (still.matches ? "instant" : "smooth");

function remember(zoom) {
  const url = new URL(location.href);
  if (zoom === "100") url.searchParams.delete("zoom");
  else url.searchParams.set("zoom", zoom);
  history.replaceState(history.state, "", url);
}

function tell(frame) {
  const now = document.querySelector("[data-zoom-now]");
  if (now) now.textContent = `${Math.round(percent(drawing(frame)))} %`;
}

function fit(frame) {
  frame.classList.add("fits");
  remember("fit");
  tell(frame);
}

function resize(frame, wanted) {
  const after = Math.round(Math.min(MOST, Math.max(LEAST, wanted)));
  const svg = drawing(frame);
  const { width, height } = size(svg);
  frame.classList.remove("fits");
  svg.setAttribute("width", Math.round((width * after) / 100));
  svg.setAttribute("height", Math.round((height * after) / 100));
  tell(frame);
  return after;
}

// The point under (x, y) of the frame stays there.
function scale(frame, wanted, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
  const before = percent(drawing(frame));
  const [left, top] = [frame.scrollLeft + x, frame.scrollTop + y];
  const after = resize(frame, wanted);
  frame.scrollTo((left * after) / before - x, (top * after) / before - y);
  remember(String(after));
}

// A narrow frame shows the drawing from top to bottom, as long as it can be read.
function natural(frame) {
  const { width, height } = size(drawing(frame));
  const asked = new URL(location.href).searchParams.has("zoom");
  if (asked || frame.clientWidth > NARROW || width <= frame.clientWidth) return;
  const room = window.innerHeight * SHARE;
  if (room < height) resize(frame, Math.max(READABLE, (100 * room) / height));
}

export function zoomed(act) {
  const frame = theFrame();
  if (!frame || !drawing(frame)) return false;
  const now = percent(drawing(frame));
  const acts = {
    in: () => scale(frame, now * STEP),
    out: () => scale(frame, now / STEP),
    whole: () => scale(frame, 100),
    fit: () => fit(frame),
  };
  acts[act]();
  return true;
}

const KEYS = { "+": "in", "=": "in", "-": "out", 0: "fit" };
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (KEYS[event.key]) zoomed(KEYS[event.key]);
  else if (event.shiftKey && WAYS[event.key]) {
    const [x, y] = WAYS[event.key];
    event.currentTarget.scrollBy({ left: 90 * x, top: 90 * y, behavior: motion() });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function dragged(frame) {
  let from = null;
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
    from.page = window.scrollY;
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (Math.hypot(x, y) > SLACK) frame.classList.add("is-dragged");
    if (!frame.classList.contains("is-dragged")) return;
    frame.scrollTo(from.left - x, from.top - y);
  });
  const end = () => {
    from = null;
    setTimeout(() => frame.classList.remove("is-dragged"));
  };
  frame.addEventListener("pointerup", end);
  frame.addEventListener("pointerleave", end);
  frame.addEventListener("click", stop, { capture: true });
  function stop(event) {
    if (frame.classList.contains("is-dragged")) event.preventDefault();
  }
}

function pinched(frame) {
  let begun = null;
  const apart = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  frame.addEventListener("touchstart", ({ touches }) => {
    begun = touches.length === 2 ? { apart: apart(touches), at: percent(drawing(frame)) } : null;
  });
  const move = (event) => {
    if (!begun || event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches;
    const box = frame.getBoundingClientRect();
    const [x, y] = [(a.clientX + b.clientX) / 2 - box.left, (a.clientY + b.clientY) / 2 - box.top];
    scale(frame, (begun.at * apart(event.touches)) / begun.apart, x, y);
  };
  frame.addEventListener("touchmove", move, { passive: false });
  frame.addEventListener("touchend", () => (begun = null));
}

function wheeled(event) {
  if (!event.ctrlKey) return; // the plain wheel scrolls; this is also a touchpad's pinch
  event.preventDefault();
  const frame = event.currentTarget;
  const box = frame.getBoundingClientRect();
  const turn = Math.exp(-event.deltaY / 300);
  scale(frame, percent(drawing(frame)) * turn, event.clientX - box.left, event.clientY - box.top);
}

export function beginStage(frame) {
  natural(frame);
  if (frame.dataset.stage) return;
  frame.dataset.stage = "true";
  frame.addEventListener("keydown", keyed);
  frame.addEventListener("wheel", wheeled, { passive: false });
  dragged(frame);
  pinched(frame);
}
