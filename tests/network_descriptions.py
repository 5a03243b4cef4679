"""Random descriptions of networks that hold together, for properties."""

from datetime import date

from hypothesis import strategies as st

from emnnet.domain.network import (
    Aspect,
    AspectFact,
    Backing,
    CompetenceFact,
    ContactFact,
    ContactPurpose,
    Duty,
    FormerName,
    InstitutionFact,
    Keyword,
    Level,
    Mapping,
    MembershipFact,
    MembershipKind,
    NetworkDescription,
    Sector,
    SourceFact,
    Standing,
    Strength,
    ThemeFact,
    TieFact,
    TieKind,
    Vocabulary,
)

ODD = "aŽšėųÅß'\"\\:#{}[],&*?|-=@%`\u00a0\u2028\u00ad😀Ελ;\t\n\u202e0"
TEXTS = (
    st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs", "Cc"]))
    .map(lambda text: text.replace("<", "‹").strip()[:40].strip())
    .filter(lambda text: text == text.strip())
)
NAMES = TEXTS.filter(bool)
SLUGS = st.from_regex(r"[a-z0-9]{1,6}([-_][a-z]{1,3})?", fullmatch=True) | (
    st.sampled_from(["no", "on", "null", "true", "1e3", "2019-07-01", "0x1f", "y"])
)
LINKS = st.just("https://example.org/") | SLUGS.map("http://{}.example.org".format)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2030, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(
    lambda two: two if None in two or two[0] <= two[1] else (two[1], two[0])
)
READ = st.sampled_from(["", "2026-11", "2026-11-05", "autumn", "2026"])


def some(items, least: int = 0):
    return st.lists(items, min_size=least, max_size=4)


def few(choices, most: int = 3):
    """Some of them, none twice."""
    choices = list(choices)
    if not choices:
        return st.just([])
    return st.lists(st.sampled_from(choices), unique=True, max_size=most)


@st.composite
def descriptions(draw) -> NetworkDescription:
    codes = draw(st.lists(SLUGS, unique=True, max_size=3))
    sources = [SourceFact(c, draw(TEXTS), draw(LINKS), draw(READ)) for c in codes]
    backings = st.builds(Backing, st.sampled_from(Standing), few(codes, 2).map(tuple))
    slugs = draw(st.lists(SLUGS, unique=True, min_size=1, max_size=4))
    themes = draw(st.lists(SLUGS, unique=True, max_size=2))
    return NetworkDescription(
        sources=tuple(sources),
        institutions=tuple(_institution(draw, slug, backings) for slug in slugs),
        ties=tuple(_ties(draw, slugs, backings)),
        memberships=tuple(_memberships(draw, slugs, backings)),
        themes=tuple(_theme(draw, slug) for slug in themes),
        competences=tuple(_competences(draw, slugs, themes, backings)),
        contacts=tuple(_contacts(draw, slugs)),
    )


def _institution(draw, slug: str, backings) -> InstitutionFact:
    begin, end = draw(SPANS)
    names = {}
    for english in draw(some(NAMES)):
        first, last = draw(SPANS)
        names[english, first] = FormerName(
            english, draw(NAMES), draw(TEXTS), first, last
        )
    return InstitutionFact(
        id=slug,
        en=draw(NAMES),
        lt=draw(NAMES),
        sector=draw(st.sampled_from(Sector)),
        abbreviation=draw(TEXTS),
        duty=draw(st.none() | st.sampled_from(Duty)),
        function_en=draw(TEXTS),
        function_lt=draw(TEXTS),
        website=draw(st.just("") | LINKS),
        email=draw(st.sampled_from(["", "office@example.org"])),
        address=draw(TEXTS),
        code=draw(TEXTS),
        legal_basis=draw(TEXTS),
        valid_from=begin,
        valid_to=end,
        former_names=tuple(names.values()),
        facts=tuple(AspectFact(item, draw(backings)) for item in draw(few(Aspect))),
    )


def _theme(draw, slug: str) -> ThemeFact:
    words = [
        Keyword(text, language, strength)
        for language in draw(few(["en", "no", "lt"], 2))
        for strength in draw(few(Strength, 2))
        for text in draw(some(NAMES, 1))
    ]
    mappings = [
        Mapping(vocabulary, word)
        for vocabulary in draw(few(Vocabulary, 2))
        for word in dict.fromkeys(draw(some(NAMES, 1)))
    ]
    return ThemeFact(
        slug, draw(NAMES), draw(NAMES), draw(st.integers(0, 99)),
        tuple(mappings), tuple(words),
    )  # fmt: skip


def _ties(draw, slugs: list[str], backings) -> list[TieFact]:
    """A later body is under an earlier one, so that there is no circle."""
    found = {}
    for _ in range(draw(st.integers(0, 4)) if len(slugs) > 1 else 0):
        low, high = sorted(draw(st.lists(
            st.integers(0, len(slugs) - 1), min_size=2, max_size=2, unique=True
        )))  # fmt: skip
        kind, (begin, end) = draw(st.sampled_from(TieKind)), draw(SPANS)
        found[kind, low, high, begin] = TieFact(
            kind, slugs[high], slugs[low], draw(backings), begin, end, draw(TEXTS)
        )
    return list(found.values())


def _memberships(draw, slugs: list[str], backings) -> list[MembershipFact]:
    found = {}
    for slug in draw(few(slugs)):
        kind, (begin, end) = draw(st.sampled_from(MembershipKind)), draw(SPANS)
        found[slug, kind, begin] = MembershipFact(
            slug, kind, draw(backings), begin, end, draw(TEXTS)
        )
    return list(found.values())


def _competences(draw, slugs, themes, backings) -> list[CompetenceFact]:
    found = []
    for slug in draw(few(slugs)):
        for theme in draw(few(themes)):
            level, (begin, end) = draw(st.sampled_from(Level)), draw(SPANS)
            found.append(
                CompetenceFact(
                    slug, theme, level, draw(backings), begin, end, draw(TEXTS)
                )
            )
    return found


def _contacts(draw, slugs: list[str]) -> list[ContactFact]:
    found = []
    for slug in draw(few(slugs)):
        begin, end = draw(SPANS)
        purposes = [item for item in ContactPurpose if item != ContactPurpose.NOTHING]
        chosen = draw(st.sets(st.sampled_from(purposes)))
        first, *also = [i for i in purposes if i in chosen] or [ContactPurpose.NOTHING]
        found.append(
            ContactFact(
                slug,
                draw(NAMES),
                "desk@example.org",
                draw(st.sampled_from(["en", "lt", "no"])),
                first,
                also=tuple(also),
                phone=draw(st.sampled_from(["", "+370 5 000"])),
                position=draw(st.integers(1, 9)),
                valid_from=begin,
                valid_to=end,
            )
        )
    return found
