"""A data base that was restarted costs nobody an error page."""

from sqlalchemy import text

from emnnet.extensions import db


def test_a_page_opens_although_its_connection_was_cut(app, client, session):
    session.execute(text("SELECT 1"))  # it holds a connection, the page takes another
    assert client.get("/institutions").status_code == 200
    if session.get_bind().dialect.name == "postgresql":
        with app.app_context():
            pid = db.session.scalar(text("SELECT pg_backend_pid()"))
        cut = text("SELECT pg_terminate_backend(:pid, 5000)")
        assert session.scalar(cut, {"pid": pid})
        assert session.scalar(text("SHOW random_page_cost")) == "1.1"
    assert client.get("/institutions").status_code == 200
