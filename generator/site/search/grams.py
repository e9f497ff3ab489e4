"""By what a text is found: its pairs of characters, and runs of four where it is Latin or numbers.

kam-search-text.js takes what is typed apart in the same way; what is said here holds there too.
"""

import re
import sys
import unicodedata

SHARDS = 4096
CODES = 256
"""A gram's key is the number of its shard, then its code of 8 bits within. Two grams may share a key: what is
found by them is looked at in the text, so this costs time and no exactness."""

NO_KEY = -1
"""Of a pair with a space: what is typed is parted at spaces, so nobody asks for it."""

_WIDE = str.maketrans("，：；（）！？％", ",:;()!?%")
_RUNS = re.compile("(?=([0-9a-z][!-~]{2}[0-9a-z]))")
"""Digits are so few that pairs of them stand on every page; runs of four tell pages apart."""
_PUNCTUATION = re.compile("[!-/:-@\\[-`{-~\u2010-\u2027\u3001-\u303f]")
_UTF_16 = f"utf-16-{sys.byteorder[0]}e"
_MASK = 0xFFFFFFFF
_KNOWN_AT_MOST = 1 << 18


def fold(text: str) -> str:
    """A text as it is compared: full-width or not, capital or small, it is the same."""
    for wide, narrow in _WIDE.items():
        # What is wide in every sentence, first: then most texts are normal already, which is seen at once.
        text = text.replace(chr(wide), chr(narrow))
    return unicodedata.normalize("NFKC", text).lower()


class _Keys(dict[int | str, int]):
    """Keys by gram, reckoned once; a pair is the number that its four bytes are in memory."""

    def __missing__(self, gram: int | str) -> int:
        if len(self) >= _KNOWN_AT_MOST:
            self.clear()
        self[gram] = key = _key(gram)
        return key


def _key(gram: int | str) -> int:
    """FNV-1a of the units of UTF-16, stirred; all punctuation counts as one, which leaves fewer keys."""
    if isinstance(gram, int):
        gram = gram.to_bytes(4, sys.byteorder).decode(_UTF_16, "surrogatepass")
    if " " in gram or "\n" in gram:
        return NO_KEY
    data = _PUNCTUATION.sub(",", gram).encode(_UTF_16, "surrogatepass")
    mixed = 0x811C9DC5
    for unit in memoryview(data).cast("H"):
        mixed = (mixed ^ unit) * 0x01000193 & _MASK
    mixed ^= mixed >> 15
    mixed = mixed * 0x2C1B3C6D & _MASK
    mixed ^= mixed >> 12
    return mixed % (SHARDS * CODES)


_KEYS = _Keys()


def keys(folded: str) -> set[int]:
    """The keys of all grams of a folded text; NO_KEY may be among them."""
    grams: set[int | str] = set()
    data = memoryview(folded.encode(_UTF_16, "surrogatepass"))
    # Two units of UTF-16 side by side are four bytes, so all pairs are read as numbers in two sweeps.
    for start in (0, 2):
        grams.update(data[start : start + (len(data) - start) // 4 * 4].cast("I"))
    grams.update(_RUNS.findall(folded))
    return set(map(_KEYS.__getitem__, grams))
