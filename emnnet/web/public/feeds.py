"""Published queries for machines: JSON and Atom, from the same rows as the pages."""

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import current_app, url_for

from emnnet.domain.audience import CLOSED_SENTENCE
from emnnet.selectors.published import Answer, PublishedQuery
from emnnet.selectors.published_list import PublishedRow

ATOM = "http://www.w3.org/2005/Atom"


def row_json(row: PublishedRow) -> dict[str, Any]:
    """A line of the list."""
    return {
        "reference": row.reference,
        "title": row.title,
        "requester": row.requester_code,
        "launched_on": row.launched_on.isoformat() if row.launched_on else None,
        "theme": row.theme_en,
        "url": _url(row.reference),
    }


def as_json(query: PublishedQuery) -> dict[str, Any]:
    """A query with the answers that are open."""
    return {
        "reference": query.reference,
        "title": query.title,
        "summary": query.summary,
        "background": query.background,
        "requester": query.requester_code,
        "launched_on": query.launched_on.isoformat() if query.launched_on else None,
        "theme": query.theme_en,
        "answers": [_answer(answer) for answer in query.answers],
        "url": _url(query.reference),
    }


def as_atom(rows: Sequence[PublishedRow]) -> bytes:
    """The last published queries: titles and addresses, no answers."""
    feed = Element("feed", xmlns=ATOM)
    SubElement(feed, "title").text = current_app.config["OFFICE_NAME"]
    SubElement(feed, "id").text = url_for("public.index", _external=True)
    SubElement(feed, "link", href=url_for("public.feed", _external=True), rel="self")
    moments = [row.published_at for row in rows]
    if moments:
        SubElement(feed, "updated").text = max(moments).isoformat()
    for row in rows:
        entry = SubElement(feed, "entry")
        SubElement(entry, "title").text = row.title
        SubElement(entry, "id").text = _url(row.reference)
        SubElement(entry, "link", href=_url(row.reference))
        SubElement(entry, "updated").text = row.published_at.isoformat()
    written: bytes = tostring(feed, "utf-8", xml_declaration=True)
    return written


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "label": answer.label,
        "question": answer.question,
        "wider_dissemination": not answer.closed if answer.is_given else None,
        "answer": CLOSED_SENTENCE if answer.closed else "\n\n".join(answer.paragraphs),
    }


def _url(reference: str) -> str:
    return url_for("public.show", reference=reference, _external=True)
