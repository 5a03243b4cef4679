// The words of the grid, in the language of the page: the server puts them on the form.
export function gridWords(form) {
  return JSON.parse(form.dataset.words);
}

// "1 question", "9 questions": the form that the language wants for the number.
export function countWords(forms, count) {
  const rule = new Intl.PluralRules(document.documentElement.lang).select(count);
  return (forms[rule] ?? forms.other).replace(/\d+/, count);
}

// For the ear, and for the eye at the foot of the page.
export function announce(form, text) {
  form.querySelector("[data-said]").textContent = text;
  const hint = form.querySelector("[data-hint]");
  if (hint) hint.textContent = text;
}
