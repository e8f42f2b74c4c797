// Counts one view once the page has been visible for five seconds in all.
const DWELL_MS = 5000;
const counted = document.querySelector('[data-enhance="view-beacon"]');
let seen = 0;
let since = 0;
let timer;

function send() {
  document.removeEventListener("visibilitychange", watch);
  navigator.sendBeacon(counted.dataset.url);
}

function watch() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") {
    since = performance.now();
    timer = setTimeout(send, DWELL_MS - seen);
  } else if (since) {
    seen += performance.now() - since;
    since = 0;
  }
}

if (counted) {
  document.addEventListener("visibilitychange", watch);
  watch();
}
