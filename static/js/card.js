/* The card's fields are Stripe's, in a frame of its own; this starts them and sends them off once at a time. Whether
   the card has paid is for the server to find out: every good end leads to data-back, where it asks. */
(() => {
  "use strict";
  const card = document.getElementById("the");
  if (!card) return;
  const { key, secret, back, language, script } = card.dataset;
  const fields = card.querySelector(".card-pay__fields"), told = card.querySelector("[role=alert]");
  const button = card.querySelector("button"), [idle, busy] = button.children, status = card.querySelector("[role=status]");
  const words = card.querySelector("template").content;
  let stripe, elements, paying = false;

  const wordsOf = (code) => code && words.querySelector(`[data-code="${CSS.escape(code)}"]`);

  function say(...codes) {
    told.textContent = [...codes, "declined"].map(wordsOf).find(Boolean).textContent;
    told.hidden = false;
    told.focus();
  }

  function setPaying(yes) {
    paying = yes;
    button.setAttribute("aria-disabled", yes);
    button.setAttribute("aria-busy", yes);
    idle.hidden = yes;
    busy.hidden = !yes;
    status.textContent = yes ? busy.textContent : "";
    if (yes) told.hidden = true;
  }

  const unloaded = () => { button.disabled = true; fields.hidden = true; say("unloaded"); };
  const leave = () => location.assign(back);

  function start() {
    if (!window.Stripe) { unloaded(); return; }
    stripe = window.Stripe(key);
    elements = stripe.elements({ clientSecret: secret, locale: language });
    const element = elements.create("payment", { wallets: { applePay: "never", googlePay: "never" } });
    element.on("ready", () => { button.disabled = false; });
    /* A secret that is used up: paid or given up in another window. */
    element.on("loaderror", ({ error }) => (error.code === "payment_intent_unexpected_state" ? leave() : unloaded()));
    element.mount(fields);
  }

  /* Without an answer of Stripe's nobody knows whether the card was charged; the same intent charges it once at most. */
  async function unanswered() {
    const { paymentIntent } = await stripe.retrievePaymentIntent(secret);
    if (["succeeded", "processing"].includes(paymentIntent?.status)) leave();
    else refuse("unreached");
  }

  function refuse(...codes) {
    setPaying(false);
    say(...codes);
  }

  async function pay() {
    if (paying || button.disabled) return;
    setPaying(true);
    try {
      const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: back }, redirect: "if_required" });
      if (!error || error.code === "payment_intent_unexpected_state") leave();
      else if (error.type === "validation_error") refuse("unfilled");
      else if (error.type === "card_error" || wordsOf(error.code)) refuse(error.decline_code, error.code);
      else await unanswered();
    } catch {
      refuse("unreached");
    }
  }

  button.addEventListener("click", pay);
  /* Gone back to from elsewhere: what the browser kept may be paid already. */
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  document.head.append(Object.assign(document.createElement("script"), { src: script, onload: start, onerror: unloaded }));
})();
