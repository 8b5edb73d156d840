// The panel to ask as a resident, and the key of a new topic while its name is typed. All of it works without this file.
(function () {
  "use strict";

  var WIDE = window.matchMedia("(min-width: 1100px)");
  var panel = document.getElementById("ask-yourself");

  function read(name) {
    try { return sessionStorage.getItem(name); } catch (error) { return null; }
  }

  function write(name, value) {
    try { sessionStorage.setItem(name, value); } catch (error) { /* full or forbidden: then it is not remembered */ }
  }

  // Beside the page it is open unless somebody folded it; below the page it is folded unless somebody opened it.
  function unfold() {
    if (panel) { panel.open = WIDE.matches ? read("ask-folded") !== "yes" : false; }
  }

  function suggested(label) {
    var plain = label.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    return plain.replace(/[^a-z]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 40);
  }

  unfold();
  WIDE.addEventListener("change", unfold);
  panel?.querySelector("summary").addEventListener("click", function () {
    if (WIDE.matches) { write("ask-folded", panel.open ? "yes" : "no"); }
  });

  document.querySelectorAll(".ask-panel [data-keep]").forEach(function (field) {
    var kept = read(field.dataset.keep);
    if (kept !== null && field.querySelector('option[value="' + CSS.escape(kept) + '"]')) { field.value = kept; }
    field.addEventListener("change", function () { write(field.dataset.keep, field.value); });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches(".ask-form textarea")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });

  document.querySelectorAll("[data-new-topic]").forEach(function (form) {
    var label = form.elements.namedItem("label"), key = form.elements.namedItem("key");
    function suggest() { key.placeholder = suggested(label.value); }
    label.addEventListener("input", suggest);
    suggest();
  });

  // Who is not logged in any more gets the log-in, not an empty panel.
  document.addEventListener("htmx:response:error", function (event) {
    if (event.detail.ctx.response.status === 401) {
      event.preventDefault();
      location.reload();
    }
  });
})();
