"""Who may open which page. A view that does not say is closed to all."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from emnnet.domain.roles import OFFICE_ROLES, Role

View = TypeVar("View", bound=Callable[..., Any])
Guard = Callable[..., bool]
OPEN_ENDPOINTS = {"static"}


def public(view: View) -> View:
    """Anyone may open this page."""
    return requires(anyone)(view)


def requires(guard: Guard) -> Callable[[View], View]:
    """Open to those whom `guard` lets in; it is given the arguments of the view."""

    def mark(view: View) -> View:
        view._guard = guard  # type: ignore[attr-defined]
        return view

    return mark


def enforce() -> ResponseReturnValue | None:
    """Refuse a view without a mark, and whoever its guard turns away."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    view = current_app.view_functions[request.endpoint]
    guard: Guard | None = getattr(view, "_guard", None)
    if guard is not None and guard(**request.view_args or {}):
        return None
    if guard is None or current_user.is_authenticated or not _is_a_visit():
        abort(403)
    return redirect(url_for("accounts.sign_in", next=request.full_path), 303)


def _is_a_visit() -> bool:
    """A page somebody opened; what was posted is answered with 403 and given back.

    Behind a personal link there is no account to sign in with: that page says so.
    """
    by_link = request.view_args and "assignment_id" in request.view_args
    return request.method in {"GET", "HEAD"} and not by_link


def anyone(**_: Any) -> bool:
    """Guard: everybody."""
    return True


def signed_in(**_: Any) -> bool:
    """Guard: somebody with an account."""
    return bool(current_user.is_authenticated)


def has_role(*roles: Role) -> Guard:
    """Make a guard for some roles."""

    def guard(**_: Any) -> bool:
        return current_user.is_authenticated and current_user.role in roles

    guard.__name__ = "has_role_" + "_".join(sorted(roles))
    return guard


office = has_role(*OFFICE_ROLES)
coordinators = has_role(Role.ADMIN, Role.COORDINATOR)
approvers = has_role(Role.ADMIN, Role.APPROVER)
admins = has_role(Role.ADMIN)
