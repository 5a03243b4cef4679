"""A reorganisation as one act: dated facts now, what is open on its day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, NotFound
from emnnet.domain.messages import Message, _n, message, packed, unpacked
from emnnet.domain.moments import office_day
from emnnet.domain.network import TieKind
from emnnet.domain.reorganisation import (
    ENDING,
    Life,
    NewNames,
    Plan,
    Reform,
    check_plan,
)
from emnnet.domain.roles import Actor
from emnnet.models.institution import FormerName, Institution
from emnnet.models.network_change import ActKind, NetworkAct, Reorganisation
from emnnet.models.tie import Tie
from emnnet.selectors.keeping import NO_BODY
from emnnet.services.following import Followed, Heirs, follow
from emnnet.services.network_edits import (
    facts_of,
    note_change,
    note_removal,
    open_act,
    seal_act,
)
from emnnet.services.reorganisation_rows import (
    Doing,
    doing,
    hand_over_parts,
    place_founded,
    put_under,
    succeed,
)
from emnnet.services.slugs import free_slug

SAID: dict[Reform, str] = {
    Reform.RENAME: _n("%(old)s is called %(new)s from %(day)s"),
    Reform.MOVE: _n("%(old)s moves to %(new)s on %(day)s"),
    Reform.MERGE: _n("%(old)s merged into %(new)s on %(day)s"),
    Reform.SPLIT: _n("%(old)s split into %(new)s on %(day)s"),
    Reform.END: _n("%(old)s ends before %(day)s"),
}
FOLLOWED = _n("Open questions followed: %(what)s")
FOR_EVER = date(9999, 12, 31)
NO_REASON = _n("Say why: a law or a letter.")
FOLLOWED_ALREADY = _n(
    "%(body)s has ended and has a successor already: undo that reorganisation first, "
    "or correct it by the forms."
)


@dataclass(frozen=True)
class Done:
    """The reorganisation, its act, and what followed at once."""

    reorganisation: Reorganisation
    act: NetworkAct
    followed: Followed


def reorganise(
    session: Session, plan: Plan, *, why: str, by: Actor, now: datetime
) -> Done:
    """Do it. Raises `DomainError` where something is missing or cannot be.

    What is open moves at once if the day has come, else by `follow_planned`. A
    preview is this, rolled back.
    """
    if not why.strip():
        raise DomainError(NO_REASON)
    bodies, heirs = _bodies(session, plan.bodies), _bodies(session, plan.heirs)
    check_plan(plan, {one.id: _life(one) for one in [*bodies, *heirs]})
    _check_not_followed(session, plan, bodies)
    kind = ActKind.REORGANISED
    act = open_act(session, kind, message(SAID[plan.reform]), by=by, now=now, why=why)
    job = doing(session, act, plan)
    founded = [_found(job, names, bodies[0]) for names in plan.founded]
    heirs += founded
    said = _said(plan, bodies, heirs)
    _do(job, bodies, heirs, founded)
    planned = Reorganisation(
        act_id=act.id,
        reform=plan.reform,
        cutover_on=plan.cutover_on,
        plan=_kept(plan, bodies, heirs),
    )
    session.add(planned)
    followed = Followed()
    if plan.cutover_on <= office_day(now):
        followed = _follow(session, planned, act, by=by, now=now)
        planned.followed_at = now
    elif plan.names is not None and plan.reform is Reform.RENAME:
        _announce(job, bodies[0], plan.names)
    act.said = packed(said)
    seal_act(session, act)
    return Done(planned, act, followed)


def follow_planned(session: Session, *, by: Actor, now: datetime) -> int:
    """Move what is open for each reorganisation whose day has come; how many."""
    due = session.scalars(
        select(Reorganisation).where(
            Reorganisation.cutover_on <= office_day(now),
            Reorganisation.followed_at.is_(None),
            Reorganisation.cancelled_at.is_(None),
        )
    ).all()
    for planned in due:
        first = session.get_one(NetworkAct, planned.act_id)
        said = message(FOLLOWED, what=unpacked(first.said))
        act = open_act(session, ActKind.FOLLOWED, said, by=by, now=now)
        _follow(session, planned, act, by=by, now=now)
        planned.followed_at = now
        planned.followed_act_id = act.id if seal_act(session, act) else None
    return len(due)


def _bodies(session: Session, ids: tuple[int, ...]) -> list[Institution]:
    found = [session.get(Institution, one) for one in ids]
    if None in found:
        raise NotFound(NO_BODY)
    return [one for one in found if one is not None]


def _check_not_followed(
    session: Session, plan: Plan, bodies: list[Institution]
) -> None:
    """What has ended and was followed does not end once more on the same day."""
    ended = {
        body.id: body.short
        for body in bodies
        if plan.reform in ENDING and body.valid_to == plan.last_day
    }
    followed = select(Tie.to_institution_id).where(
        Tie.kind == TieKind.SUCCESSOR_OF, Tie.to_institution_id.in_(ended)
    )
    for id_ in session.scalars(followed):
        raise DomainError(FOLLOWED_ALREADY, body=ended[id_])


def _life(body: Institution) -> Life:
    return Life(body.short, body.valid_from, body.valid_to)


def _said(plan: Plan, bodies: list[Institution], heirs: list[Institution]) -> Message:
    new = ", ".join(one.short for one in heirs)
    if plan.names is not None and plan.reform is Reform.RENAME:
        new = plan.names.en
    old = ", ".join(one.short for one in bodies)
    return message(SAID[plan.reform], old=old, new=new, day=plan.cutover_on)


def _found(job: Doing, names: NewNames, like: Institution) -> Institution:
    """A new body of the same sector, from the day on."""
    body = Institution(
        slug=free_slug(job.session, names.abbreviation or names.en),
        name_en=names.en.strip(),
        name_lt=names.lt.strip(),
        abbreviation=names.abbreviation.strip(),
        sector=like.sector,
        duty=like.duty,
        function_en="",
        function_lt="",
        valid_from=job.plan.cutover_on,
    )
    job.add(body)
    return body


def _do(
    job: Doing,
    bodies: list[Institution],
    heirs: list[Institution],
    founded: list[Institution],
) -> None:
    """The dated facts."""
    if job.plan.reform is Reform.MOVE:
        put_under(job, bodies[0], heirs[0])
    if job.plan.reform not in ENDING:
        return
    place_founded(job, bodies[0], founded)
    for body in bodies:
        succeed(job, body, heirs)
        hand_over_parts(job, body, heirs)
        job.end(body)


def _kept(
    plan: Plan, bodies: list[Institution], heirs: list[Institution]
) -> dict[str, Any]:
    """What the day itself has to do."""
    ending = plan.reform in ENDING
    return {
        "bodies": [one.id for one in bodies],
        "heir": heirs[0].id if heirs and ending else None,
        "shares": [[*row, heirs[place].id] for row, place in plan.shares.items()],
        "contacts": plan.takes_contacts,
        "names": vars(plan.names)
        if plan.reform is Reform.RENAME and plan.names
        else None,
    }


def _follow(
    session: Session,
    planned: Reorganisation,
    act: NetworkAct,
    *,
    by: Actor,
    now: datetime,
) -> Followed:
    """What happens on the day: the name, contacts, open questions."""
    plan = Plan(planned.reform, planned.cutover_on, tuple(planned.plan["bodies"]))
    if planned.plan["names"]:
        body = session.get_one(Institution, plan.bodies[0])
        rename(session, act, body, NewNames(**planned.plan["names"]), plan)
    if planned.plan["heir"] is None:
        return Followed()
    heirs = Heirs(
        session.get_one(Institution, planned.plan["heir"]),
        {
            (table, number): session.get_one(Institution, heir)
            for table, number, heir in planned.plan.get("shares", ())
        },
    )
    moved, stayed = Followed().moved, Followed().stayed
    for body in _bodies(session, plan.bodies):
        contacts = bool(planned.plan["contacts"])
        one = follow(
            session, act, body, heirs,
            contacts=contacts, last_day=plan.last_day, by=by, now=now,
        )  # fmt: skip
        moved, stayed = moved + one.moved, stayed + one.stayed
    return Followed(moved, stayed)


def _announce(job: Doing, body: Institution, names: NewNames) -> None:
    """A name that holds from a day to come: diagrams of that day have it already."""
    job.add(
        FormerName(
            institution_id=body.id,
            name_en=names.en.strip(),
            name_lt=names.lt.strip(),
            abbreviation=names.abbreviation.strip() or body.abbreviation,
            valid_from=job.plan.cutover_on,
            valid_to=FOR_EVER,
        )
    )


def rename(
    session: Session, act: NetworkAct, body: Institution, names: NewNames, plan: Plan
) -> None:
    """The new name; the one until now is kept with its last day."""
    for former in list(body.former_names):
        if (former.valid_from, former.valid_to) == (plan.cutover_on, FOR_EVER):
            note_removal(session, act, former)
    session.expire(body, ["former_names"])
    ends = [
        former.valid_to
        for former in body.former_names
        if former.valid_to and former.valid_to < plan.last_day
    ]
    former = FormerName(
        institution_id=body.id,
        name_en=body.name_en,
        name_lt=body.name_lt,
        abbreviation=body.abbreviation,
        valid_from=max(ends) + (plan.cutover_on - plan.last_day)
        if ends
        else body.valid_from,
        valid_to=plan.last_day,
    )
    session.add(former)
    session.flush()
    note_change(session, act, former, None)
    before = facts_of(body)
    body.name_en, body.name_lt = names.en.strip(), names.lt.strip()
    body.abbreviation = names.abbreviation.strip() or body.abbreviation
    note_change(session, act, body, before)
    session.flush()
    session.expire(body, ["former_names"])
