"""Editions: frozen days of the organogram that stay as they were."""

import hashlib
import io
import json
import re

import pytest
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.models.tie import Tie
from emnnet.selectors.editions import find_edition
from tests.integration.shipped_network import load_lithuania

A_DAY = {"as_of": "2020-05-26", "name": "Organogram „2020“ ąčę", "sure": "y"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def files_of(page):
    return re.findall(r'href="(/organogram/editions/\d+/files/\d+)"', page)


def test_an_edition_stays_as_it_was_whatever_changes_later(
    lithuania, client, signed_in
):
    office = signed_in(Role.COORDINATOR)
    given = A_DAY | {
        "note": "For the Commission.",
        "original": (io.BytesIO(PDF), "o.pdf"),
    }
    made = office.post("/organogram/editions", data=given)
    assert made.status_code == 303
    assert made.location == "/organogram/editions/1"
    page = client.get("/organogram/editions/1").text
    assert "For the Commission." in page
    links = files_of(page)
    before = [client.get(link).data for link in links]
    assert len(before) == 6
    facts = json.loads(before[4])
    assert facts["as_of"] == "2020-05-26"
    assert len(facts["bodies"]) == 35
    lithuania.rollback()  # to see what was written meanwhile
    digest = find_edition(lithuania, 1).digest
    assert hashlib.sha256(before[4]).hexdigest() == digest
    assert digest in page
    assert before[5] == PDF
    assert b"Organogram" in before[1]
    for tie in lithuania.scalars(select(Tie)):
        lithuania.delete(tie)
    lithuania.commit()
    assert [client.get(link).data for link in links] == before


def test_an_edition_is_withdrawn_with_a_reason_that_stays(lithuania, client, signed_in):
    office = signed_in(Role.COORDINATOR)
    office.post("/organogram/editions", data=A_DAY)
    link = files_of(client.get("/organogram/editions/1").text)[0]
    assert office.post("/organogram/editions/1/withdraw").status_code == 422
    reason = {"reason": "The reception centre stood in the wrong place."}
    assert (
        office.post("/organogram/editions/1/withdraw", data=reason).status_code == 303
    )
    assert (
        office.post("/organogram/editions/1/withdraw", data=reason).status_code == 409
    )
    page = client.get("/organogram/editions/1").text
    assert reason["reason"] in page
    assert files_of(page) == []
    assert client.get(link).status_code == 404
    assert office.get(link).status_code == 200
    office.post("/organogram/editions", data=A_DAY | {"name": "Second"})
    assert "2. Second" in client.get("/organogram/editions").text


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"name": "  "}, 422, "Give the edition a name"),
        ({"sure": ""}, 422, "Look at the organogram of this day first"),
        ({"as_of": "2030-01-01"}, 409, "is still to come"),
        ({"as_of": "31.02.2020"}, 422, "There is no such day"),
        ({"original": (io.BytesIO(b"<html>"), "o.pdf")}, 409, "none of the files"),
        (
            {"original": (io.BytesIO(PDF + b"/JavaScript (x)"), "o.pdf")},
            409,
            "runs a program",
        ),
    ],
)
def test_what_cannot_be_frozen_is_told_and_nothing_is_kept(
    lithuania, client, signed_in, given, status, said
):
    answer = signed_in(Role.COORDINATOR).post(
        "/organogram/editions", data=A_DAY | given
    )
    assert answer.status_code == status
    assert said in answer.text
    assert "No edition yet" in client.get("/organogram/editions").text


@pytest.mark.parametrize("role", [None, Role.READER, Role.CONTACT, Role.APPROVER])
def test_only_coordinators_freeze_and_withdraw(lithuania, client, signed_in, role):
    visitor = signed_in(role) if role else client
    assert visitor.post("/organogram/editions", data=A_DAY).status_code == 403
    reason = {"reason": "Mine."}
    answer = visitor.post("/organogram/editions/1/withdraw", data=reason)
    assert answer.status_code == 403
    page = visitor.get("/organogram/editions").text
    assert "Freeze this day" not in page
