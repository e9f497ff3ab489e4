/* A list that is cut into pages, put together on one: kam-tables.js loads this when somebody filters, sorts or asks
   for the whole list. */
(function () {
  "use strict";

  var AT_A_TIME = 6;

  // The page at an address, its links written out: they are relative to where it lies.
  function fetched(address) {
    return fetch(address).then(function (answer) {
      if (!answer.ok) throw new Error(address);
      return answer.text().then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        page.querySelectorAll(".kam-section a[href]").forEach(function (link) {
          link.setAttribute("href", new URL(link.getAttribute("href"), address).href);
        });
        return page;
      });
    });
  }

  function all(addresses, told) {
    var pages = [];
    var next = 0;
    var done = 0;
    var failed = false;
    function one() {
      var place = next++;
      if (failed || place >= addresses.length) return Promise.resolve();
      return fetched(addresses[place]).then(
        function (page) {
          pages[place] = page;
          done++;
          if (!failed) told(done);
          return one();
        },
        function (error) {
          failed = true;
          throw error;
        }
      );
    }
    var running = [];
    for (var i = 0; i < AT_A_TIME; i++) running.push(one());
    return Promise.all(running).then(() => pages);
  }

  function heading(section) {
    return section.querySelector("h2").id;
  }

  // What of a section went on from the page before: its rows belong to the table of the same caption there.
  function join(section, more) {
    var into = section.querySelector(".kam-tables");
    Array.from(more.querySelectorAll(".kam-tables > div")).forEach(function (box) {
      var caption = box.querySelector("caption");
      var same = Array.from(section.querySelectorAll("caption")).find(
        (other) => caption && other.textContent === caption.textContent
      );
      if (same) {
        same.parentNode.tBodies[0].append(...box.querySelectorAll("tbody tr"));
      } else if (into) {
        into.append(document.importNode(box, true));
      }
    });
  }

  // Puts the whole list in place of what is shown of it.
  function put(pages) {
    var sections = new Map();
    pages.forEach(function (page) {
      page.querySelectorAll("article .kam-section").forEach(function (section) {
        var id = heading(section);
        if (id === "elsewhere") return;
        if (sections.has(id)) join(sections.get(id), section);
        else sections.set(id, document.importNode(section, true));
      });
    });
    var shown = document.querySelectorAll("article .kam-section");
    shown[0].before(...sections.values());
    shown.forEach((section) => section.remove());
    document.querySelectorAll("[data-kam-pages], [data-kam-cut], .kam-all, .kam-jump").forEach((part) => part.remove());
    document.querySelector("h1").textContent = pages[0].querySelector("h1").textContent;
  }

  window.kamWhole = function (told) {
    var links = document.querySelector("[data-kam-pages]").querySelectorAll("a");
    var addresses = Array.from(links, (link) => link.href);
    return all(addresses, (done) => told(done, addresses.length)).then(put);
  };
})();
