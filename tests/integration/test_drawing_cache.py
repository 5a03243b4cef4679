"""Drawings are made once, one at a time, and what failed is left alone for a while."""

import os
from dataclasses import replace

import pytest

from emnnet.child import ChildFailed
from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.network import network_positions
from emnnet.graphs.network_data import network_data
from emnnet.graphs.organogram import organogram_svg
from tests.integration.test_graphs import SMALL, a_body


def test_what_was_laid_out_is_kept_and_holds_no_name(tmp_path):
    cache = DrawingCache(tmp_path / "drawings")
    first = organogram_svg(SMALL, "en", cache=cache)
    (kept,) = cache.folder.iterdir()
    assert "Migration" not in kept.read_text()
    kept.write_text(kept.read_text().replace('"width": ', '"width": 1'))
    assert organogram_svg(SMALL, "en", cache=cache) != first


def test_data_of_the_network_is_kept_too(tmp_path):
    cache = DrawingCache(tmp_path)
    positions = network_positions(SMALL, cache)
    data = network_data(SMALL, positions, cache=cache)
    assert network_data(SMALL, positions, cache=cache) == data
    renamed = replace(SMALL, nodes=(a_body("vrm", "New name"), *SMALL.nodes[1:]))
    assert network_data(renamed, positions, cache=cache) != data
    assert len(list(tmp_path.iterdir())) == 3


def test_the_same_is_drawn_once_and_what_failed_is_not_tried_again_at_once(tmp_path):
    asked = []

    def fails():
        asked.append("fails")
        raise ChildFailed("over 10 s")

    cache = DrawingCache(tmp_path / "drawings", patience=0.1)
    for _ in range(2):
        assert cache.made(b"a", lambda: asked.append("a") or b"drawn") == b"drawn"
        with pytest.raises(ChildFailed):
            cache.made(b"b", fails)
    assert asked == ["a", "fails"]
    later = replace(cache, pause=0)
    assert later.made(b"b", lambda: b"drawn at last") == b"drawn at last"


def test_nobody_waits_long_while_others_draw(tmp_path):
    cache = DrawingCache(tmp_path / "drawings", patience=0.1)

    def meanwhile():
        with pytest.raises(ChildFailed, match="others are drawing"):
            cache.made(b"b", lambda: b"b")
        return b"a"

    assert cache.made(b"a", meanwhile) == b"a"
    assert cache.made(b"b", lambda: b"b") == b"b"


def test_the_cache_is_bounded_and_drops_what_was_longest_unused(tmp_path):
    cache = DrawingCache(tmp_path, most=2)
    for number, name in enumerate([b"a", b"b", b"c"]):
        cache.keep(name, name)
        for path in tmp_path.iterdir():
            if path.read_bytes() == name:
                os.utime(path, (number, number))
    assert [cache.drawn(name) for name in (b"a", b"b", b"c")] == [None, b"b", b"c"]
