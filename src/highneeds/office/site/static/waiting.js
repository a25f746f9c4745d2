// Looks again for the person while work goes on, and shows the page anew when that is over. The link does it without.
"use strict";
const waits = document.querySelector("[data-waits]");
if (waits) {
  const look = async () => {
    try {
      const page = await (await fetch(location.href, { credentials: "same-origin" })).text();
      if (!page.includes("data-waits")) location.reload();
    } catch {
      // the next look may succeed
    }
  };
  setInterval(look, 5000);
}
