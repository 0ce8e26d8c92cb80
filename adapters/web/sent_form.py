"""Reading what a browser's form sent."""

from starlette.requests import Request

MOST_FIELDS = 1000
"""The question guide has two inputs a question, and one for each option of those with several answers."""


async def read_form(request: Request) -> dict[str, str]:
    """The fields as text, trimmed, with line ends as written elsewhere; what was left empty is left out."""
    return {name: told[-1] for name, told in (await read_lists(request)).items()}


async def read_lists(request: Request) -> dict[str, list[str]]:
    """As `read_form`, with everything that was sent under a name, in its order."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    told: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and (text := value.replace("\r\n", "\n").strip()):
            told.setdefault(name, []).append(text)
    return told
