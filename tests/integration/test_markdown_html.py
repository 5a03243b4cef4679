"""Markdown in a page: what people may write, and what stays text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emnnet.documents.markdown_html import safe_html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a **b** *c*", "<p>a <strong>b</strong> <em>c</em></p>", id="bold"
        ),
        pytest.param("a\nb", "<p>a<br>\nb</p>", id="a line break is kept"),
        pytest.param(
            "3. x", '<ol start="3">\n<li>x</li>\n</ol>', id="a list begins with 3"
        ),
        pytest.param("# Top", "<h3>Top</h3>", id="a heading stands below the page's"),
        pytest.param("### Third", "<h5>Third</h5>", id="and deeper ones deeper"),
        pytest.param(
            "[law](https://e.lt/a)",
            '<p><a href="https://e.lt/a" rel="nofollow noopener">law</a></p>',
            id="a link",
        ),
        pytest.param(
            "see https://e.lt/a_b.",
            '<p>see <a href="https://e.lt/a_b" rel="nofollow noopener">'
            "https://e.lt/a_b</a>.</p>",
            id="a bare address",
        ),
        pytest.param(
            "<script>alert(1)</script>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            id="h08 script is text",
        ),
        pytest.param(
            "[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>", id="h08 link"
        ),
        pytest.param(
            "[x](//evil.lt)", "<p>[x](//evil.lt)</p>", id="no host of its own"
        ),
        pytest.param(
            "[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>", id="data"
        ),
        pytest.param("    four blanks", "<p>four blanks</p>", id="no code by accident"),
        pytest.param("[1]: word", "<p>[1]: word</p>", id="nothing vanishes"),
        pytest.param(
            "![x](https://e.lt/p.png)",
            '<p>!<a href="https://e.lt/p.png" rel="nofollow noopener">x</a></p>',
            id="k01 no picture from elsewhere",
        ),
    ],
)
def test_markdown_as_html(text, expected):
    assert safe_html(text).strip() == expected


def test_a_table_is_a_table():
    html = safe_html("|a|b|\n|-|-|\n|1|2|")
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", html) == ["a", "b", "1", "2"]
    assert "style" not in safe_html("|a|\n|:-:|\n|1|")


@pytest.mark.parametrize(
    "line",
    ["a" * 200_000, "[" * 200_000, ("*a " * 50 + "\n") * 1300, "> " * 100_000],
    ids=["letters", "brackets", "stars", "quotes"],
)
def test_h08_200_kilobytes_do_not_hang(line):
    assert len(safe_html(line)) >= 100_000


@given(
    st.text(
        alphabet=st.sampled_from("<>\"'&[]()!*_`#|-\n :/.javscripthttpdaonerx=\x00")
    )
)
def test_x03_no_text_brings_script_style_or_another_scheme(text):
    html = safe_html(text)
    assert set(re.findall(r"<\s*/?\s*([a-z0-9]+)", html)) <= {
        *("p", "br", "strong", "em", "code", "pre", "blockquote", "hr"),
        *("ul", "ol", "li", "h3", "h4", "h5", "h6", "a"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert set(re.findall(r'([a-z]+)="[^"]*"[^<>]*>', html)) <= {"href", "rel", "start"}
    for address in re.findall(r'href="([^"]*)"', html):
        assert address.startswith(("http:", "https:", "mailto:"))
