"""Statements about the network as Turtle or JSON-LD."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from emnnet.documents.network_statements import (
    PREFIXES,
    Address,
    Name,
    Statement,
    Value,
)

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node, URIRef


class Shape(StrEnum):
    """A way of writing; its value ends the name of the file."""

    TURTLE = "ttl"
    JSON_LD = "jsonld"


MEDIA_TYPES = {Shape.TURTLE: "text/turtle", Shape.JSON_LD: "application/ld+json"}


def public_address(settings: Mapping[str, Any]) -> str:
    """Where the office's pages lie for everybody, with the last slash."""
    return f"{settings['PREFERRED_URL_SCHEME']}://{settings['SERVER_NAME']}/"


def local_language(languages: Iterable[str]) -> str:
    """The language of the country: the first one of the office that is not English."""
    return next((code for code in languages if code != "en"), "en")


def written(statements: Iterable[Statement], address: str, shape: Shape) -> str:
    """The file. `address` is the public address of this office, with its last slash."""
    graph = graph_of(statements, address)
    if shape is Shape.TURTLE:
        return graph.serialize(format="turtle")
    context = {**PREFIXES, "here": address}
    return graph.serialize(format="json-ld", context=context, auto_compact=True)


def graph_of(statements: Iterable[Statement], address: str) -> "Graph":
    """The statements as rdflib holds them."""
    from rdflib import Graph, Namespace  # noqa: PLC0415 -- slow import: 0.4 s

    graph = Graph(bind_namespaces="none")
    for prefix, space in {**PREFIXES, "here": address}.items():
        graph.bind(prefix, Namespace(space))
    for subject, predicate, value in statements:
        graph.add(
            (
                _name(subject, address),
                _name(Name(predicate), address),
                _node(value, address),
            )
        )
    return graph


def _name(name: Name, address: str) -> "URIRef":
    from rdflib import URIRef  # noqa: PLC0415 -- slow import

    prefix, _, rest = name.written.partition(":")
    return URIRef((address if prefix == "here" else PREFIXES[prefix]) + rest)


def _node(value: Value, address: str) -> "Node":
    from rdflib import Literal, URIRef  # noqa: PLC0415 -- slow import

    if isinstance(value, Name):
        return _name(value, address)
    if isinstance(value, Address):
        return URIRef(_safe(value.written))
    if isinstance(value, date):
        return Literal(value)
    return Literal(value.text, lang=value.language)


def _safe(address: str) -> str:
    """An address with no letter that Turtle cannot hold between < and >."""
    return quote(address, safe=":/?#[]@!$&'()*+,;=%~")
