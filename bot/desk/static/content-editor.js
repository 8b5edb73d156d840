// The editor of an answer, made quicker: kept while somebody types, shown as the phone shows it, with what the rules say.
// Everything works without this file, by the buttons of the form.
(function () {
  "use strict";

  var LOOK_MS = 400; // after the last key
  var SAVE_MS = 1000;
  var TWICE_MS = 4000; // two taps on one button are one
  var AGAIN_MS = 5000; // after a save that did not come through

  var form = document.getElementById("edit");
  if (!form) { return; }
  var line = document.getElementById("saved");
  var lookTimer = 0, saveTimer = 0, looking = null;
  var saving = null, dirty = false, stopped = "conflict" in form.dataset;
  var sent = false;
  var box = null; // where a fact is put

  document.documentElement.classList.add("script");

  // ---- keeping ------------------------------------------------------------------------------------

  function fields() { return new URLSearchParams(new FormData(form)); }

  function tell(words) { if (line && line.textContent !== words) { line.textContent = words; } }

  function post(path, more) {
    var options = { method: "POST", body: fields(), headers: { Accept: "application/json, text/html" } };
    return fetch(form.dataset.address + path, Object.assign(options, more));
  }

  function later(after) {
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, after);
  }

  // One save at a time: each must name the version that the one before it made.
  function save() {
    clearTimeout(saveTimer);
    if (stopped || !dirty || !line) { return saving || Promise.resolve(); }
    if (saving) { return saving.then(save); }
    dirty = false;
    tell(form.dataset.saving);
    saving = post("/save", { keepalive: true }).then(kept, failed).finally(function () { saving = null; });
    return saving;
  }

  function kept(answer) {
    if (answer.status === 401 || answer.status === 403) { lost(); return undefined; }
    if (answer.status >= 500) { return failed(); }
    return answer.json().then(function (told) {
      tell(told.said);
      if (told.state === "conflict") { stopped = true; }
      if (told.seen) { form.elements.seen.value = told.seen; }
    }, lost);
  }

  function failed() {
    dirty = true;
    tell(form.dataset.away);
    later(AGAIN_MS);
  }

  function lost() {
    dirty = true;
    stopped = true;
    tell(form.dataset.lost);
  }

  // On leaving there is no time to wait for a save that is under way: it will have made one version more.
  function leave() {
    if (!dirty || stopped || !line) { return; }
    if (saving) { form.elements.seen.value = Number(form.elements.seen.value) + 1; }
    dirty = false;
    post("/save", { keepalive: true }).then(kept, failed);
  }

  // ---- the preview and the findings ---------------------------------------------------------------

  function look() {
    if (looking) { looking.abort(); }
    looking = new AbortController();
    post("/preview", { signal: looking.signal }).then(function (answer) {
      return answer.ok ? answer.text().then(show) : undefined;
    }).catch(function () { /* a newer one is under way, or there is no connection: the next key asks again */ });
  }

  function show(words) {
    var fresh = new DOMParser().parseFromString(words, "text/html");
    Array.from(fresh.body.children).forEach(function (part) {
      var old = document.getElementById(part.id);
      if (old && !old.contains(document.activeElement)) { old.replaceWith(document.adoptNode(part)); }
    });
  }

  function changed(event) {
    if (event.target.form !== form || event.target.matches("[data-filter], #new-section")) { return; }
    dirty = true;
    later(SAVE_MS);
    if (!event.target.matches("#why, #overrides *, [name=reviewed], [name=change]")) {
      clearTimeout(lookTimer);
      lookTimer = setTimeout(look, LOOK_MS);
    }
  }

  // ---- facts, pictures, sentences -----------------------------------------------------------------

  function insert(words) {
    var into = box || document.getElementById("text");
    into.focus();
    into.setRangeText(words, into.selectionStart, into.selectionEnd, "end");
    into.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function bringFacts(to) {
    var facts = document.getElementById("facts");
    box = document.getElementById(to.dataset.facts);
    to.closest(".to").append(facts);
    facts.open = true;
    document.getElementById("find-fact").focus();
  }

  function filter(search) {
    var words = fold(search.value).split(/\s+/);
    document.querySelectorAll(search.dataset.filter).forEach(function (row) {
      var inside = fold(row.dataset.find);
      row.hidden = !row.querySelector(":checked") && !words.every(function (word) { return inside.includes(word); });
    });
  }

  function fold(words) { return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }

  function goTo(sentence) {
    var area = sentence.closest(".to")?.querySelector("textarea");
    var start = area ? area.value.indexOf(sentence.dataset.sentence) : -1;
    if (!area) { return; }
    area.focus();
    if (start >= 0) { area.setSelectionRange(start, start + sentence.dataset.sentence.length); }
  }

  // ---- begin --------------------------------------------------------------------------------------

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-filter]")) { filter(event.target); }
    changed(event);
  });
  document.addEventListener("focusin", function (event) {
    if (event.target.matches("[data-words]")) { box = event.target; }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches("[data-filter]")) { event.preventDefault(); }
  });
  document.addEventListener("click", function (event) {
    var fact = event.target.closest("[data-insert]"), facts = event.target.closest("[data-facts]");
    var sentence = event.target.closest("[data-sentence]");
    if (fact) { insert(fact.dataset.insert); } else if (facts) { bringFacts(facts); } else if (sentence) { goTo(sentence); }
  });
  form.addEventListener("submit", function (event) {
    clearTimeout(saveTimer);
    if (sent) { event.preventDefault(); return; }
    if (saving) {
      event.preventDefault();
      saving.then(function () { form.requestSubmit(event.submitter); });
      return;
    }
    dirty = false; // the form itself brings everything along
    sent = true;
    setTimeout(function () { sent = false; }, TWICE_MS);
  });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { save(); } });
  addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });

  document.getElementById("problems")?.focus();
})();
