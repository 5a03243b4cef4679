// Texts that are not on the server yet, in this browser's own store; gone once they are saved.
const PREFIX = "emnnet:answer:";

export function keep(key, text) {
  try {
    localStorage.setItem(PREFIX + key, text);
  } catch {
    // A full or closed store: the page itself still holds the text.
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept.
  }
}

function find(key) {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

// Offers a kept text back where the server has another one.
export function offer(card, key, present, putBack) {
  const text = find(key);
  const box = card.querySelector("[data-kept]");
  if (text === null || box === null) return;
  if (text === present || text.trim() === "") return forget(key);
  box.querySelector("[data-kept-text]").textContent = text;
  box.hidden = false;
  card.open = true;
  box.querySelector("[data-put-back]").addEventListener("click", () => {
    box.hidden = true;
    putBack(text);
  });
  box.querySelector("[data-throw-away]").addEventListener("click", () => {
    box.hidden = true;
    forget(key);
  });
}
