"""The office words its mails itself: texts, placeholders, preview, versions."""

from emnnet.web.mail_wordings.routes import bp

__all__ = ["bp"]
