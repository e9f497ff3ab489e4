/* Search in the texts of the pages; kam-search.js loads it. The index is described in generator/site/search. */
(function () {
  "use strict";

  var SHARDS = 4096;
  var CODES = 256;
  var SECTION = 256;
  // How many grams are looked up, how many files of texts are read at a time, and in one step without any find.
  var GRAMS = 8;
  var AT_A_TIME = 6;
  var IN_A_STEP = 48;
  var KEPT = 300;
  // Of a snippet, how many characters are shown before the word and from it on.
  var BEFORE = 12;
  var AFTER = 48;
  var PUNCTUATION = /[!-/:-@[-`{-~\u2010-\u2027\u3001-\u303f]/g;
  var RUN = /^[0-9a-z][!-~]{2}[0-9a-z]$/;

  function fold(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  // As in grams.py.
  function key(gram) {
    var flat = gram.replace(PUNCTUATION, ",");
    var mixed = 0x811c9dc5;
    for (var i = 0; i < flat.length; i++) mixed = Math.imul(mixed ^ flat.charCodeAt(i), 0x01000193);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x2c1b3c6d);
    mixed ^= mixed >>> 12;
    return (mixed >>> 0) % (SHARDS * CODES);
  }

  // A word's runs of four, and the pairs that are in none of them; of many, some from all over the word.
  function grams(word) {
    var found = [];
    var covered = 0;
    for (var i = 0; i + 2 <= word.length; i++) {
      if (RUN.test(word.substr(i, 4))) {
        found.push(word.substr(i, 4));
        covered = i + 3;
      } else if (i >= covered) {
        found.push(word.substr(i, 2));
      }
    }
    return found;
  }

  function keys(list) {
    var all = [];
    list.forEach(function (word) {
      all = all.concat(grams(word));
    });
    var step = Math.max(1, all.length / GRAMS);
    var some = new Set();
    for (var i = 0; i < all.length; i += step) some.add(key(all[Math.floor(i)]));
    return Array.from(some);
  }

  // In 32 bits, each: the version, then where each shard of the file begins.
  function shard(data, number, directory) {
    var view = new DataView(data);
    if (view.getUint32(0, true) !== directory.version) throw new Error("renewed");
    var many = SHARDS / directory.files;
    var at = 4 * (many + 1) + view.getUint32(4 + 4 * (number % many), true);
    return new Uint8Array(data, at);
  }

  // For each unit, the eighths of its texts in which a key stands.
  function places(bytes, code, directory) {
    var found = new Uint8Array(directory.units.length);
    var at = 0;
    var first = 0;
    directory.sections.forEach(function (units) {
      var length = 0;
      for (var shift = 0; ; shift += 7) {
        length |= (bytes[at] & 0x7f) << shift;
        if (bytes[at++] < 0x80) break;
      }
      var end = at + length;
      while (at < end) {
        var count = bytes[at + 1] + 1;
        if (bytes[at] === code) {
          for (var i = at + 2; i < at + 2 + 2 * count; i += 2) found[first + bytes[i]] = bytes[i + 1];
        }
        at += 2 + 2 * count;
      }
      first += units;
    });
    return found;
  }

  // Of each unit, six bytes are the name of its file, and two times two its newest and oldest day.
  function readDirectory(told) {
    var names = atob(told.units);
    var days = atob(told.days);
    function day(at) {
      return days.charCodeAt(at) + 256 * days.charCodeAt(at + 1);
    }
    told.units = [];
    for (var at = 0; at < names.length / 6; at++) {
      var file = "";
      for (var i = 6 * at; i < 6 * at + 6; i++) file += ("0" + names.charCodeAt(i).toString(16)).slice(-2);
      told.units.push({ file: "texts/" + file + ".json", newest: day(4 * at), oldest: day(4 * at + 2) });
    }
    return told;
  }

  // Texts lie by day, the latest first: so the first eighth with a hit says about how recent it is.
  function candidates(masks, directory) {
    var found = [];
    directory.units.forEach(function (unit, at) {
      var mask = 0xff;
      for (var i = 0; i < masks.length && mask; i++) mask &= masks[i][at];
      if (!mask) return;
      var eighth = 31 - Math.clz32(mask & -mask);
      found.push({ file: unit.file, day: unit.newest - ((unit.newest - unit.oldest) * eighth) / 8, at: at });
    });
    return found.sort((a, b) => b.day - a.day || a.at - b.at);
  }

  // Where in a text the words stand: begins and ends. A character may become several when it is folded.
  function hits(text, list) {
    var places = [];
    var folded = "";
    var at = 0;
    Array.from(text).forEach(function (character) {
      var own = fold(character);
      for (var i = 0; i < own.length; i++) places.push([at, at + character.length]);
      folded += own;
      at += character.length;
    });
    var found = [];
    list.forEach(function (word) {
      for (var i = folded.indexOf(word); i >= 0; i = folded.indexOf(word, i + word.length)) {
        found.push([places[i][0], places[i + word.length - 1][1]]);
      }
    });
    return found.sort((a, b) => a[0] - b[0]);
  }

  // A text in parts: as it is, or {mark: …} where a word stands.
  function marked(text, list) {
    var parts = [];
    var done = 0;
    hits(text, list).forEach(function (hit) {
      if (hit[0] < done) return;
      parts.push(text.slice(done, hit[0]), { mark: text.slice(hit[0], hit[1]) });
      done = hit[1];
    });
    return parts.concat(text.slice(done));
  }

  // Of the line with the most words, what can be read at a glance; what the title says already counts little.
  function snippet(title, body, list) {
    var rest = list.filter((word) => fold(title).indexOf(word) < 0);
    var line = "";
    var most = 0;
    body.split("\n").forEach(function (one) {
      var folded = fold(one);
      var count = (rest.length ? rest : list).filter((word) => folded.indexOf(word) >= 0).length;
      if (count > most) line = one;
      most = Math.max(most, count);
    });
    var first = hits(line, rest.length ? rest : list)[0];
    if (!first) return "";
    var before = Array.from(line.slice(0, first[0]));
    var after = Array.from(line.slice(first[0]));
    if (before.length > BEFORE) before = ["…"].concat(before.slice(-BEFORE));
    if (after.length > AFTER) after = after.slice(0, AFTER).concat("…");
    return before.concat(after).join("");
  }

  // Makes of a find what is shown of it.
  function view(list) {
    return function (one) {
      var part = marked(snippet(one.title, one.body, list), list);
      return { url: one.url, title: marked(one.title, list), note: one.note, snippet: part, day: one.day };
    };
  }

  function compare(a, b) {
    return a.day === b.day ? (a.url < b.url ? -1 : 1) : a.day < b.day ? 1 : -1;
  }

  window.kamTexts = function (folder) {
    var kept = new Map();
    var cache = "no-cache";

    // What was fetched stays in memory; of what the browser kept it asks the server whether that still holds.
    function get(name, how) {
      if (!kept.has(name)) {
        if (kept.size >= KEPT) kept.clear();
        var wanted = fetch(folder + name, { cache: cache }).then(function (answer) {
          if (!answer.ok) throw new Error(name + ": " + answer.status);
          return how === "directory" ? answer.json().then(readDirectory) : answer[how]();
        });
        kept.set(name, wanted);
      }
      return kept.get(name);
    }

    function look(list) {
      return get("texts.json", "directory").then(function (units) {
        var shards = keys(list).map(function (one) {
          var number = Math.floor(one / CODES);
          var file = Math.floor((number * units.files) / SHARDS);
          var name = ("00" + file.toString(16)).slice(-3);
          return get("grams/" + name + ".bin", "arrayBuffer").then(function (data) {
            return places(shard(data, number, units), one % CODES, units);
          });
        });
        return Promise.all(shards).then((masks) => candidates(masks, units));
      });
    }

    function read(unit, list) {
      return get(unit.file, "json").then(function (texts) {
        return texts
          .filter((one) => {
            var folded = fold(one[1] + "\n" + one[3]);
            return list.every((word) => folded.indexOf(word) >= 0);
          })
          .map((one) => ({ url: one[0], title: one[1], note: one[2], body: one[3], day: one[4] }));
      });
    }

    /* A search for what is typed, without the pages found by name; null where it is too short. `next(enough, show)`
       reads on until `enough` finds are there. Whenever there are new ones, and at the end, show(finds, left) is
       called with the first of them, and with whether there are, or in what is not read yet may be, others. */
    return function (typed, named) {
      var list = fold(typed).split(/\s+/).filter(Boolean);
      if (!keys(list).length) return null;
      var known = new Set(named.map((one) => one.url));
      var waiting = null;
      var found = [];
      var stopped = false;
      var renewed = false;
      get("texts.json", "directory").catch(function () {});

      function tell(enough, show, left) {
        show(found.slice(0, enough).map(view(list)), left || found.length > enough);
      }

      function step(enough, left, show) {
        if (stopped || !waiting.length || left <= 0 || found.length >= enough) return;
        var some = waiting.splice(0, AT_A_TIME);
        return Promise.all(
          some.map(function (unit) {
            return read(unit, list).then(function (own) {
              var others = own.filter((one) => !known.has(one.url));
              if (!others.length || stopped) return;
              found = found.concat(others).sort(compare);
              tell(enough, show, false);
            });
          })
        ).then(function () {
          return step(enough, left - some.length, show);
        });
      }

      function next(enough, show) {
        return Promise.resolve(waiting || look(list))
          .then(function (units) {
            waiting = units;
            return step(enough, IN_A_STEP, show);
          })
          .then(function () {
            if (!stopped) tell(enough, show, waiting.length > 0);
          })
          .catch(function (error) {
            // The site may have been renewed since the directory was fetched: once more, with nothing that was kept.
            if (renewed || stopped) throw error;
            renewed = true;
            cache = "reload";
            kept.clear();
            waiting = null;
            found = [];
            return next(enough, show);
          });
      }

      function stop() {
        stopped = true;
      }

      return { next: next, stop: stop };
    };
  };
})();
