/* The basket answers as a whole, so its changes go one after the other. What is pressed while one is under way is
   pressed again in the basket that comes back, the way to the checkout too; what was being typed stays, and counts
   when the field is left. Without htmx none of this happens: each form is a page of its own. */
(() => {
  "use strict";
  const basket = document.getElementById("gio"), held = [], typed = new Set();
  let underWay = false;

  function hold(event) {
    const form = event.target.closest("#gio form[data-hx-post]"), onward = event.target.closest("#dat-hang");
    if (event.type === "change") typed.delete(event.target.id);
    if (!underWay || !(event.type === "click" ? onward : form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const changed = event.type === "change";
    const { id, value } = changed ? event.target : onward || event.submitter || {};
    if (id) held.push({ id, value: changed ? value : null });
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

  /* A number half typed while the basket comes back. */
  let kept = null;
  function keepTyping({ detail }) {
    const field = document.activeElement, { elt, formData } = detail.requestConfig;
    kept = null;
    if (detail.target !== basket || !detail.shouldSwap || !field.matches("#gio input")) return;
    const known = elt === field.form ? formData.get(field.name) : field.defaultValue;
    if (field.value !== known) kept = { id: field.id, value: field.value };
  }
  function goOnTyping() {
    const field = kept && document.getElementById(kept.id);
    if (!field) return;
    field.value = kept.value;
    typed.add(field.id);
  }
  function leave({ target }) {
    if (typed.delete(target.id) && target.value && target.value !== target.defaultValue) target.form.requestSubmit();
  }

  for (const type of ["submit", "change", "click"]) document.addEventListener(type, hold, true);
  document.addEventListener("focusout", leave);
  document.addEventListener("htmx:beforeSwap", keepTyping);
  document.addEventListener("htmx:beforeRequest", ({ detail }) => { if (detail.target === basket) underWay = true; });
  document.addEventListener("htmx:afterSettle", ({ target }) => { if (target === basket) { goOnTyping(); next(); } });
  document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.target === basket && !detail.successful) setTimeout(next); });
})();
