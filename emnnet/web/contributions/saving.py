"""Keeping what was posted: each card for itself, so that one cannot cost another."""

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.services.drafts import DraftConflict, SavedDraft, save_draft
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.contributions.sheet import Card, Sheet
from emnnet.web.messages import translated


def save_all(sheet: Sheet) -> None:
    """Save every card that was changed; what could not be saved stands on the sheet."""
    for card in sheet.cards:
        if card.answer.seen.raw_data and card.answer.is_touched:
            _save(sheet, card)


def save_card(card: Card) -> SavedDraft:
    """Save one card. Raises `DraftConflict` or another `DomainError`."""
    draft, by = card.answer.draft(), guest.contributor()
    with committing() as session:
        return save_draft(
            session,
            card.cell.contribution,
            draft.text,
            draft.dissemination,
            draft.as_of,
            seen=card.answer.seen_number,
            by=by,
            now=clock.now(),
        )


def _save(sheet: Sheet, card: Card) -> None:
    if not card.answer.validate():
        return
    try:
        saved = save_card(card)
        card.answer.renew(saved.number)
    except DraftConflict as conflict:
        card.conflict = conflict
        card.answer.text.errors = [translated(conflict)]
        card.answer.seen.data = str(conflict.number)
    except DomainError as error:
        sheet.form_errors.append(translated(error))
        sheet.lost.append(card.answer.text.data)
