// The inbox and the page of a case, made quicker: live, by keyboard, and with drafts that are kept until they are sent.
// Everything works without this file. htmx (vendor/) asks for the pages and swaps their parts.
(function () {
  "use strict";

  var WRITING_MS = 4000; // how often colleagues are told that somebody is writing,
  var WRITES_MS = 7000; // and how long they see it
  var LOOK_AGAIN_MS = 30000; // waiting times grow older, and another server may have news that we do not hear
  var RETRY_MS = 5000;
  var DRAFT_DAYS = 7;

  var keysOn = read("desk:keys") !== "off";
  var lastWriting = 0, writesTimer = 0, source = null;

  document.documentElement.classList.add("script");

  // ---- what this browser remembers ----------------------------------------------------------------

  function read(name) {
    try { return localStorage.getItem(name); } catch (error) { return null; }
  }

  function write(name, value) {
    try {
      if (value === null) { localStorage.removeItem(name); } else { localStorage.setItem(name, value); }
    } catch (error) { /* full or forbidden: then a draft lives as long as the page */ }
  }

  function forgetDrafts(which) {
    try {
      Object.keys(localStorage).filter(function (name) { return name.startsWith("draft:") && which(name); })
        .forEach(function (name) { localStorage.removeItem(name); });
    } catch (error) { /* nothing is kept here */ }
  }

  function age(name) {
    try { return (Date.now() - JSON.parse(read(name)).at) / 86400000; } catch (error) { return Infinity; }
  }

  function page() { return document.getElementById("case"); }

  function draftName(box) {
    var of = page().dataset;
    return "draft:" + of.worker + ":" + of.case + ":" + box.dataset.draft;
  }

  function keepDraft(box) {
    write(draftName(box), box.value ? JSON.stringify({ at: Date.now(), text: box.value }) : null);
  }

  function bringDrafts() {
    if (!page() || !page().dataset.case) { return; }
    forgetDrafts(function (name) { return name.split(":")[1] !== page().dataset.worker || age(name) > DRAFT_DAYS; });
    page().querySelectorAll("[data-draft]").forEach(function (box) {
      var kept = read(draftName(box));
      if (kept && !box.value) {
        box.value = JSON.parse(kept).text;
        if (box.closest("details")) { box.closest("details").open = true; }
      } else if (box.value) { keepDraft(box); }
      grow(box);
    });
  }

  // ---- live ---------------------------------------------------------------------------------------

  function place() { return document.querySelector("[data-live]"); }

  function refresh() {
    if (place() && !document.hidden && !page()?.contains(document.activeElement?.closest("select"))) {
      htmx.trigger(place(), "refresh");
    }
  }

  function listen() {
    if (!place()) { return; }
    source = new EventSource(place().dataset.live);
    // What changed after the page was made and before we listen would be missed. The browser's own "open" comes too.
    source.addEventListener("open", function (event) { if (event instanceof MessageEvent) { refresh(); } });
    source.addEventListener("changed", refresh);
    source.addEventListener("reload", refresh);
    source.addEventListener("writes", function (event) { showWriter(event.data); });
    source.addEventListener("error", function () {
      if (source.readyState === EventSource.CLOSED) { setTimeout(listen, RETRY_MS); refresh(); }
    });
  }

  function showWriter(name) {
    var line = document.getElementById("writing");
    if (!line) { return; }
    clearTimeout(writesTimer);
    line.textContent = name ? page().dataset.writes.replace("{name}", name) : "";
    if (name) { writesTimer = setTimeout(showWriter, WRITES_MS, ""); }
  }

  function tellWriting(box) {
    if (box.dataset.draft !== "text" || Date.now() - lastWriting < WRITING_MS) { return; }
    lastWriting = Date.now();
    fetch(page().dataset.writing, { method: "POST", headers: { "X-CSRF": page().dataset.csrf } }).catch(function () {});
  }

  // A page that has no place for the answer (logged out, not ours any more) is shown as a whole.
  document.addEventListener("htmx:before:swap", function (event) {
    var target = event.detail.ctx.sourceElement?.getAttribute("hx-select") || "#case";
    if (!event.detail.ctx.text.includes('id="' + target.slice(1) + '"')) {
      event.preventDefault();
      location.reload();
    }
  });

  document.addEventListener("htmx:after:swap", function (event) {
    var form = event.detail.ctx.sourceElement;
    var box = form?.matches?.("form") && form.querySelector("[data-draft]");
    if (box && page() && ["", "out_of_reach"].includes(page().dataset.problem || "")) { sent(box); }
    page()?.querySelector(".alarm[role=alert]")?.focus();
    markNew();
    keySwitch();
    follow(Boolean(box));
  });

  function sent(box) {
    write(draftName(box), null);
    var shown = document.getElementById(box.id);
    if (shown) { shown.value = ""; grow(shown); }
    if (box.id === "note") { document.getElementById("notes").open = false; }
  }

  // ---- the list -----------------------------------------------------------------------------------

  var known = null;

  function markNew() {
    var cases = Array.from(document.querySelectorAll(".cases > li"), function (one) { return one.id; });
    var news = document.getElementById("news");
    if (!news) { return; }
    if (known && cases.some(function (id) { return !known.has(id); })) {
      news.textContent = "";
      setTimeout(function () { news.textContent = news.dataset.new; }, 100);
    }
    known = new Set(cases);
  }

  function step(by) {
    var links = Array.from(document.querySelectorAll(".cases a.open"));
    if (!links.length) { return; }
    var at = links.indexOf(document.activeElement);
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)].focus();
  }

  // ---- the case -----------------------------------------------------------------------------------

  function grow(box) {
    box.rows = Math.min(16, Math.max(Number(box.dataset.rows) || (box.dataset.rows = box.rows), box.value.split("\n").length + 1));
  }

  function insert(text) {
    var box = document.getElementById("text");
    if (!box) { return; }
    var before = box.value.trim() ? box.value.replace(/\s*$/, "\n\n") : "";
    box.value = before + text;
    keepDraft(box);
    grow(box);
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  // The newest words and the box are what a worker comes for; they never go under while somebody types elsewhere.
  function follow(always) {
    var box = document.querySelector(".compose") || document.querySelector("#thread > li:last-child");
    var typing = document.activeElement?.matches("textarea, input, select");
    if (box && (always || !typing && nearEnd())) { box.scrollIntoView({ block: always ? "nearest" : "end" }); }
  }

  function nearEnd() {
    var last = document.querySelector("#thread > li:last-child");
    return Boolean(last) && last.getBoundingClientRect().top < window.innerHeight * 1.5;
  }

  function unfold(id, inside) {
    var fold = document.getElementById(id);
    if (!fold) { return false; }
    fold.open = true;
    fold.querySelector(inside).focus();
    return true;
  }

  function press(selector) {
    var thing = document.querySelector(selector);
    if (thing) { thing.click(); }
    return Boolean(thing);
  }

  var KEYS = {
    "/": function () { return focus("#search") || unfold("insert", "#library"); },
    j: function () { step(1); return !page(); },
    k: function () { step(-1); return !page(); },
    w: function () { return focus("#text"); },
    t: function () { return press(".take"); },
    i: function () { return unfold("insert", "a.pick, input[type=search]"); },
    n: function () { return unfold("notes", "textarea"); },
    h: function () { return unfold("hand-over", "select"); },
    c: function () { return unfold("close", "input[type=radio]"); },
    l: function () { return unfold("log", "summary"); },
    u: function () { return press("a.back"); },
  };

  function focus(selector) {
    var thing = document.querySelector(selector);
    if (thing) { thing.focus(); if (thing.select && thing.type === "search") { thing.select(); } }
    return Boolean(thing);
  }

  function pressed(event) {
    var field = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "Escape" && field) {
      field.blur();
    } else if (keysOn && !field && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing) {
      var shelf = document.querySelector('.shelves [data-key="' + CSS.escape(event.key) + '"]');
      if (shelf) { shelf.click(); } else if (!Object.hasOwn(KEYS, event.key) || !KEYS[event.key]()) { return; }
      event.preventDefault();
    }
  }

  function keySwitch() {
    document.querySelectorAll("[data-keys]").forEach(function (box) { box.checked = keysOn; });
  }

  // ---- begin --------------------------------------------------------------------------------------

  document.addEventListener("keydown", pressed);
  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-draft]")) {
      keepDraft(event.target);
      grow(event.target);
      tellWriting(event.target);
    }
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-keys]")) {
      keysOn = event.target.checked;
      write("desk:keys", keysOn ? null : "off");
    }
  });
  document.addEventListener("click", function (event) {
    var pick = event.target.closest("a.pick");
    if (pick && document.getElementById("text")) { event.preventDefault(); insert(pick.dataset.insert); }
  });
  document.addEventListener("submit", function (event) {
    if (event.target.matches(".out")) { forgetDrafts(function () { return true; }); }
  });
  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, LOOK_AGAIN_MS);

  bringDrafts();
  keySwitch();
  markNew();
  if (page() && !location.hash && document.querySelectorAll(".said").length > 4) { follow(false); }
  listen();
})();
