// The live chat: sends without leaving the page, hears answers as they come, keeps the conversation in this tab.
// Every message has an id of its own, so that sending it twice (a double tap, a broken line) is sending it once.
(function () {
  "use strict";

  var store = tabStore();
  if (!store || !window.fetch || !window.EventSource || !window.URLSearchParams || !navigator.cookieEnabled) {
    location.replace("/?plain=1");
    return;
  }

  var SAME_TAP_MS = 1200; // two taps on one button within this time are one,
  var SAME_PLACE = 24; // and on two, if it is one place: an answer moved another button under the finger
  var PLACE_MS = 15000, PLACE_AGE_MS = 300000; // to find it, and how old it may be
  var SILENCE_MS = 40000; // the server says something every 15 seconds; longer silence is a dead line
  var TYPING_MS = 20000;
  var PATIENCE_MS = 3000;
  var KEPT = 200; // bubbles

  var words = document.body.dataset;
  var log = document.getElementById("log");
  var form = document.getElementById("say");
  var box = document.getElementById("text");
  var picker = document.getElementById("file"), chosen = document.getElementById("chosen"); // not on every page
  var leaving = document.getElementById("leave");
  var typing = document.getElementById("typing");
  var notice = document.getElementById("notice");
  var ownBubble = document.getElementById("mine").content.firstElementChild;

  var said = read("said"); // [{html, mark} of the assistant | {text} of the resident, both with at]
  var waiting = read("waiting"); // [{id, fields, text, at, failed}]: not yet with the server
  var seen = new Set(said.map(function (one) { return one.mark; }));
  var lastTap = { key: "", at: -SAME_TAP_MS, x: 0, y: 0 }, finger = { x: 0, y: 0 };
  var retryAfter = 2000, retryTimer = 0, typingTimer = 0, patienceTimer = 0, lastWord = 0;
  var sending = false, source = null;
  var heardByUs = false; // an answer is kept until one page of this chat has it: be there before we ask

  // ---- what is kept in this tab ------------------------------------------------------------------

  function tabStore() {
    try {
      sessionStorage.setItem("try", "1");
      sessionStorage.removeItem("try");
      return sessionStorage;
    } catch (error) {
      return null;
    }
  }

  function read(name) {
    try {
      return JSON.parse(store.getItem(name)) || [];
    } catch (error) {
      return [];
    }
  }

  function keep() {
    if (said.length > KEPT) { said = said.slice(-KEPT); }
    try {
      store.setItem("said", JSON.stringify(said));
      // A file cannot be kept in the tab: what carries one waits in the page alone.
      var kept = waiting.filter(function (one) { return !one.file; });
      store.setItem("waiting", JSON.stringify(kept, function (name, value) { return name === "bubble" ? undefined : value; }));
    } catch (error) {
      said = said.slice(-Math.ceil(said.length / 2)); // full: the older half goes
    }
  }

  function newId() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  // ---- bubbles -----------------------------------------------------------------------------------

  function fragment(html) {
    var template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  }

  function clock(element, at) {
    var when = new Date(at);
    element.dateTime = when.toISOString();
    element.textContent = String(when.getHours()).padStart(2, "0") + ":" + String(when.getMinutes()).padStart(2, "0");
  }

  function dayLine(at) {
    var day = new Date(at).toDateString();
    if (log.dataset.day === day) { return; }
    log.dataset.day = day;
    var line = document.createElement("p");
    line.className = "day";
    line.textContent = day === new Date().toDateString() ? words.today :
      new Date(at).toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" });
    log.append(line);
  }

  function showTheirs(one, old) {
    var bubble = fragment(one.html);
    if (!bubble) { return; }
    if (old) { bubble.removeAttribute("role"); } // an alert is for what is new
    bubble.classList.toggle("old", Boolean(old));
    clock(bubble.querySelector("time"), one.at);
    dayLine(one.at);
    log.append(bubble);
    offerPlace();
  }

  function showMine(one) {
    var bubble = ownBubble.cloneNode(true);
    bubble.querySelector(".text").textContent = one.text;
    clock(bubble.querySelector("time"), one.at);
    dayLine(one.at);
    log.append(bubble);
    offerPlace();
    return bubble;
  }

  function state(one, name) {
    if (!one.bubble) { return; }
    var mark = one.bubble.querySelector(".state");
    one.bubble.dataset.state = name;
    mark.textContent = words[name];
    var again = one.bubble.querySelector(".again");
    if (name !== "failed") {
      if (again) { again.remove(); }
    } else if (!again) {
      again = document.createElement("button");
      again.type = "button";
      again.className = "choice again";
      again.textContent = words.retry;
      again.addEventListener("click", function () { one.failed = false; flush(); });
      one.bubble.append(again);
    }
  }

  // As far down as there is something new, but never so far that the resident's own question is gone.
  function follow() {
    var own = log.querySelectorAll(".mine");
    var last = own[own.length - 1];
    var bottom = document.documentElement.scrollHeight - window.innerHeight;
    var top = bottom;
    if (last) {
      var header = document.querySelector("header").getBoundingClientRect();
      top = last.getBoundingClientRect().top + window.scrollY - Math.max(header.bottom, 0) - 12;
    }
    window.scrollTo({ top: Math.min(bottom, top) });
  }

  // ---- sending -----------------------------------------------------------------------------------

  function say(fields, text, file) {
    var one = { id: newId(), fields: fields, text: text, at: Date.now(), failed: false, file: file };
    if (text) { one.bubble = showMine(one); }
    state(one, "sending");
    waiting.push(one);
    keep();
    follow();
    flush();
  }

  function flush() {
    var one = waiting.find(function (candidate) { return !candidate.failed; });
    if (sending || !one || !heardByUs) { return; }
    sending = true;
    clearTimeout(retryTimer);
    state(one, "sending");
    post("/say", Object.assign({ id: one.id }, one.fields), one.file).then(function (response) {
      sending = false;
      if (response.status === 202) {
        took(one);
        flush();
      } else if (response.status === 409) { // the browser lost its chat: a new page brings a new one
        location.reload();
      } else if (response.status >= 500 || response.status === 429) {
        later(response.status === 429 ? words.tooOften : words.offline);
      } else {
        refused(one, response.status);
        flush();
      }
    }, function () {
      sending = false;
      later(words.offline);
    });
  }

  function post(address, fields, file) {
    var body = file ? new FormData() : new URLSearchParams(fields);
    if (file) {
      Object.keys(fields).forEach(function (name) { body.append(name, fields[name]); });
      body.append("file", file);
    }
    return fetch(address, {
      method: "POST",
      headers: { "Accept": "application/json" },
      body: body,
      credentials: "same-origin",
    });
  }

  function took(one) {
    waiting.splice(waiting.indexOf(one), 1);
    if (one.text) { said.push({ text: one.text, at: one.at }); }
    retryAfter = 2000;
    notice.textContent = "";
    state(one, "sent");
    keep();
    if (/^l:[a-z]/.test(one.fields.data || "")) { location.replace("/"); } // the page's own words, too
  }

  function refused(one, status) {
    one.failed = true;
    state(one, "failed");
    notice.textContent = status === 415 ? words.fileWrong :
      status !== 413 ? words.wrong : one.file ? words.fileTooBig : words.tooLong;
    keep();
  }

  function later(why) {
    if (waiting.some(function (one) { return one.text; })) { notice.textContent = why; }
    retryTimer = setTimeout(flush, retryAfter);
    retryAfter = Math.min(retryAfter * 2, 30000);
  }

  function submitted(event) {
    event.preventDefault();
    var button = event.submitter || document.activeElement; // the second for browsers from before 2022
    if (button && button.type === "submit" && button.name) {
      var key = button.name + "=" + button.value;
      var again = event.timeStamp - lastTap.at < SAME_TAP_MS && (lastTap.key === key ||
        (finger.x + finger.y > 0 && Math.hypot(finger.x - lastTap.x, finger.y - lastTap.y) < SAME_PLACE));
      lastTap = { key: key, at: event.timeStamp, x: finger.x, y: finger.y };
      closeMenus();
      if (again) { return; }
      var fields = {};
      fields[button.name] = button.value;
      say(fields, button.textContent.trim());
      return;
    }
    var text = box.value.trim(), file = picker && picker.files[0];
    if (file && file.size > Number(picker.dataset.most)) {
      notice.textContent = words.fileTooBig;
      attach(null);
      return;
    }
    if (text || file) {
      box.value = "";
      grow();
      attach(null);
      say({ text: text }, file ? (text + "\n📎 " + file.name).trim() : text, file || undefined);
    }
    box.focus();
  }

  // Shows which file goes along with the next message; null takes it off.
  function attach(file) {
    if (!picker) { return; }
    if (!file) { picker.value = ""; }
    chosen.hidden = !file;
    chosen.querySelector("bdi").textContent = file ? file.name : "";
  }

  // ---- where I am --------------------------------------------------------------------------------

  // Only under the newest message: once a case is open, a place would go to a person, not to who asked for it.
  function offerPlace() {
    var can = navigator.geolocation && window.isSecureContext;
    log.querySelectorAll(".here").forEach(function (button) {
      button.hidden = !can || button.closest(".message") !== log.lastElementChild;
    });
  }

  // Asked once, and told to about 100 metres: the neighbourhood is all that is wanted.
  function askPlace(button) {
    if (button.getAttribute("aria-busy")) { return; }
    button.setAttribute("aria-busy", "true");
    tell(words.hereLooking);
    navigator.geolocation.getCurrentPosition(function (found) {
      button.removeAttribute("aria-busy");
      tell("");
      if (button.hidden || !button.isConnected) { return; } // something else was said meanwhile
      var place = found.coords.latitude.toFixed(3) + "," + found.coords.longitude.toFixed(3);
      say({ place: place }, button.textContent.trim());
    }, function () {
      button.removeAttribute("aria-busy");
      tell(button.hidden || !button.isConnected ? "" : words.hereFailed);
    }, { timeout: PLACE_MS, maximumAge: PLACE_AGE_MS });
  }

  function tell(line) {
    notice.textContent = line;
    if (line) { follow(); }
  }

  // ---- hearing -----------------------------------------------------------------------------------

  function listen() {
    if (source) { source.close(); }
    source = new EventSource("/events");
    heardByUs = false;
    clearTimeout(patienceTimer); // an earlier line's, which would open this one too early
    patienceTimer = setTimeout(opened, PATIENCE_MS); // a line that does not open keeps nobody from asking
    lastWord = Date.now();
    ["listening", "ping", "typing", "message"].forEach(function (name) {
      source.addEventListener(name, function () { lastWord = Date.now(); });
    });
    source.addEventListener("listening", opened);
    source.addEventListener("full", function (event) { lastWord = Date.now(); notice.textContent = event.data; });
    source.addEventListener("typing", function () { dots(true); });
    source.addEventListener("still", function () { dots(false); }); // a person may read it, and nothing is said now
    source.addEventListener("message", heard);
  }

  function opened() {
    heardByUs = true;
    flush();
  }

  function heard(event) {
    var mark = event.lastEventId;
    if (!mark || !event.data) { return; }
    var begun = null; // after "everything is gone" the browser has a new chat: hear that one
    if (!seen.has(mark)) {
      seen.add(mark);
      var one = { html: event.data, mark: mark, at: Date.now() };
      if (fragment(one.html).dataset.key === "utter_forgotten") {
        clear();
        begun = listen;
      }
      said.push(one);
      keep();
      dots(false);
      showTheirs(one, false);
      follow();
    }
    acknowledge(mark, 1000, begun);
  }

  function acknowledge(mark, wait, then) {
    post("/seen", { marks: mark }).then(function (response) {
      if (!response.ok) { throw new Error("not taken"); }
      if (then) { then(); }
    }).catch(function () {
      setTimeout(acknowledge, wait, mark, Math.min(wait * 2, 30000), then);
    });
  }

  function clear() {
    said = [];
    waiting = [];
    log.textContent = "";
    log.dataset.day = "";
  }

  function dots(on) {
    clearTimeout(typingTimer);
    typing.textContent = "";
    if (!on) { return; }
    typing.append(fragment('<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>'));
    typing.append(Object.assign(document.createElement("span"), { className: "unseen", textContent: typing.dataset.words }));
    typingTimer = setTimeout(dots, TYPING_MS, false);
    follow();
  }

  function watch() {
    var dead = source.readyState === EventSource.CLOSED || Date.now() - lastWord > SILENCE_MS;
    if (dead && navigator.onLine !== false) { listen(); }
  }

  // ---- the page ----------------------------------------------------------------------------------

  function grow() {
    box.style.height = "auto";
    box.style.height = box.scrollHeight + 2 + "px";
  }

  function closeMenus(except) {
    document.querySelectorAll(".menu[open], .attach[open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }

  form.addEventListener("submit", submitted);
  log.addEventListener("click", function (event) {
    var button = event.target.closest(".here");
    if (button) { askPlace(button); }
  });
  leaving.addEventListener("submit", function (event) {
    event.preventDefault();
    store.clear();
    fetch("/leave", { method: "POST", headers: { "Accept": "application/json" }, keepalive: true }).catch(function () {});
    location.replace(leaving.dataset.away);
  });
  box.addEventListener("input", grow);
  if (picker) {
    picker.addEventListener("change", function () {
      notice.textContent = "";
      attach(picker.files[0]);
      closeMenus();
      box.focus();
    });
    document.getElementById("unattach").addEventListener("click", function () { attach(null); box.focus(); });
    attach(picker.files[0]); // a browser may fill a form again after a reload
  }
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (form.requestSubmit) { form.requestSubmit(form.querySelector(".send")); } else { submitted(event); }
    }
  });
  document.addEventListener("click", function (event) { // a press of a key is a click at 0, 0
    finger = { x: event.clientX, y: event.clientY };
  }, true);
  document.addEventListener("click", function (event) { closeMenus(event.target.closest(".menu, .attach")); });
  document.addEventListener("keydown", function (event) {
    var open = event.key === "Escape" && document.querySelector(".menu[open], .attach[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  window.addEventListener("online", function () { notice.textContent = ""; listen(); flush(); });
  window.addEventListener("offline", function () { notice.textContent = words.offline; });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { listen(); } });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { watch(); } });
  setInterval(watch, 5000);

  said.forEach(function (one) { if (one.html) { showTheirs(one, true); } else { state({ bubble: showMine(one) }, "sent"); } });
  waiting.forEach(function (one) {
    if (one.text) { one.bubble = showMine(one); }
    state(one, one.failed ? "failed" : "sending");
  });
  listen();
  if (!said.length && !waiting.length && !store.getItem("started")) {
    store.setItem("started", "yes");
    say({ start: "1" }, "");
  } else {
    follow();
    flush();
  }
})();
