"""XML from strangers: no document type, no entities, bounded in depth and number, refused with a reason to act on."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import ErrorString

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import XMLParser

from adapters.intake_formats.contract import UnreadableError

MAX_DEPTH = 64
"""Elements inside each other."""
MAX_ELEMENTS = 20_000
"""Elements, and attributes of them, in one document."""

_BOM = b"\xef\xbb\xbf"


class _Bounded(TreeBuilder):
    """Counts while the document is read, so that a hostile one is never built to its end."""

    _depth = 0
    _elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._elements += 1 + len(attrs)
        if self._depth > MAX_DEPTH:
            raise UnreadableError(f"nested deeper than {MAX_DEPTH} levels: send a flatter document")
        if self._elements > MAX_ELEMENTS:
            raise UnreadableError(f"more than {MAX_ELEMENTS} elements and attributes: send fewer incidents at a time")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def read_xml(body: bytes) -> Element:
    """Read one document; a byte order mark and white space before it are tolerated. Comments are left out.

    Raises `UnreadableError` for an empty body, for a document type (and with it every entity, internal or external), for what
    is no XML, for an encoding that cannot be read, and for more than MAX_DEPTH levels or MAX_ELEMENTS.
    """
    text = body.removeprefix(_BOM).lstrip()
    if not text:
        raise UnreadableError("the body is empty: send one XML document")
    parser = XMLParser(target=_Bounded(), forbid_dtd=True)
    try:
        parser.feed(text)
        root = parser.close()
    except DTDForbidden as error:
        raise UnreadableError(
            "DOCTYPE: documents with a document type (DTD), which may declare entities, are refused: send it without"
        ) from error
    except DefusedXmlException as error:
        raise UnreadableError("entities and references to external ones are refused: send the document without") from error
    except ParseError as error:
        line, column = error.position
        raise UnreadableError(f"not XML: {ErrorString(error.code)}: line {line}, column {column}") from error
    except (LookupError, ValueError) as error:
        raise UnreadableError("the encoding that the XML declaration tells cannot be read: send UTF-8") from error
    return root


def texts_of(element: Element, path: str, names: dict[str, str]) -> list[str]:
    """Give the texts of all elements at `path` (ElementTree's XPath, with `names` for prefixes), without empty ones."""
    return [text for found in element.iterfind(path, names) if (text := (found.text or "").strip())]
