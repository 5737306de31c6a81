// A post counts as read once its text was in sight long enough: only while its tab is. The server reckons for itself;
// whoever has no script presses the button. No inline code (CSP).
(() => {
  "use strict";
  const form = document.querySelector("[data-reading]");
  const needed = Number(form?.dataset.reading) * 1000;
  if (!needed) return;
  let seen = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const moment = performance.now();
    if (document.visibilityState === "visible") seen += Math.min(moment - last, 2000);
    last = moment;
    if (seen < needed + 1000) return; // the moment of opening is kept in whole seconds
    clearInterval(timer);
    if (form.isConnected) form.dispatchEvent(new Event("read"));
  }, 1000);
})();
