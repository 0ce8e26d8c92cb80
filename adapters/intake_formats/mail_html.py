"""The text in an HTML mail, for a person to read: no styles, no scripts, no pictures, a line where a browser begins one."""

import re
from html.parser import HTMLParser

from adapters.intake_formats.common import MAX_DESCRIPTION

MAX_HTML = 1_048_576
"""Characters that are looked at. Styles may be long; what comes after so much is cut."""

_FIRST = 32_768
"""Characters of the first piece: most mails are no longer."""
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_HIDDEN = frozenset({"head", "script", "style", "title", "template"})
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


class _Reader(HTMLParser):
    """Collects text until there is more than a description holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.length = 0
        self.hidden_by = ""

    def parse_html_declaration(self, i: int) -> int:
        """Pass over `<!doctype html>`, `<![if mso]>` and the like: the library raises on those that it does not know."""
        return self.rawdata.find(">", i) + 1 or -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "body":
            self.hidden_by = ""
        elif tag in _HIDDEN:
            self.hidden_by = self.hidden_by or tag
        elif tag in _BLOCKS:
            self._add("\n")
        elif tag in ("td", "th"):
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden_by:
            self.hidden_by = ""
        elif tag in _BLOCKS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden_by:
            self._add(_SPACES.sub(" ", data))

    def _add(self, text: str) -> None:
        self.found.append(text)
        self.length += len(text)


def html_to_text(html: str) -> str:
    """Give the text of a document or of a piece of one, its first lines when it is long; unclosed tags do no harm."""
    reader = _Reader()
    # Never closed: at the end of a document the parser searches anew from each unclosed comment. And in pieces that double:
    # of an unclosed tag it reads all of it again with every piece.
    start, end = 0, _FIRST
    while start < min(len(html), MAX_HTML) and reader.length <= 2 * MAX_DESCRIPTION:
        reader.feed(html[start : min(end, MAX_HTML)])
        start, end = end, 2 * end
    reader.feed("\n")
    lines = "".join(reader.found).split("\n")
    return _EMPTY_LINES.sub("\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in lines)).strip()
