"""Where the file room is."""

from pathlib import Path

from flask import current_app


def files_folder() -> Path:
    """Under the instance, unless the settings name a folder elsewhere."""
    return Path(current_app.instance_path, current_app.config["FILES_FOLDER"])
