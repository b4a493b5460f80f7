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

// Whoever deletes an account is told first which jobs use it.
Behaviour.specify(".ssl-manager-account-used-by", "ssl-manager-account-used-by", 0, (usedBy) => {
  const chunk = usedBy.closest(".repeated-chunk");
  let isConfirmed = false;
  chunk?.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest(".repeatable-delete");
      // The account's grants have buttons of this kind, too.
      if (isConfirmed || button?.closest(".repeated-chunk") !== chunk) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      dialog
        .confirm(usedBy.dataset.question, {
          message: usedBy.dataset.consequence,
          type: "destructive",
        })
        .then(
          () => {
            isConfirmed = true;
            button.click();
          },
          () => {},
        );
    },
    true,
  );
});
