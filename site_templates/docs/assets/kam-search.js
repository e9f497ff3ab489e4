/* The search in the header: any part of a name, an id or the pinyin; the list is fetched on first use. */
(function () {
  "use strict";

  var box = document.querySelector("[data-kam-search]");
  if (!box) return;
  var input = box.querySelector("input");
  var list = box.querySelector("ul");
  var none = box.querySelector(".kam-search__none");
  var root = box.dataset.kamRoot.replace(/\/?$/, "/");
  var folders = { c: "clients/", p: "people/", u: "units/" };
  var kinds = { c: "客户", p: "人员", u: "部门" };
  var most = 12;
  var entries = null;
  var loading = null;
  var chosen = -1;
  box.hidden = false;

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function load() {
    if (!loading) {
      loading = fetch(box.dataset.kamSearch)
        .then(function (answer) {
          return answer.json();
        })
        .then(function (data) {
          entries = data.map(function (one) {
            return { what: one[0], id: one[1], name: one[2], note: one[4], texts: [plain(one[2]), plain(one[1]), one[3]] };
          });
        });
    }
    return loading;
  }

  function rank(entry, word) {
    var best = -1;
    entry.texts.forEach(function (text, place) {
      var at = text.indexOf(word);
      if (at < 0) return;
      var score = (at === 0 ? 0 : 1) + 2 * place;
      if (best < 0 || score < best) best = score;
    });
    return best;
  }

  function find(text) {
    var words = plain(text).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    var found = [];
    entries.forEach(function (entry, place) {
      var total = 0;
      for (var i = 0; i < words.length; i++) {
        var score = rank(entry, words[i]);
        if (score < 0) return;
        total += score;
      }
      found.push({ entry: entry, score: total, place: place });
    });
    found.sort(function (a, b) {
      return a.score - b.score || a.place - b.place;
    });
    return found.slice(0, most).map(function (one) {
      return one.entry;
    });
  }

  function choose(place) {
    chosen = place;
    Array.prototype.forEach.call(list.children, function (item, at) {
      item.setAttribute("aria-selected", at === place ? "true" : "false");
    });
    if (place >= 0) {
      input.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function item(entry, place) {
    var line = document.createElement("li");
    line.id = "kam-found-" + place;
    line.setAttribute("role", "option");
    line.dataset.url = root + folders[entry.what] + entry.id + "/";
    [["b", entry.name], ["span", kinds[entry.what] + "　" + entry.note], ["code", entry.id]].forEach(function (part) {
      var element = document.createElement(part[0]);
      element.textContent = part[1];
      line.appendChild(element);
    });
    line.addEventListener("mousedown", function (event) {
      event.preventDefault();
      location.href = line.dataset.url;
    });
    return line;
  }

  function show() {
    var found = entries && find(input.value);
    list.textContent = "";
    (found || []).forEach(function (entry, place) {
      list.appendChild(item(entry, place));
    });
    list.hidden = !found || !found.length;
    none.hidden = !found || found.length > 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  function close() {
    list.hidden = true;
    none.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", function () {
    load().then(show);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", function (event) {
    var count = list.children.length;
    if (event.key === "Escape") {
      close();
    } else if (event.key === "ArrowDown" && count) {
      event.preventDefault();
      choose((chosen + 1) % count);
    } else if (event.key === "ArrowUp" && count) {
      event.preventDefault();
      choose((chosen + count - 1 + (chosen < 0 ? 1 : 0)) % count);
    } else if (event.key === "Enter" && !event.isComposing && !list.hidden && count) {
      event.preventDefault();
      location.href = list.children[Math.max(chosen, 0)].dataset.url;
    }
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
})();
