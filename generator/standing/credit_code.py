"""The unified social credit code (统一社会信用代码), GB 32100-2015: 17 characters and a check character."""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FORM = re.compile(f"[{_ALPHABET}]{{18}}")
_MODULUS = 31


def check_character(code: str) -> str:
    """The check character for the first 17 characters: weights 3^i modulo 31."""
    total = sum(_ALPHABET.index(char) * pow(3, i, _MODULUS) for i, char in enumerate(code[:17]))
    return _ALPHABET[-total % _MODULUS]


def has_form(code: str) -> bool:
    """Whether a text has 18 characters of the standard's alphabet (digits, capitals less I O S V Z)."""
    return _FORM.fullmatch(code) is not None


def is_credit_code(code: str) -> bool:
    """Whether a text is a credit code with the right check character."""
    return has_form(code) and code[17] == check_character(code)
