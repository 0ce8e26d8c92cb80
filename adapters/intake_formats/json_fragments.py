r"""Where texts, objects and lists end in JSON that is broken, or was written into a text of other JSON (`{\"a\": \"b\"}`).

Nothing is parsed and nothing recurses: quotes and brackets are looked at as they come, so that what is found in a body that no
parser takes is the same as in a good one. `level` says how many texts a piece was written into, 0 for plain JSON.
"""

import re

SPACE = rb"(?:[ \t\r\n+]|\\+[nrt])*"
"""Also where it is part of a text, and as a form writes it."""
_AFTER_TEXT = re.compile(SPACE + rb"(?:[,}\]]|\Z)")
_MARK = re.compile(rb'["{}\[\]]')
_BACKSLASH = 0x5C


def depth_of(text: bytes, quote: int) -> int:
    """Count the backslashes in front of a quote."""
    start = quote
    while start and text[start - 1] == _BACKSLASH:
        start -= 1
    return quote - start


def level_of(depth: int) -> int:
    """Give the level of a text that begins or ends with a quote behind so many backslashes: 0, 1, 3, 7 are 0, 1, 2, 3."""
    return (depth + 1).bit_length() - 1


def is_inside(depth: int, level: int) -> bool:
    """Tell whether a quote behind so many backslashes is part of a text, and no end of it.

    A text ends with 2**level - 1 backslashes and a quote; a quote of its own has 2**(level+1) - 1, and each backslash of its
    own in front adds 2**(level+1).
    """
    return (depth + 1) % (2 << level) == 0


def text_end(text: bytes, start: int, level: int) -> int:
    """Find where a text ends that begins at `start`, in front of the backslashes of its closing quote; else the end of all.

    Behind that quote the next entry or the end follows: any other quote is one that the sender forgot to escape.
    """
    quote = text.find(b'"', start)
    while quote >= 0:
        depth = depth_of(text, quote)
        is_outer = depth < (1 << level) - 1
        if is_outer or (not is_inside(depth, level) and _AFTER_TEXT.match(text, quote + 1)):
            # Backslashes of the text itself end with it; those that belong to the quote stay.
            return max(start, quote - depth % (2 << level))
        quote = text.find(b'"', quote + 1)
    return len(text)


def nested_end(text: bytes, start: int, key_depth: int) -> int:
    """Find the end of the object or list at `start`, whose key's quotes have so many backslashes; else the end of all."""
    level = level_of(key_depth)
    open_brackets, in_text = 0, False
    for mark in _MARK.finditer(text, start):
        if mark[0] == b'"':
            depth = depth_of(text, mark.start())
            if depth < key_depth:
                return mark.start() - depth
            in_text = not in_text or is_inside(depth, level)
        elif not in_text:
            open_brackets += 1 if mark[0] in b"{[" else -1
            if open_brackets == 0:
                return mark.end()
    return len(text)
