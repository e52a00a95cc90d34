/* Small helps for the public pages. Everything works without them. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const say = (text) => { $("#thong-bao").textContent = text; };

  /* The number beside the basket: cached pages do not know it, the cookie does. */
  function basketCount() {
    const badge = $("[data-basket-count]"), words = $("[data-basket-words]");
    const cookie = document.cookie.match(/(?:^|; )gio=(\d+)/);
    if (!badge || !cookie) return;
    const count = Number(cookie[1]);
    badge.textContent = count || "";
    words.textContent = count ? words.dataset.basketWords.replace("#", count) : "";
  }

  /* Suggestions: something fills the list and says so by an event, this makes it a combobox. */
  function combobox(input, list, filled) {
    const home = list.parentElement;
    const options = () => [...list.querySelectorAll("a")];
    let chosen = -1;
    const mark = (index) => {
      chosen = index;
      options().forEach((option, at) => option.setAttribute("aria-selected", at === index));
      const option = options()[index];
      if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
      else input.removeAttribute("aria-activedescendant");
    };
    const open = (yes) => {
      list.hidden = !yes;
      input.setAttribute("aria-expanded", yes);
      if (!yes) mark(-1);
    };
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    open(false);
    input.addEventListener(filled, () => {
      if (options().length) { list.setAttribute("role", "listbox"); list.setAttribute("aria-label", list.dataset.label); } else list.removeAttribute("role");
      options().forEach((option, at) => { option.id = `${list.id}-${at}`; option.tabIndex = -1; option.setAttribute("role", "option"); });
      open(options().length > 0 && document.activeElement === input);
      mark(-1);
    });
    input.addEventListener("keydown", (event) => {
      const count = options().length;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); open(false); return; }
      if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); options()[chosen].click(); return; }
      if (!count || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
      event.preventDefault();
      open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(chosen < 0 ? (step > 0 ? 0 : count - 1) : (chosen + step + count) % count);
    });
    input.addEventListener("input", () => { if (!input.value.trim()) open(false); });
    document.addEventListener("focusin", (event) => { if (!home.contains(event.target)) open(false); });
    document.addEventListener("click", (event) => { if (!home.contains(event.target)) open(false); });
  }

  /* The browser's own list of communes knows only what is typed with tone marks; this one takes its place. */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
  const bare = (name) => plain(name).replace(/^(xa|phuong|dac khu) /, "");
  function communes(input, source) {
    const home = document.createElement("div"), list = document.createElement("div");
    home.className = "suggests";
    list.className = "suggest";
    list.id = `${input.id}-goi-y`;
    list.lang = "vi";
    list.dataset.label = $("#goi-y").dataset.label;
    input.removeAttribute("list");
    input.replaceWith(home);
    home.append(input, list);
    combobox(input, list, "communes");
    const fill = (names) => {
      list.replaceChildren(...names.map((name) => Object.assign(document.createElement("a"), { textContent: name })));
      input.dispatchEvent(new Event("communes"));
    };
    input.addEventListener("input", () => {
      const typed = plain(input.value), begins = (name) => bare(name).startsWith(typed);
      const names = [...document.getElementById(source).options].map((option) => option.value);
      const found = names.filter((name) => typed && plain(name).includes(typed) && name !== input.value);
      fill(found.sort((one, other) => begins(other) - begins(one)).slice(0, 12));
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("a");
      if (!option) return;
      input.value = option.textContent;
      fill([]);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  /* − and + beside a quantity change the number; a form marked data-live-qty is then sent. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".qty [data-step]");
    if (button) {
      const input = $("input", button.parentElement);
      const now = Number.parseInt(input.value, 10) || 0;
      const next = now + (button.dataset.step === "-1" ? -1 : 1);
      const max = Number.parseInt(input.max || input.dataset.max, 10) || Infinity;
      if (input.form.dataset.liveQty === undefined) {
        event.preventDefault();
        input.value = Math.min(Math.max(next, 1), max);
      }
    }
    /* The strip moves its own gallery, not the page. */
    const thumb = event.target.closest(".gallery__strip a");
    const picture = thumb && document.getElementById(thumb.hash.slice(1));
    if (picture) {
      event.preventDefault();
      picture.parentElement.scrollTo({ left: picture.offsetLeft - picture.parentElement.offsetLeft });
    }
    /* The menu closes when one goes elsewhere. */
    document.querySelectorAll(".menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  document.addEventListener("change", (event) => {
    const { target } = event;
    /* Beside the list a tick filters at once; in the sheet of a phone the button does. */
    if (target.type === "checkbox" && target.closest(".facets") && matchMedia("(width >= 64rem)").matches) target.form.requestSubmit();
    /* The chosen size tells its price. */
    if (target.matches(".size input")) document.querySelectorAll("[data-price]").forEach((price) => { price.textContent = target.dataset.sizePrice; });
  });

  /* Empty fields stay out of the address. */
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb === "get") for (const [name, value] of [...detail.formData]) if (value === "" && name !== "q") detail.formData.delete(name);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const news = $("[data-say]", event.target);
    if (news) say(news.dataset.say || news.textContent.trim());
  });
  /* What was not done is said for a while; suggestions may fail in silence. */
  const trouble = $("#khong-xong");
  let telling;
  function tell({ detail, type }) {
    if (detail.target === $("#goi-y")) return;
    trouble.textContent = type === "htmx:sendError" ? trouble.dataset.unsent : trouble.dataset.refused;
    clearTimeout(telling);
    telling = setTimeout(() => { trouble.textContent = ""; }, 10000);
  }
  document.addEventListener("htmx:sendError", tell);
  document.addEventListener("htmx:responseError", tell);
  document.addEventListener("htmx:beforeSwap", ({ detail }) => { if (detail.shouldSwap) trouble.textContent = ""; });
  document.addEventListener("htmx:afterSettle", basketCount);
  basketCount();
  const q = $("#q"), list = $("#goi-y");
  if (q && list) combobox(q, list, "htmx:afterRequest");
  const commune = $("#id_xa[list]");
  if (commune) communes(commune, commune.getAttribute("list"));
})();
