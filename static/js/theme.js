// Light, dark or as the device says. The inline script in the head applies the choice before paint.
const choice = document.querySelector('[data-enhance="theme"]');

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

if (choice) {
  const current = document.documentElement.dataset.theme ?? "";
  for (const input of choice.querySelectorAll("input")) input.checked = input.value === current;
  choice.addEventListener("change", (event) => {
    apply(event.target.value);
    try {
      if (event.target.value) localStorage.setItem("theme", event.target.value);
      else localStorage.removeItem("theme");
    } catch {
      // Storage is refused: the choice holds for this page.
    }
  });
  choice.hidden = false;
}
