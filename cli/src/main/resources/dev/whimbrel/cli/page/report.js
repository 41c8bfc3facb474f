// Copy buttons: shown only where a script may run.
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  const block = button.closest(".safer").querySelector("pre");
  button.addEventListener("click", async () => {
    const text = block.textContent;
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch (e) {
      const range = document.createRange();
      range.selectNodeContents(block);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      done = document.execCommand("copy");
    }
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
}
// On paper everything is open.
addEventListener("beforeprint", () =>
  document.querySelectorAll("details").forEach((each) => (each.open = true)));
