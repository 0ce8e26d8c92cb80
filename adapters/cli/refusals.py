"""What whoever sits at this machine can do about a refusal that depends on who they are."""

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.cli.language import say
from adapters.cli.office import origin
from domain.incident.errors import OwnApprovalError, RoleNotHeldError, RoleNotPermittedError


@contextmanager
def role_ways_out() -> Iterator[None]:
    """The same refusals, and how to get on for whoever lacks a role."""
    try:
        yield
    except (RoleNotHeldError, RoleNotPermittedError) as refused:
        who = origin().actor
        way_out = say(
            f"Du er {who} her: sig, hvem du er, med --actor og i hvilken rolle med --role, eller få rollen tildelt med"
            " sporlog incident assign-role eller sporlog organisation",
            f"You are {who} here: say who you are with --actor and in which role with --role, or have the role assigned with"
            " sporlog incident assign-role or sporlog organisation",
        )
        raise type(refused)(f"{refused}. {way_out}") from refused


@contextmanager
def ways_out() -> Iterator[None]:
    """The same, and for whoever may not approve what is their own and can be alone on duty."""
    try:
        with role_ways_out():
            yield
    except OwnApprovalError as refused:
        way_out = say(
            "En anden person siger, hvem de er, med --actor; er du alene på vagt, så brug --alone",
            "A second person says who they are with --actor; if you are alone on duty, use --alone",
        )
        raise OwnApprovalError(f"{refused}. {way_out}") from refused
