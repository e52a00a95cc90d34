// The frame with the card's fields. Only this page sees the number; the shop's script gets the payment method's id.
(() => {
  "use strict";

  const english = new URLSearchParams(location.search).get("locale")?.startsWith("en");
  const WORDS = {
    incomplete_number: ["Số thẻ của bạn chưa đầy đủ.", "Your card number is incomplete."],
    incomplete_expiry: ["Ngày hết hạn thẻ của bạn chưa đầy đủ.", "Your card's expiration date is incomplete."],
    incomplete_cvc: ["Mã bảo mật thẻ của bạn chưa đầy đủ.", "Your card's security code is incomplete."],
  };
  const fields = Object.fromEntries(
    ["number", "expiry", "cvc"].map((name) => [name, document.getElementById(name)]),
  );
  const digits = (field) => field.value.replace(/\D/g, "");

  const incomplete = {
    number: () => digits(fields.number).length < 14,
    expiry: () => digits(fields.expiry).length < 4,
    cvc: () => digits(fields.cvc).length < 3,
  };

  function tell(message) {
    window.parent.postMessage(message, "*");
  }

  function tellHeight() {
    tell({ kind: "height", height: document.querySelector("main").offsetHeight });
  }

  function show(name, message) {
    document.getElementById(`${name}-error`).textContent = message;
    fields[name].setAttribute("aria-invalid", String(Boolean(message)));
    tellHeight();
  }

  // The first field that is not filled in, as Stripe.js reports it.
  function check() {
    let first = null;
    for (const name of Object.keys(fields)) {
      const code = `incomplete_${name}`;
      const message = incomplete[name]() ? WORDS[code][english ? 1 : 0] : "";
      show(name, message);
      if (message && !first) first = { type: "validation_error", code, message };
    }
    return first;
  }

  async function method({ key, billing }) {
    const error = check();
    if (error) return { error };
    const [, month, year] = digits(fields.expiry).match(/^(\d\d)(\d+)$/);
    const form = new URLSearchParams({
      key, type: "card", "card[number]": digits(fields.number), "card[exp_month]": month,
      "card[exp_year]": year, "card[cvc]": digits(fields.cvc),
    });
    for (const name of ["name", "email", "phone"]) {
      if (billing[name]) form.set(`billing_details[${name}]`, billing[name]);
    }
    try {
      const answer = await (await fetch("/v1/payment_methods", { method: "POST", body: form })).json();
      return answer.error ? { error: answer.error } : { method: answer.id };
    } catch {
      return { error: { type: "api_connection_error", message: "The double does not answer." } };
    }
  }

  window.addEventListener("message", async (event) => {
    if (event.source !== window.parent) return;
    const { kind, id } = event.data;
    if (kind === "check") tell({ kind: "answer", id, error: check() });
    if (kind === "method") tell({ kind: "answer", id, ...await method(event.data) });
  });

  fields.number.addEventListener("input", () => {
    fields.number.value = digits(fields.number).replace(/(\d{4})(?=\d)/g, "$1 ");
  });
  fields.expiry.addEventListener("input", () => {
    fields.expiry.value = digits(fields.expiry).replace(/^(\d\d)(?=\d)/, "$1/");
  });
  for (const [name, field] of Object.entries(fields)) {
    field.addEventListener("input", () => {
      show(name, "");
      tell({
        kind: "change",
        empty: Object.values(fields).every((one) => one.value === ""),
        complete: Object.keys(fields).every((one) => !incomplete[one]()),
      });
    });
    field.addEventListener("focus", () => tell({ kind: "focus" }));
    field.addEventListener("blur", () => tell({ kind: "blur" }));
  }
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  if (english) {
    document.documentElement.lang = "en";
    for (const one of document.querySelectorAll("[data-en]")) one.textContent = one.dataset.en;
  }
  tellHeight();
  tell({ kind: "ready" });
})();
