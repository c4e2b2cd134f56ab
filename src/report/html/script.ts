/** Filters findings in the browser. The page is complete without it. */
export const script = `(function () {
  var form = document.getElementById("filter");
  if (!form) return;
  var count = document.getElementById("count");
  var files = [].slice.call(document.querySelectorAll(".file")).map(function (section) {
    return { section: section, path: section.dataset.path.toLowerCase(), layer: section.dataset.layer, findings: [].slice.call(section.querySelectorAll("article")).map(function (article) {
      return { article: article, text: undefined };
    }) };
  });
  var wanted = ["severity", "rule", "clause", "layer", "text"];
  function value(name) { return form.elements[name].value; }
  function apply() {
    var words = value("text").toLowerCase().split(/\\s+/).filter(Boolean);
    var shown = 0;
    files.forEach(function (file) {
      var any = false;
      var fits = !value("layer") || file.layer === value("layer");
      file.findings.forEach(function (finding) {
        var data = finding.article.dataset;
        var ok = fits && (!value("severity") || data.severity === value("severity")) && (!value("rule") || data.rule === value("rule")) && (!value("clause") || (" " + data.clauses + " ").indexOf(" " + value("clause") + " ") !== -1);
        if (ok && words.length) {
          if (finding.text === undefined) finding.text = file.path + " " + finding.article.textContent.toLowerCase();
          ok = words.every(function (word) { return finding.text.indexOf(word) !== -1; });
        }
        finding.article.hidden = !ok;
        if (ok) { any = true; shown++; }
      });
      file.section.hidden = !any;
    });
    count.textContent = shown + (shown === 1 ? " finding shown" : " findings shown");
    var state = wanted.filter(value).map(function (name) { return name + "=" + encodeURIComponent(value(name)); }).join("&");
    if (location.hash.indexOf("=") !== -1 || state) history.replaceState(null, "", "#" + state);
  }
  function set(values) {
    wanted.forEach(function (name) { form.elements[name].value = values[name] || ""; });
    apply();
  }
  function fromHash() {
    if (location.hash.indexOf("=") === -1) return;
    var values = {};
    location.hash.slice(1).split("&").forEach(function (part) {
      var at = part.indexOf("=");
      try { values[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (error) { return; }
    });
    set(values);
  }
  var timer;
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(apply, 80); });
  form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
  form.addEventListener("reset", function () { setTimeout(apply); });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-filter]");
    if (!button) return;
    var values = {};
    button.dataset.filter.split("&").forEach(function (part) { values[part.split("=")[0]] = part.split("=")[1]; });
    set(values);
    document.getElementById("findings").scrollIntoView();
    form.elements.text.focus({ preventScroll: true });
  });
  addEventListener("hashchange", fromHash);
  form.hidden = false;
  [].forEach.call(document.querySelectorAll("[data-filter]"), function (button) { button.disabled = false; });
  // A filter in the address comes first: what is shown is written there.
  if (location.hash.indexOf("=") === -1) apply();
  else fromHash();
})();`;
