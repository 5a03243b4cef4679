"""Who may call which endpoint. A new endpoint without a row here fails the tests."""

from enum import StrEnum


class Visitor(StrEnum):
    """Who may stand before a page."""

    GUEST = "guest"
    LINK = "link holder"
    CONTACT = "contact of the institution"
    STRANGER = "contact of another institution"
    READER = "reader"
    APPROVER = "approver"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


V = Visitor
EVERYBODY = frozenset(Visitor)
SIGNED_IN = EVERYBODY - {V.GUEST, V.LINK}
OFFICE = frozenset({V.APPROVER, V.COORDINATOR, V.ADMIN})
COORDINATORS = frozenset({V.COORDINATOR, V.ADMIN})
ADMINS = frozenset({V.ADMIN})
APPROVERS = frozenset({V.APPROVER, V.ADMIN})
OWNERS = frozenset({V.LINK, V.CONTACT})
CONTACTS = frozenset({V.CONTACT, V.STRANGER})
LISTERS = OWNERS | {V.STRANGER}  # each sees what is their own

BY_CIRCLE: dict[frozenset[Visitor], str] = {
    EVERYBODY: """
        embedding.network embedding.organogram embedding.robots embedding.show
        embedding.sitemap network_files.json_ld network_files.turtle
        about.show accounts.enter accounts.sign_in
        away.end away.renew away.save away.show digests.end digests.unsubscribe
        digests.why home.accessibility home.health
        feeds.calendar home.live
        home.index institutions.index invitations.accept invitations.show
        previews.show institutions.show language.choose links.enter
        links.renew links.show links.without_token mailbox.index mailbox.show
        comparing.show editions.file editions.index editions.show paper.file paper.show
        coverage.show coverage.table network.export network.queries
        network.show organogram.download organogram.show public.annex public.annexes
        public.feed public.index public.index_json public.search public.show
        public.show_json
    """,
    SIGNED_IN: "accounts.choose accounts.preferences accounts.sign_out",
    CONTACTS: "away.end_mine away.mine away.save_mine",
    OFFICE | CONTACTS: "feeds.make feeds.revoke feeds.show",
    LISTERS: "contributions.index",
    OWNERS: """
        contributions.agree_to_pass_on contributions.use_material
        feeds.make_by_link feeds.revoke_by_link feeds.show_by_link
        contributions.accept contributions.ask_change contributions.ask_time
        contributions.attach_file contributions.change_answer contributions.confirm
        contributions.autosave contributions.bodies contributions.check
        contributions.decline_question contributions.discard_mailed
        contributions.preview
        contributions.promise_question contributions.receipt contributions.refuse
        contributions.remove_file contributions.save contributions.send
        contributions.show contributions.take_mailed contributions.why
    """,
    OWNERS | OFFICE: "attachments.show",
    OWNERS | COORDINATORS: """
        word_forms.discard word_forms.download word_forms.preview word_forms.show
        word_forms.take word_forms.upload
    """,
    OFFICE: """
        network_files.empty_table network_files.index network_files.download
        arrived_mail.copy arrived_mail.file arrived_mail.index arrived_mail.message
        arrived_mail.show
        keeping.act keeping.history keeping.quality keeping.sources
        calls.index calls.show calls.stuck clearance.show closures.index
        contacts.index desk.index exports.make exports.show history.show
        intakes.file
        intakes.original jobs.index outbox.index outbox.show previews.revoke
        previews.share publishing.show queries.earlier
        workbench.removed
        calendars.index calendars.show queries.export queries.index queries.show
        queries.wordings routing.show
        sending_out.closing sending_out.show mail_wordings.index
        mail_wordings.preview mail_wordings.show settings.index workbench.show
        ladder.index ladder.preview planned_mail.index planned_mail.letter
        planned_mail.of_query planned_mail.next_day
    """,
    APPROVERS: "clearance.decide",
    ADMINS: """
        account_admin.cancel account_admin.change account_admin.close account_admin.edit
        account_admin.index account_admin.invite account_admin.invite_again
        account_admin.open_again
    """,
    COORDINATORS: """
        network_files.check network_files.load
        editions.make editions.withdraw
        network.reset network.save
        routing.pass_on_draft workbench.restore
        keeping.add_body keeping.add_source keeping.body keeping.change_details
        keeping.do_reorganise keeping.edit_body keeping.edit_source
        keeping.edit_row keeping.leaving keeping.let_go keeping.new_body
        keeping.new_source keeping.remove_source keeping.save_source
        keeping.preview_reorganisation keeping.remove keeping.reorganise_start
        keeping.save keeping.save_body keeping.undo
        arrived_mail.assign arrived_mail.confirm arrived_mail.discard arrived_mail.move
        arrived_mail.put_away arrived_mail.read_as_query arrived_mail.undo
        calendars.add calendars.checked calendars.confirm calendars.feed calendars.hours
        calendars.load calendars.preview calendars.rename calendars.settled
        calendars.upload
        calls.note calls.put calls.take_off clearance.ask clearance.go_on
        closures.note closures.take_back contacts.add
        contacts.away contacts.change contacts.confirm contacts.edit
        contacts.end_away contacts.new contacts.note_away contacts.refuse
        clocks.extension clocks.give_extension
        clocks.grant_time clocks.move clocks.refuse_time clocks.reply_by clocks.restart
        clocks.restart_now clocks.stop clocks.stop_now clocks.take_back
        clocks.take_back_extension clocks.take_back_reply_by
        intakes.begin intakes.index intakes.read_in
        intakes.register intakes.show intakes.throw_away mail_wordings.reset
        mail_wordings.save mail_wordings.take_back outbox.finish outbox.retry
        publishing.annex publishing.publish publishing.take_back queries.change
        queries.deleted
        queries.end queries.ended queries.relate queries.related queries.save
        queries.unrelate routing.cell routing.copy routing.due routing.move
        reminding.index reminding.preview reminding.send
        routing.preview routing.save routing.send routing.suggestion routing.take_back
        sending_out.close sending_out.reopen sending_out.send workbench.accept
        workbench.add workbench.change workbench.check workbench.decide
        workbench.delete workbench.give_back workbench.move workbench.note
        workbench.settle
        workbench.take
        ladder.reset ladder.save planned_mail.begin_pause planned_mail.choose
        planned_mail.finish_pause planned_mail.hold planned_mail.keep_back
        planned_mail.pause planned_mail.undo
    """,
}
TABLE = {
    endpoint: circle
    for circle, endpoints in BY_CIRCLE.items()
    for endpoint in endpoints.split()
}
