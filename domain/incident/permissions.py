"""Who may take which step. Acts are refused by name; facts are recorded, and how they depart from the roles goes with them.

A role that the organisation has not placed with anybody binds nobody: that it is not placed is a standing warning instead.
"""

from domain.events import Meta
from domain.incident import errors as err
from domain.incident.events.common import Deviation
from domain.incident.state import Incident
from domain.incident.transitions import Nature, Transition
from domain.policy import Authority
from domain.roles import ROLES, Role

EVERYBODY = frozenset(Role)


def check_role(incident: Incident, step: Transition, meta: Meta, authority: Authority) -> tuple[Deviation, ...]:
    """How a fact departs from the roles; an act that does is refused. Raises the `Role...Error`s and `UnknownRoleError`."""
    stated = role_of(meta)
    if step.nature is Nature.SYSTEM:
        return ()
    if stated is None:
        return _check_unstated(incident, step, meta, authority)
    if stated not in step.roles:
        if step.nature is Nature.ACT:
            msg = f"{step.step} is for {_names(step.roles)}: you act as {ROLES[stated].danish}"
            raise err.RoleNotPermittedError(msg)
        return ("outside-role",)
    if not holds(incident, stated, meta.actor, authority):
        if step.nature is Nature.ACT:
            msg = f"{meta.actor} does not hold the role {ROLES[stated].danish}: act in a role of yours, or have it assigned"
            raise err.RoleNotHeldError(msg)
        return ("role-not-held",)
    return ()


def taken_as(incident: Incident, step: Transition, meta: Meta, authority: Authority) -> Meta:
    """With the role in which the step is taken, where it was not stated and the actor holds one that may take it."""
    if meta.role is not None:
        return meta
    own = (role for role in Role if role in step.roles and meta.actor in _holders(incident, role, authority))
    found = next(own, None)
    return meta if found is None else meta.model_copy(update={"role": found.value})


def acts_as(incident: Incident, role: Role, meta: Meta, authority: Authority) -> bool:
    """Whether the act is taken in this role: it was stated, or it was not but the actor is one of its holders."""
    stated = role_of(meta)
    return stated is role if stated else meta.actor in _holders(incident, role, authority)


def holds(incident: Incident, role: Role, actor: str, authority: Authority) -> bool:
    """Whether the actor holds the role for this incident; everybody does while it is placed with nobody."""
    holders = _holders(incident, role, authority)
    return not holders or actor in holders


def role_of(meta: Meta) -> Role | None:
    """The role that was stated. Raises `UnknownRoleError`."""
    if meta.role is None:
        return None
    try:
        return Role(meta.role)
    except ValueError:
        msg = f"there is no role {meta.role!r}: use one of {', '.join(Role)}"
        raise err.UnknownRoleError(msg) from None


def _check_unstated(incident: Incident, step: Transition, meta: Meta, authority: Authority) -> tuple[Deviation, ...]:
    if step.roles == EVERYBODY or any(holds(incident, role, meta.actor, authority) for role in step.roles):
        return ()
    if step.nature is Nature.ACT:
        msg = f"{step.step} is for {_names(step.roles)}: {meta.actor} holds none of these roles"
        raise err.RoleNotHeldError(msg)
    return ("outside-role",)


def _holders(incident: Incident, role: Role, authority: Authority) -> frozenset[str]:
    return authority.holders.get(role, frozenset()) | incident.work.roles.get(role, frozenset())


def _names(roles: frozenset[Role]) -> str:
    return ", ".join(ROLES[role].danish for role in Role if role in roles)
