// A URL is for "Another URL" alone.
Behaviour.specify("select[name='_.service']", "ssl-manager-service", 0, (service) => {
  const url = service.closest("[name='accounts'], .repeated-chunk, form")?.querySelector("input[name='_.url']");
  const entry = url?.closest(".jenkins-form-item");
  if (!entry) {
    return;
  }
  const show = () => {
    entry.hidden = service.value !== "OTHER";
  };
  service.addEventListener("change", show);
  // The list is filled later.
  service.addEventListener("filled", show);
  show();
});
