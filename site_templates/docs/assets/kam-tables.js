/* Sorting and filtering of lists, and copying of paths. Every page is complete without it. What is sorted or
   filtered is the whole list: where it is cut into pages, the others are fetched first. */
(function () {
  "use strict";

  var collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

  function key(cell) {
    return cell.dataset.sort !== undefined ? cell.dataset.sort : cell.textContent.trim();
  }

  function compare(a, b) {
    var numbers = a !== "" && b !== "" && !isNaN(a) && !isNaN(b);
    return numbers ? a - b : collator.compare(a, b);
  }

  function sort(table, column, header) {
    var up = header.getAttribute("aria-sort") !== "ascending";
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows).map(function (row, place) {
      return { row: row, key: key(row.cells[column]), place: place };
    });
    rows.sort(function (a, b) {
      var order = compare(a.key, b.key);
      return (up ? order : -order) || a.place - b.place;
    });
    table.querySelectorAll("th[aria-sort]").forEach(function (other) {
      other.removeAttribute("aria-sort");
    });
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.forEach(function (one) {
      body.appendChild(one.row);
    });
  }

  var scripts = document.currentScript.src.replace(/[^/]*$/, "");
  var cut = document.querySelector("[data-kam-cut]");
  var whole = null;

  // Resolves when the whole list is on this page; of a list that is cut, the other pages are fetched first.
  function complete() {
    if (!cut) return Promise.resolve();
    if (!whole) {
      var text = cut.textContent;
      cut.setAttribute("role", "status");
      whole = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = scripts + "kam-whole.js";
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      })
        .then(function () {
          return window.kamWhole(function (done, of) {
            cut.textContent = "正在载入其余各页（" + done + "/" + of + "）……";
          });
        })
        .then(
          function () {
            cut = null;
            prepare();
          },
          function () {
            cut.textContent = text + "其余各页没有载入，请检查网络后再试。";
            whole = null;
            throw new Error("the other pages could not be loaded");
          }
        );
    }
    return whole;
  }

  function sortable(table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (header, column) {
      var button = document.createElement("button");
      var label = header.textContent;
      button.type = "button";
      button.className = "kam-sort";
      button.textContent = label;
      button.title = "按“" + label + "”排序";
      button.addEventListener("click", function () {
        var place = Array.prototype.indexOf.call(document.querySelectorAll("table[data-sortable]"), table);
        if (!cut) sort(table, column, header);
        else complete().then(() => sortAgain(table, place, column), function () {});
      });
      // On paper the heading is repeated on every page, which browsers do not do for a button.
      var printed = document.createElement("span");
      printed.className = "kam-printed";
      printed.textContent = label;
      header.textContent = "";
      header.append(printed, button);
    });
  }

  // The table that was clicked has been replaced by the whole one: of the same caption, or in the same place.
  function sortAgain(old, place, column) {
    var tables = Array.prototype.slice.call(document.querySelectorAll("table[data-sortable]"));
    var caption = old.caption ? old.caption.textContent : "";
    var table = tables.find((one) => one.caption && one.caption.textContent === caption) || tables[place];
    if (!table) return;
    var header = table.tHead.rows[0].cells[column];
    sort(table, column, header);
    header.querySelector("button").focus();
  }

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  var filter = document.querySelector("[data-kam-filter]");
  var count = document.querySelector("[data-kam-count]");
  var rows = [];
  var texts = [];

  function narrow() {
    var words = plain(filter.value).split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, place) {
      row.hidden = !words.every(function (word) {
        return texts[place].indexOf(word) >= 0;
      });
      shown += row.hidden ? 0 : 1;
    });
    document.querySelectorAll(".kam-section").forEach(function (section) {
      var own = section.querySelectorAll("tbody tr");
      section.hidden = words.length > 0 && (!own.length || !section.querySelector("tbody tr:not([hidden])"));
    });
    count.textContent = words.length ? "显示 " + shown + " 行，共 " + rows.length + " 行" : "";
  }

  // What is done with the rows that are on the page: at first, and again when the whole list is.
  function prepare() {
    document.querySelectorAll("table[data-sortable]").forEach(sortable);
    document.querySelectorAll(".kam-copy").forEach(copying);
    if (!filter) return;
    rows = Array.prototype.slice.call(document.querySelectorAll(".kam-section .kam-table tbody tr"));
    texts = rows.map(function (row) {
      return plain(row.textContent);
    });
  }

  if (filter) {
    filter.parentNode.hidden = false;
    filter.addEventListener("input", function () {
      narrow();
      if (cut && filter.value.trim()) complete().then(narrow, function () {});
    });
  }

  if (cut) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "kam-all";
    button.textContent = "显示全部";
    button.addEventListener("click", function () {
      complete().catch(function () {});
    });
    cut.after(button);
  }

  addEventListener("beforeprint", function () {
    document.querySelectorAll("details.kam-fold").forEach(function (fold) {
      fold.open = true;
    });
  });

  function fallback(text) {
    var area = document.createElement("textarea");
    area.value = text;
    document.body.appendChild(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  var told = document.createElement("div");
  told.className = "kam-hidden";
  told.setAttribute("role", "status");
  document.body.append(told);

  function copying(button) {
    if (!button.hidden) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var text = button.dataset.copy;
      var done = function () {
        button.classList.add("kam-copy--done");
        button.setAttribute("title", "已复制");
        told.textContent = "已复制 " + text;
        setTimeout(function () {
          button.classList.remove("kam-copy--done");
          button.setAttribute("title", "复制路径");
        }, 1500);
      };
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(text).then(done, function () {
          fallback(text);
          done();
        });
      } else {
        fallback(text);
        done();
      }
    });
  }

  prepare();
})();
