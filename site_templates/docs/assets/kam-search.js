/* The search in the header: any part of a name, an id or the pinyin; below them, pages with the words in their text.
   The list of names, kam-search-names.js and kam-search-text.js are fetched on first use. */
(function () {
  "use strict";

  var box = document.querySelector("[data-kam-search]");
  if (!box) return;
  var input = box.querySelector("input");
  var panel = box.querySelector(".kam-search__panel");
  var groups = { names: panel.querySelectorAll("ul")[0], texts: panel.querySelectorAll("ul")[1] };
  var status = box.querySelector("[role=status]");
  var root = box.dataset.kamRoot.replace(/\/?$/, "/");
  var folder = box.dataset.kamSearch.replace(/[^/]*$/, "");
  var scripts = document.currentScript.src.replace(/[^/]*$/, "");
  var most = 10;
  var pause = 80;
  var typedAt = 0;
  var loading = false;
  var names = null;
  var texts = null;
  var search = null;
  var timer = 0;
  var chosen = null;
  var enter = false;
  var broken = false;
  box.hidden = false;

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  // Resolves when a script of ours has run, which then stands in the window under a name.
  function script(file) {
    return new Promise(function (done, failed) {
      var element = document.createElement("script");
      element.src = scripts + file;
      element.onload = done;
      element.onerror = failed;
      document.head.append(element);
    });
  }

  function load() {
    if (loading) return;
    loading = true;
    var told = fetch(box.dataset.kamSearch, { cache: "no-cache" }).then((answer) => answer.json());
    Promise.all([told, script("kam-search-names.js")])
      .then(function (both) {
        names = window.kamNames(both[0]);
      })
      .catch(function () {
        broken = true;
        names = function () {
          return [];
        };
      })
      .then(show);
    script("kam-search-text.js")
      .then(function () {
        texts = window.kamTexts(folder);
      })
      .catch(function () {
        broken = true;
      })
      .then(show);
  }

  // What is shown: options are known by `key`, because those of texts come one after the other.

  function options() {
    return Array.from(panel.querySelectorAll("[role=option]"));
  }

  function option(key, parts) {
    var line = document.createElement("li");
    line.setAttribute("role", "option");
    line.dataset.key = key;
    Object.keys(parts).forEach(function (name) {
      var element = document.createElement(name);
      // Texts alone, or such with a word to mark; never markup.
      [].concat(parts[name]).forEach(function (part) {
        if (typeof part === "string") return element.append(part);
        var mark = document.createElement("mark");
        mark.textContent = part.mark;
        element.append(mark);
      });
      line.append(element);
    });
    line.addEventListener("mousedown", function (event) {
      event.preventDefault();
      go(line);
    });
    return line;
  }

  function fill(group, items) {
    group.textContent = "";
    group.append.apply(group, items);
    group.hidden = !items.length;
    choose(chosen);
    if (enter && items.length) go(options()[0]);
  }

  function choose(key) {
    chosen = null;
    input.removeAttribute("aria-activedescendant");
    options().forEach(function (line, at) {
      line.id = "kam-found-" + at;
      line.setAttribute("aria-selected", String(line.dataset.key === key));
      if (line.dataset.key !== key) return;
      chosen = key;
      input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    });
    input.setAttribute("aria-expanded", String(!panel.hidden && options().length > 0));
  }

  function go(line) {
    enter = false;
    var key = line.dataset.key;
    if (key !== "more") location.href = root + key.slice(5);
    else if (search) more(search, most);
  }

  function tell(text) {
    status.textContent = text;
    status.hidden = !text;
  }

  function close() {
    if (search) search.stop();
    search = null;
    panel.hidden = true;
    enter = false;
    choose(null);
  }

  function show(event) {
    clearTimeout(timer);
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    if (!words.length || document.activeElement !== input) return close();
    // Asked without the names yet, it already fetches what it needs for any search.
    if (!names) return void (texts && texts(input.value, []));
    if (search) search.stop();
    panel.hidden = false;
    tell("");
    fill(groups.texts, []);
    var named = names(words, most);
    fill(
      groups.names,
      named.map((one) => option("name " + one.url, { b: one.name, span: one.note, code: one.id }))
    );
    // Letters typed on the way to a Chinese word are of use for the names alone.
    search = texts && !(event && event.isComposing) ? texts(input.value, named) : null;
    if (search) timer = setTimeout(more, typedAt + pause - Date.now(), search, most);
    if (search || !(texts || broken)) tell("正在查找正文……");
    else tellEnd();
  }

  function tellEnd() {
    if (broken) tell("有的文件没有取到，没有查全；请刷新页面后再试。");
    else tell(options().length ? "" : "没有找到。");
  }

  function more(mine, count) {
    mine.wanted = (mine.wanted || 0) + count;
    tell("正在查找正文……");
    mine
      .next(mine.wanted, function (found, left) {
        if (mine === search) showTexts(found, left);
      })
      .catch(function () {
        broken = true;
      })
      .then(function () {
        if (mine === search) tellEnd();
      });
  }

  function showTexts(found, left) {
    var items = found.map(function (one) {
      var says = [one.note + "　"].concat(one.snippet);
      return option("text " + one.url, { b: one.title, span: says, code: one.day });
    });
    if (left) items.push(option("more", { span: "继续查找正文" }));
    fill(groups.texts, items);
  }

  box.addEventListener("pointerenter", load);
  input.addEventListener("focus", load);
  input.addEventListener("input", function (event) {
    enter = false;
    chosen = null;
    typedAt = Date.now();
    load();
    show(event);
  });
  input.addEventListener("compositionend", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", function (event) {
    var all = panel.hidden ? [] : options();
    var at = all.findIndex((line) => line.dataset.key === chosen);
    if (event.isComposing) return;
    if (event.key === "Escape") {
      close();
    } else if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      choose(all[(at + 1) % all.length].dataset.key);
    } else if (event.key === "ArrowUp" && all.length) {
      event.preventDefault();
      choose(all[(at > 0 ? at : all.length) - 1].dataset.key);
    } else if (event.key === "Enter" && input.value.trim()) {
      event.preventDefault();
      if (all.length) go(all[Math.max(at, 0)]);
      else enter = true;
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
