"""The `emnnet` command."""

from flask.cli import FlaskGroup

from emnnet.app import create_app

main = FlaskGroup(
    name="emnnet",
    help="The work of a National Contact Point of the EMN.",
    create_app=create_app,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
)

if __name__ == "__main__":
    main()
