/* The names among which the search in the header finds. kam-search.js loads it when the search is used; the list is
   described in generator/site/search/name_list.py. */
(function () {
  "use strict";

  var kinds = { c: ["客户", "clients/"], p: ["人员", "people/"], u: ["部门", "units/"] };

  // What is typed in full-width or capital letters is the same, here and in the texts.
  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function read(told) {
    var readings = new Map();
    Object.keys(told.letters).forEach(function (syllable) {
      Array.from(told.letters[syllable]).forEach(function (character) {
        readings.set(character, syllable);
      });
    });
    var all = [];
    Object.keys(told.kinds).forEach(function (what, order) {
      for (var i = 0; i < told.kinds[what]; i++) {
        var at = all.length;
        var id = told.ids[at];
        var name = told.names[at];
        all.push({
          url: kinds[what][1] + id + "/",
          id: id,
          name: name,
          note: kinds[what][0] + "　" + told.notes[told.noted[at]],
          order: order,
          own: told.read[at],
          texts: [plain(name), id],
        });
      }
    });
    return { all: all, readings: readings };
  }

  // The pinyin of a name, and its initials; `own` is how its Chinese characters are read where that is unusual.
  function letters(name, readings, own) {
    var whole = "";
    var initials = "";
    var count = 0;
    Array.from(name).forEach(function (character) {
      var syllable = readings.get(character);
      if (syllable && own) syllable = own[count];
      if (syllable) count++;
      whole += syllable || plain(character);
      initials += syllable ? syllable[0] : plain(character);
    });
    return count ? [whole, initials] : [];
  }

  // The whole of a text, its beginning, a part of it; then clients, people, units; then by name, id, pinyin.
  function rank(entry, word) {
    var best = -1;
    entry.texts.forEach(function (text, place) {
      var at = text.indexOf(word);
      if (at < 0) return;
      var score = 16 * (at > 0 ? 2 : text === word ? 0 : 1) + 4 * entry.order + place;
      if (best < 0 || score < best) best = score;
    });
    return best;
  }

  /* From the list as it was fetched, a function that finds the entries with all words in them, the best first. */
  window.kamNames = function (told) {
    var entries = read(told);

    function addLetters() {
      entries.all.forEach(function (entry) {
        entry.texts = entry.texts.concat(letters(entry.name, entries.readings, entry.own));
      });
      entries.readings = null;
    }

    return function (words, most) {
      // Not before: it takes a moment, and who types Chinese does without.
      if (entries.readings && /[a-z]/.test(words.join(""))) addLetters();
      var found = [];
      entries.all.forEach(function (entry, place) {
        var worst = 0;
        for (var i = 0; i < words.length; i++) {
          var score = rank(entry, words[i]);
          if (score < 0) return;
          worst = Math.max(worst, score);
        }
        found.push({ entry: entry, score: worst, place: place });
      });
      found.sort((a, b) => a.score - b.score || a.place - b.place);
      return found.slice(0, most).map((one) => one.entry);
    };
  };
})();
