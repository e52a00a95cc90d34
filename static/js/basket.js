/* The basket answers as a whole, so its changes go one after the other. What is pressed while one is under way is
   pressed again in the basket that comes back; what was being typed there is sent after it. Without htmx none of this
   happens: each form is a page of its own. */
(() => {
  "use strict";
  const basket = document.getElementById("gio"), held = [];
  let underWay = false;

  function hold(event) {
    if (!underWay || !event.target.closest("#gio form[data-hx-post]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const typed = event.type === "change";
    const { id, value } = typed ? event.target : event.submitter || {};
    if (id) held.push({ id, value: typed ? value : null });
  }

  function next() {
    underWay = false;
    while (held.length && !underWay) {
      const { id, value } = held.shift();
      const pressed = document.getElementById(id);
      if (!pressed) continue; /* its line has gone meanwhile */
      if (value === null) pressed.click();
      else { pressed.value = value; pressed.form.requestSubmit(); }
    }
  }

  function keepTyping({ detail }) {
    const field = document.activeElement, { elt, formData } = detail.requestConfig;
    if (detail.target !== basket || !field.matches("#gio input")) return;
    const known = elt === field.form ? formData.get(field.name) : field.defaultValue;
    if (field.value !== known) held.push({ id: field.id, value: field.value });
  }

  document.addEventListener("submit", hold, true);
  document.addEventListener("change", hold, true);
  document.addEventListener("htmx:beforeSwap", keepTyping);
  document.addEventListener("htmx:beforeRequest", ({ detail }) => { if (detail.target === basket) underWay = true; });
  document.addEventListener("htmx:afterSettle", ({ target }) => { if (target === basket) next(); });
  document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.target === basket && !detail.successful) next(); });
})();
