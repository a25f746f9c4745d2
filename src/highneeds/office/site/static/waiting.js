// Looks again for the person while work goes on, says which step is under way, and shows the page anew when that is
// over. The link does it without.
"use strict";
const waits = document.querySelector("[data-waits]");
if (waits) {
  const look = async () => {
    try {
      const text = await (await fetch(location.href, { credentials: "same-origin" })).text();
      const now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-waits]");
      if (!now) location.reload();
      else if (now.textContent !== waits.textContent) waits.replaceChildren(...now.childNodes);
    } catch {
      // the next look may succeed
    }
  };
  setInterval(look, 5000);
}
