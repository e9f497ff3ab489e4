/* Sorting and filtering of lists, and copying of paths. Every page is complete without it. */
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

  document.querySelectorAll("table[data-sortable]").forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (header, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "kam-sort";
      button.textContent = header.textContent;
      button.title = "按“" + header.textContent + "”排序";
      button.addEventListener("click", function () {
        sort(table, column, header);
      });
      // On paper the heading is repeated on every page, which browsers do not do for a button.
      var printed = document.createElement("span");
      printed.className = "kam-printed";
      printed.textContent = header.textContent;
      header.textContent = "";
      header.append(printed, button);
    });
  });

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  var filter = document.querySelector("[data-kam-filter]");
  if (filter) {
    var count = document.querySelector("[data-kam-count]");
    var rows = Array.prototype.slice.call(document.querySelectorAll(".kam-section .kam-table tbody tr"));
    var texts = rows.map(function (row) {
      return plain(row.textContent);
    });
    filter.parentNode.hidden = false;
    filter.addEventListener("input", function () {
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
    });
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

  document.querySelectorAll(".kam-copy").forEach(function (button) {
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
  });
})();
