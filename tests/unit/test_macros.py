"""What the macros promise to those who hear a page, and to those who count segments."""

import re
from gettext import NullTranslations
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

TEMPLATES = Path(__file__).parents[2] / "templates"


class Reply(Form):
    """A form with every kind of note."""

    title = StringField(
        "Title",
        description="As printed.",
        validators=[DataRequired("Write a title.")],
    )
    note = TextAreaField("Note", validators=[Optional()])
    circle = RadioField(
        "Who may read it?",
        choices=[SelectChoice("all", "Everybody"), SelectChoice("few", "The network")],
        validators=[DataRequired("Choose who may read it.")],
    )


@pytest.fixture(scope="module")
def jinja() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        NullTranslations(), newstyle=True
    )
    environment.globals |= {
        "csrf_token": lambda: "secret",
        "url_for": lambda endpoint, filename="": f"/{endpoint}/{filename}",
    }
    return environment


def macros(jinja, name):
    return jinja.get_template(f"components/{name}.html").module


def refused() -> Reply:
    form = Reply(MultiDict({"title": "", "circle": ""}))
    form.validate()
    return form


def test_a_control_is_described_by_its_hint_and_then_its_error(jinja):
    page = str(macros(jinja, "forms").field(refused().title))
    assert 'aria-describedby="title-hint title-error"' in page
    assert 'aria-invalid="true"' in page
    assert (
        page.index("title-hint") < page.index('id="title-error"') < page.index("<input")
    )


def test_radios_are_a_named_group_and_the_summary_leads_to_the_first(jinja):
    form = refused()
    page = str(macros(jinja, "forms").field(form.circle))
    assert "<legend" in page
    assert 'role="radiogroup"' in page
    summary = str(macros(jinja, "forms").error_summary(form))
    assert re.findall(r'href="#([^"]+)">([^<]+)', summary) == [
        ("title", "Write a title."),
        ("circle-0", "Choose who may read it."),
    ]


def test_only_what_may_be_left_out_says_so(jinja):
    form = Reply()
    field = macros(jinja, "forms").field
    assert "(optional)" in str(field(form.note))
    assert "(optional)" not in str(field(form.title))


def test_attributes_reach_the_control(jinja):
    page = str(macros(jinja, "forms").field(Reply().note, rows=3, hx_post="/save"))
    assert 'rows="3"' in page
    assert 'hx-post="/save"' in page


def test_a_form_without_errors_has_no_summary(jinja):
    assert str(macros(jinja, "forms").error_summary(Reply())).strip() == ""


def test_a_post_button_carries_its_secret_its_values_and_its_question(jinja):
    button = macros(jinja, "forms").post_button
    page = str(button("/go", "Withdraw", "danger", "Gone?", values={"version": 3}))
    assert 'method="post" action="/go" data-confirm="Gone?"' in page
    assert 'name="csrf_token" value="secret"' in page
    assert 'name="version" value="3"' in page


@pytest.mark.parametrize(
    ("done", "total", "segments"),
    [
        pytest.param(0, 0, (0, 0), id="nothing to do"),
        pytest.param(2, 6, (2, 4), id="some"),
        pytest.param(6, 6, (6, 0), id="all"),
        pytest.param(39, 40, (11, 1), id="many, never full before the last"),
    ],
)
def test_progress_shows_segments_and_says_the_figures(jinja, done, total, segments):
    page = str(macros(jinja, "progress").progress(done, total))
    paths = dict(re.findall(r'class="progress-(on|off)" d="([^"]*)"', page))
    drawn = tuple(paths.get(part, "").count("M") for part in ("on", "off"))
    assert drawn == segments
    assert f"{done} of {total} done" in page


def test_a_chip_has_a_word_and_a_mark_besides_its_colour(jinja):
    page = str(macros(jinja, "status").chip("2 days late", "late"))
    assert "chip-late" in page
    assert "icons.svg#exclamation-triangle-fill" in page
    assert "2 days late" in page


def test_every_sector_has_a_shape_of_its_own_and_a_word(jinja):
    sector = macros(jinja, "sector")
    sectors = ("government", "ngo", "academia", "international", "judiciary")
    assert len({str(sector.sector_shape(each)) for each in sectors}) == len(sectors)
    assert "international organisation" in str(sector.sector_mark("international"))
