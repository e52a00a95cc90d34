// The bank's page: in a frame of the shop's page it tells the script, by itself it goes on to `return_url`.
(() => {
  "use strict";

  const given = new URLSearchParams(location.search);
  const secret = given.get("client_secret");
  const intent = secret.split("_secret_")[0];

  async function answer(outcome) {
    for (const button of document.querySelectorAll("button")) button.disabled = true;
    const done = await fetch(`/_double/payment_intents/${intent}/authenticate`, {
      method: "POST", body: JSON.stringify({ outcome }),
    });
    if (!done.ok) document.querySelector("[role=status]").textContent = (await done.json()).error.message;
    if (window.parent !== window) {
      window.parent.postMessage({ kind: "authenticated" }, "*");
      return;
    }
    const target = new URL(given.get("return_url"));
    target.searchParams.set("payment_intent", intent);
    target.searchParams.set("payment_intent_client_secret", secret);
    target.searchParams.set("redirect_status", outcome === "succeed" ? "succeeded" : "failed");
    location.assign(target);
  }

  if (given.get("locale")?.startsWith("en")) {
    document.documentElement.lang = "en";
    for (const one of document.querySelectorAll("[data-en]")) one.textContent = one.dataset.en;
  }
  for (const button of document.querySelectorAll("button")) {
    button.addEventListener("click", () => answer(button.dataset.outcome));
  }
})();
