// Today's date in the masthead, and "12 minutes ago" for what is younger than twelve hours.
// The HTML holds absolute times, since pages are stored.
const locale = document.documentElement.lang || undefined;
const MINUTE_MS = 60_000;

for (const element of document.querySelectorAll('[data-enhance="today"]')) {
  const format = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  element.textContent = new Intl.DateTimeFormat(locale, format).format(new Date());
}

const relative = new Intl.RelativeTimeFormat(locale, { style: "short" });
for (const element of document.querySelectorAll('[data-enhance="ago"]')) {
  const minutes = Math.floor((Date.now() - new Date(element.dateTime)) / MINUTE_MS);
  if (minutes < 0 || minutes >= 720) continue;
  element.title = element.textContent;
  element.textContent =
    minutes < 60 ? relative.format(-minutes, "minute") : relative.format(-Math.floor(minutes / 60), "hour");
}
