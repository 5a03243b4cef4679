// Saves each card while it is written. One save of a card is under way at a time, so an
// older text never lands on a newer one; what was not saved is kept in this browser.
import { forget, keep, offer } from "./kept-drafts.mjs";

const PAUSE = 1200; // milliseconds without a key
const RETRIES = [3000, 10000, 30000];
const form = document.getElementById("answers");
const cards = new Map();

class Card {
  constructor(element) {
    this.element = element;
    this.key = element.dataset.key;
    this.sent = new Set(); // texts we have sent: none of them is somebody else's
    this.tries = 0;
    this.busy = false; // a save is under way
    this.dirty = false; // something here is on no server yet
    this.asked = false; // a save was asked for while one was under way
  }

  field(name) {
    return this.element.querySelector(`[name="q${this.key}-${name}"]`);
  }

  get text() {
    return this.field("text").value;
  }

  values() {
    const data = new FormData();
    const chosen = this.element.querySelector(`[name="q${this.key}-dissemination"]:checked`);
    for (const name of ["text", "as_of", "seen", "mark"]) data.set(this.field(name).name, this.field(name).value);
    if (chosen) data.set(chosen.name, chosen.value);
    data.set("csrf_token", form.elements.csrf_token[0]?.value ?? form.elements.csrf_token.value);
    return data;
  }

  typed() {
    this.dirty = true;
    keep(this.key, this.text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    if (this.busy) this.asked = true;
    if (this.busy || !this.dirty) return;
    [this.busy, this.dirty, this.asked] = [true, false, false];
    const text = this.text;
    this.sent.add(text);
    this.say(form.dataset.saving);
    try {
      const reply = await fetch(this.element.dataset.autosave, {
        method: "POST", body: this.values(),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      });
      await this.settle(reply, text);
    } catch {
      this.failed(form.dataset.offline, true);
    }
    this.busy = false;
    if (this.asked) this.save();
  }

  async settle(reply, text) {
    const json = reply.headers.get("Content-Type")?.includes("json");
    const answer = json ? await reply.json() : {};
    if (reply.ok && json) return this.saved(answer, text);
    if (answer.conflict) return this.conflict(answer.conflict);
    if (answer.errors) return this.wrong(Object.values(answer.errors)[0]);
    if (answer.message) return this.wrong(answer.message);
    this.failed(form.dataset.over, reply.status >= 500);
  }

  saved(answer, text) {
    if (answer.note) return location.assign(answer.url);
    this.tries = 0;
    this.field("seen").value = answer.number;
    this.field("mark").value = answer.mark;
    this.say(answer.saved);
    if (this.text === text) forget(this.key);
    document.querySelector("[data-ready]").textContent = answer.ready;
    document.querySelector("[data-send]").textContent = answer.send;
    const chip = this.element.querySelector("[data-state] .chip");
    chip.lastChild.textContent = answer.chip;
    if (![...cards.values()].some((card) => card.dirty)) form.dispatchEvent(new Event("saved", { bubbles: true }));
  }

  // The answer to an earlier save got lost on the way: that text is our own.
  conflict(other) {
    if (this.sent.has(other.text)) {
      this.field("seen").value = other.number;
      this.dirty = this.asked = true;
      return;
    }
    this.wrong(other.message);
    const pair = this.element.querySelector("[data-pair]");
    pair.querySelector("section")?.remove();
    const box = document.createElement("section");
    box.className = "stack stack-tight";
    box.append(paragraph(other.message), kept(other.text), this.choices(other, box));
    pair.classList.add("pair");
    pair.prepend(box);
  }

  choices(other, box) {
    const settle = (text) => {
      this.field("text").value = text;
      this.field("seen").value = other.number;
      box.parentElement.classList.remove("pair");
      box.remove();
      this.typed();
      this.field("text").focus();
    };
    const row = document.createElement("div");
    row.className = "row-line row-tight";
    row.append(
      button(form.dataset.mine, () => settle(this.text)),
      button(form.dataset.theirs, () => settle(other.text)),
    );
    return row;
  }

  failed(message, again) {
    this.dirty = true;
    keep(this.key, this.text);
    this.wrong(message);
    if (!again) return;
    this.timer = setTimeout(() => this.save(), RETRIES[Math.min(this.tries++, RETRIES.length - 1)]);
  }

  wrong(message) {
    this.say(message);
    this.element.querySelector("[data-saved]").dataset.wrong = "";
  }

  say(message) {
    const line = this.element.querySelector("[data-saved]");
    delete line.dataset.wrong;
    if (line.textContent !== message) line.textContent = message;
  }
}

function paragraph(text) {
  const line = document.createElement("p");
  line.textContent = text;
  return line;
}

function kept(text) {
  const box = document.createElement("pre");
  box.className = "kept";
  box.tabIndex = 0;
  box.textContent = text;
  return box;
}

function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-secondary btn-sm";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

const ours = (target) => cards.get(target.closest?.("[data-autosave]"));

for (const element of document.querySelectorAll("[data-autosave]")) {
  const card = new Card(element);
  cards.set(element, card);
  offer(element, card.key, card.text, (text) => {
    card.field("text").value = text;
    card.typed();
  });
  // Typed before this script was there.
  const { value, defaultValue } = card.field("text");
  if (value !== defaultValue) card.typed();
}
form?.addEventListener("input", (event) => {
  if (/^q\d+-(text|as_of|dissemination)$/.test(event.target.name ?? "")) ours(event.target)?.typed();
});
form?.addEventListener("submit", () => cards.forEach((card) => clearTimeout(card.timer)));
window.addEventListener("online", () => cards.forEach((card) => card.save()));
