"""Bytes into text: by a mark, as UTF-8, UTF-16, Windows-1256 or ISO 8859-6, else by what charset-normalizer finds.

>>> decode("خبر".encode("cp1256")).text
'خبر'
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from analysis.formats.limits import SAMPLE


class Decoded(NamedTuple):
    """A file's text, None where it is no text; `fault` says what is wrong with it."""

    text: str | None
    fault: str | None = None


BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdfb\ufe70-\ufefc]"
)
# What Arabic text has beside ASCII: its letters, marks and digits, and spaces, quote marks, dashes, dots, signs.
_EXPECTED = re.compile(
    "[\xa0-\xbf\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u200b-\u2026\u2030\u2039\u203a\u20ac\u2122\ufb50-\ufdff\ufe70-\ufefc]"
)


def has_arabic(text: str) -> bool:
    """Whether any letter of `text` is Arabic."""
    return _ARABIC.search(text) is not None


def decode(data: bytes) -> Decoded:
    """The text of `data`: by its mark, as UTF-8, UTF-16, Windows-1256 or ISO 8859-6, else by what charset-normalizer finds.

    The mark is left out, nothing else is changed. Data that is UTF-8 but for a few bytes gives a text with U+FFFD in their place
    and a fault that counts them.

    >>> decode("\\ufeffخبر".encode("utf-16-le")), decode(b"%PDF-1.4 ...").text
    (Decoded(text='خبر', fault=None), None)
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    for sign, kind in KINDS:
        if data.startswith(sign):
            return Decoded(None, f"it is {kind}, not text; save its text as UTF-8")
    if CONTROLS.search(data, 0, SAMPLE):
        wide = _wide_encoding(data)
        if wide is not None:
            return _forgiving(data, wide)
        if len(CONTROLS.findall(data, 0, SAMPLE)) * 100 > min(len(data), SAMPLE):
            return Decoded(None, "it is binary data, not text; save its text as UTF-8")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_other(data)


def _forgiving(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        return Decoded(text, _not_in(encoding.upper(), text.count("\ufffd"), error.start))


def _not_in(encoding: str, count: int, first: int) -> str:
    return f"{count} places are not {encoding} (the first at byte {first}) and were read as U+FFFD; save the text as UTF-8 again"


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark: the encoding under which nearly every character is Arabic or ASCII."""
    sample = data[: SAMPLE - SAMPLE % 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        plain = sum(" " <= c <= "~" or c in "\t\r\n" for c in text) + len(_EXPECTED.findall(text))
        if plain >= 0.95 * len(text) and has_arabic(text):
            return encoding
    return None


def _decode_other(data: bytes) -> Decoded:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        lost = text.count("\ufffd")
        if len(_ARABIC.findall(text)) >= 5 * lost:
            return Decoded(text, _not_in("UTF-8", lost, error.start))
    for encoding in ("cp1256", "iso8859-6"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        high = sum(c > "\x7f" for c in text[:SAMPLE])
        letters = len(_ARABIC.findall(text, 0, SAMPLE))
        # What is not ASCII is Arabic nearly throughout: French in Windows-1252 or Arabic in ISO 8859-6, read so, are not.
        if letters >= 0.6 * high and len(_EXPECTED.findall(text, 0, SAMPLE)) >= 0.95 * high:
            return Decoded(text)
    return _guessed(data)


def _guessed(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is not None:
        decoded = _forgiving(data, best.encoding)
        sample = (decoded.text or "")[:SAMPLE]
        if sum(c.isprintable() or c.isspace() for c in sample) >= 0.98 * len(sample):
            return decoded
    return Decoded(None, "its encoding cannot be told; save the text as UTF-8")
