"""The workbench: what is shown, and what is written on it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.models.national_response import Paragraph
from tests.builders import a_query
from tests.conftest import NOON
from tests.integration.bench_setup import (
    CONTRIBUTES,
    an_answer,
    asked,
    taken,
)


@pytest.mark.parametrize("bodies", [1, 6])
def test_six_statements_for_any_number_of_rows(session, signed_in, statements, bodies):
    query = a_query(session, questions=bodies + 2)
    for n in range(bodies):
        role = {} if n == 0 else {"role": CONTRIBUTES}
        assignment = asked(session, f"B{n}", query, **role)
        for question in query.questions[:-1]:
            version = an_answer(session, assignment, f"One {n}.\n\nTwo.", label=question.label)
            taken(session, version, 0)
    client, page = signed_in(Role.COORDINATOR), f"/desk/queries/{query.id}/workbench"
    with statements("SELECT") as seen:
        reply = client.get(page)
    assert reply.status_code == 200
    assert len(seen) == 6, "\n\n".join(seen)
