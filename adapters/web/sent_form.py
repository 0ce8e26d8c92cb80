"""Reading what a browser's form sent."""

from starlette.requests import Request


async def read_form(request: Request) -> dict[str, str]:
    """The fields as text, trimmed, with line ends as written elsewhere; what was left empty is left out."""
    form = await request.form(max_fields=100, max_files=0)
    told = {name: value.replace("\r\n", "\n").strip() for name, value in form.items() if isinstance(value, str)}
    return {name: value for name, value in told.items() if value}
