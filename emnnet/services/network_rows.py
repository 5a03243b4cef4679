"""What loading a network did, row by row."""

from collections import Counter
from dataclasses import dataclass, field

from emnnet.selectors.network_plan import Outcome, Plan, Planned

__all__ = ["LoadReport", "Outcome", "report_of"]


@dataclass
class LoadReport:
    """How many rows of each table were made, changed or left, and which changed."""

    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)

    @property
    def counts_in_all(self) -> Counter[Outcome]:
        """Over all tables."""
        return sum(self.counts.values(), Counter())

    def total(self, outcome: Outcome) -> int:
        """Of one kind, over all tables."""
        return self.counts_in_all[outcome]


def report_of(plan: Plan) -> LoadReport:
    """Count the rows; one of which something becomes is named."""
    report = LoadReport()
    for planned in plan.rows:
        table = planned.given.table.replace("_", " ")
        report.counts.setdefault(table, Counter())[planned.outcome] += 1
        if planned.outcome is not Outcome.UNCHANGED:
            report.changes.append(_told(planned, table))
    return report


def _told(planned: Planned, table: str) -> str:
    columns = ", ".join(one.column for one in planned.differences)
    what = f" ({columns})" if columns else ""
    return f"{planned.outcome}: {table} {planned.given.name}{what}"
