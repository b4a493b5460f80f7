// An address is kept in logs and passed on, so it has what was searched for, and not the crumb that Jenkins adds to each form.
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".ssl-manager-search")) {
    return;
  }
  const mine = new Set(["search", "sort", "order", "state", "week"]);
  for (const field of event.target.elements) {
    field.disabled = !mine.has(field.name);
  }
});
