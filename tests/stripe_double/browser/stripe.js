// A stand-in for Stripe.js (https://docs.stripe.com/js): what a shop with the Payment Element calls, against the double
// that serves this file. Card data is typed into a frame of the double's origin and never reaches the shop's page.
(() => {
  "use strict";

  const origin = new URL(document.currentScript.src).origin;
  let frames = 0;

  class IntegrationError extends Error {
    constructor(message) {
      super(message);
      this.name = "IntegrationError";
    }
  }

  // The API, as a browser calls it: form-encoded, with the publishable key. A connection that breaks is an
  // api_connection_error, as in Stripe.js.
  async function call(key, method, path, given) {
    const form = new URLSearchParams({ ...given, key });
    const url = `${origin}/v1/${path}${method === "GET" ? `?${form}` : ""}`;
    try {
      const answer = await fetch(url, { method, body: method === "GET" ? undefined : form });
      return await answer.json();
    } catch {
      return {
        error: {
          type: "api_connection_error",
          message: "We are experiencing issues connecting to our payments provider. Please check your internet "
            + "connection and try again.",
        },
      };
    }
  }

  const unexpected = (paymentIntent) => ({
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message: `This PaymentIntent has a status of ${paymentIntent.status}.`,
    payment_intent: paymentIntent,
  });

  const english = (locale) => locale.startsWith("en");

  const intentOf = (clientSecret) => clientSecret.split("_secret_")[0];

  // Sizes are set by script, one property at a time: the shop's policy for styles need not allow inline ones.
  function framed(src, title, look) {
    const frame = document.createElement("iframe");
    frame.src = src;
    frame.title = title;
    frame.name = `__privateStripeFrame${frames += 1}`;
    Object.assign(frame.style, { border: "0", display: "block", width: "100%" }, look);
    return frame;
  }

  // Messages of one frame only, of this origin only.
  function listen(frame, heard) {
    const listener = (event) => {
      if (event.origin === origin && event.source === frame.contentWindow) heard(event.data);
    };
    window.addEventListener("message", listener);
    return () => window.removeEventListener("message", listener);
  }

  class PaymentElement {
    constructor(elements, options) {
      this.elements = elements;
      this.options = options;
      this.listeners = new Map();
      this.waiting = new Map();
      this.frame = null;
    }

    on(name, listener) {
      this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
      return this;
    }

    once(name, listener) {
      const only = (event) => {
        this.off(name, only);
        listener(event);
      };
      return this.on(name, only);
    }

    off(name, listener) {
      const left = (this.listeners.get(name) ?? []).filter((one) => listener && one !== listener);
      this.listeners.set(name, left);
      return this;
    }

    emit(name, event = {}) {
      for (const listener of this.listeners.get(name) ?? []) listener({ elementType: "payment", ...event });
    }

    mount(target) {
      const place = typeof target === "string" ? document.querySelector(target) : target;
      if (!place) {
        throw new IntegrationError(`The selector you specified (${target}) applies to no DOM elements that are `
          + "currently on the page.");
      }
      this.unmount();
      const src = `${origin}/_double/element?${new URLSearchParams({ locale: this.elements.locale })}`;
      const title = english(this.elements.locale) ? "Test card – not Stripe" : "Thẻ thử – không phải Stripe";
      this.frame = framed(src, title, { height: "20rem" });
      this.deaf = listen(this.frame, (message) => this.hear(message));
      place.replaceChildren(this.frame);
      this.emit("loaderstart");
      this.refuseUsed();
    }

    // A client secret of an intent that is done cannot be used again
    // (https://docs.stripe.com/changelog/clover/2025-09-30/client-secret-reuse).
    async refuseUsed() {
      const { key, clientSecret } = this.elements;
      const path = `payment_intents/${intentOf(clientSecret)}`;
      const answer = await call(key, "GET", path, { client_secret: clientSecret });
      const used = ["succeeded", "canceled", "processing", "requires_capture"].includes(answer.status);
      if (!answer.error && !used) return;
      this.unmount();
      this.emit("loaderror", {
        error: answer.error ?? unexpected(answer),
      });
    }

    hear(message) {
      if (message.kind === "ready") this.emit("ready");
      if (message.kind === "height") this.frame.style.height = `${message.height}px`;
      if (["focus", "blur"].includes(message.kind)) this.emit(message.kind);
      if (message.kind === "change") {
        const { empty, complete } = message;
        this.emit("change", { empty, complete, collapsed: false, value: { type: "card" } });
      }
      if (message.kind === "answer") {
        this.waiting.get(message.id)?.(message);
        this.waiting.delete(message.id);
      }
    }

    // Asks the frame: "check" gives {error?}, "method" gives {error?, method?}.
    ask(question, given = {}) {
      if (!this.frame) {
        throw new IntegrationError("Invalid value for elements: the Payment Element must be mounted.");
      }
      const id = crypto.getRandomValues(new Uint32Array(1))[0];
      return new Promise((resolve) => {
        this.waiting.set(id, resolve);
        this.frame.contentWindow.postMessage({ kind: question, id, ...given }, origin);
      });
    }

    unmount() {
      if (!this.frame) return;
      this.deaf();
      this.frame.remove();
      this.frame = null;
    }

    destroy() {
      this.unmount();
      this.elements.element = null;
    }

    update() {}

    focus() {
      this.frame?.focus();
    }
  }

  class Elements {
    constructor(key, options) {
      if (!options.clientSecret) {
        throw new IntegrationError("The double models elements({clientSecret}) only.");
      }
      this.key = key;
      this.clientSecret = options.clientSecret;
      this.locale = options.locale ?? "auto";
      this.element = null;
    }

    create(kind, options = {}) {
      if (kind !== "payment") throw new IntegrationError(`The double has no element "${kind}".`);
      if (this.element) throw new IntegrationError("Can only create one Element of type payment.");
      this.element = new PaymentElement(this, options);
      return this.element;
    }

    getElement(kind) {
      return kind === "payment" ? this.element : null;
    }

    update(options) {
      this.locale = options.locale ?? this.locale;
    }

    async fetchUpdates() {
      return {};
    }

    // Checks the form; its fields say what is wrong, too.
    async submit() {
      const { error } = await this.element.ask("check");
      return error ? { error } : { selectedPaymentMethod: "card" };
    }
  }

  // Shows the bank's page above the shop's until the customer has answered it.
  function authenticate(address, locale) {
    const cover = document.createElement("div");
    Object.assign(cover.style, {
      alignItems: "center", background: "rgba(0, 0, 0, 0.6)", display: "flex", inset: "0",
      justifyContent: "center", position: "fixed", zIndex: "2147483647",
    });
    const title = english(locale) ? "Test authentication – not Stripe" : "Xác thực thẻ thử – không phải Stripe";
    for (const [name, value] of Object.entries({ role: "dialog", "aria-modal": "true", "aria-label": title })) {
      cover.setAttribute(name, value);
    }
    const frame = framed(`${address}&${new URLSearchParams({ locale })}`, title, { background: "#fff", height: "22rem", maxWidth: "26rem" });
    cover.append(frame);
    return new Promise((resolve) => {
      const deaf = listen(frame, (message) => {
        if (message.kind !== "authenticated") return;
        deaf();
        cover.remove();
        resolve();
      });
      document.body.append(cover);
      frame.focus();
    });
  }

  class Stripe {
    constructor(key) {
      this.key = key;
      this.locale = "auto";
    }

    elements(options = {}) {
      this.locale = options.locale ?? "auto";
      return new Elements(this.key, options);
    }

    async retrievePaymentIntent(clientSecret) {
      const path = `payment_intents/${intentOf(clientSecret)}`;
      const answer = await call(this.key, "GET", path, { client_secret: clientSecret });
      return answer.error ? { error: answer.error } : { paymentIntent: answer };
    }

    async confirmPayment({ elements, clientSecret, confirmParams = {}, redirect = "always" }) {
      const secret = clientSecret ?? elements.clientSecret;
      const { error, method } = await elements.element.ask("method", {
        key: this.key, billing: confirmParams.payment_method_data?.billing_details ?? {},
      });
      if (error) return { error };
      const given = { client_secret: secret, payment_method: method, use_stripe_sdk: "true" };
      if (confirmParams.return_url) given.return_url = confirmParams.return_url;
      if (confirmParams.receipt_email) given.receipt_email = confirmParams.receipt_email;
      const answer = await call(this.key, "POST", `payment_intents/${intentOf(secret)}/confirm`, given);
      return this.goOn(answer, secret, redirect === "always" ? confirmParams.return_url : null);
    }

    async handleNextAction({ clientSecret }) {
      const { error, paymentIntent } = await this.retrievePaymentIntent(clientSecret);
      return error ? { error } : this.goOn(paymentIntent, clientSecret, null);
    }

    // After an answer of the API: 3-D Secure if asked, then the end, at `returnUrl` if there is one.
    async goOn(answer, clientSecret, returnUrl) {
      if (answer.error) return { error: answer.error };
      let paymentIntent = answer;
      if (paymentIntent.status === "requires_action") {
        await authenticate(paymentIntent.next_action.use_stripe_sdk.stripe_js, this.locale);
        const later = await this.retrievePaymentIntent(clientSecret);
        if (later.error) return later;
        paymentIntent = later.paymentIntent;
      }
      if (paymentIntent.status === "requires_payment_method") {
        return { error: { ...paymentIntent.last_payment_error, payment_intent: paymentIntent } };
      }
      if (paymentIntent.status === "canceled") return { error: unexpected(paymentIntent) };
      if (!returnUrl) return { paymentIntent };
      const target = new URL(returnUrl, location.href);
      target.searchParams.set("payment_intent", paymentIntent.id);
      target.searchParams.set("payment_intent_client_secret", clientSecret);
      target.searchParams.set("redirect_status", paymentIntent.status);
      location.assign(target);
      return new Promise(() => {});
    }
  }

  window.Stripe = (key) => {
    if (!key) {
      throw new IntegrationError("Missing value for Stripe(): apiKey should be a string.");
    }
    if (key.startsWith("sk_")) {
      throw new IntegrationError("You should not use your secret key with Stripe.js. Please pass a publishable key "
        + "instead.");
    }
    return new Stripe(key);
  };
  window.Stripe.version = "double";
})();
