"""Told to stop: a job that takes long asks between two pieces of its work."""

from threading import Event

from flask import Flask, current_app

KEY = "emnnet.stopping"


def stop_by(app: Flask, told: Event) -> None:
    """From now on `told` says whether the process is to stop."""
    app.extensions[KEY] = told


def is_told_to_stop() -> bool:
    """Is this process to stop? Never, where nobody listens for signals."""
    told: Event | None = current_app.extensions.get(KEY)
    return told is not None and told.is_set()
