// Saves what is being typed as the person's own draft. The page does all its work without this file.
"use strict";
const form = document.querySelector("form[data-draft]");
if (form) {
  const says = form.querySelector("[data-draft-says]");
  let waiting = null;
  let saved = form.elements.text.value;
  const save = async () => {
    const text = form.elements.text.value;
    if (text === saved) return;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      saved = text;
      says.textContent = "Your draft is saved.";
    } catch {
      says.textContent = "Your draft could not be saved just now. Use the button to keep it.";
    }
  };
  form.elements.text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 2000);
  });
}
