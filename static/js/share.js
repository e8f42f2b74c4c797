// Copy link, the device's own share sheet, and print; the plain links work without it.
const share = document.querySelector('[data-enhance="share"]');

function offerCopy() {
  const item = share.querySelector('[data-part="copy"]');
  const button = item.querySelector("button");
  const status = share.querySelector('[role="status"]');
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(share.dataset.url || location.href);
    status.textContent = button.dataset.done;
    button.lastChild.textContent = button.dataset.done;
  });
  item.hidden = false;
}

if (share) {
  if (navigator.clipboard) offerCopy();
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    share.querySelector("summary").addEventListener("click", (event) => {
      event.preventDefault();
      const { title, url } = share.dataset;
      // Rejected when the reader closes the sheet, which is an answer too.
      navigator.share({ title, url: url || location.href }).catch(() => {});
    });
  }
  document.addEventListener("click", (event) => {
    if (!share.contains(event.target)) share.open = false;
  });
  share.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    share.open = false;
    share.querySelector("summary").focus();
  });
}

for (const button of document.querySelectorAll('[data-enhance="print"]')) {
  button.addEventListener("click", () => print());
  button.hidden = false;
}
