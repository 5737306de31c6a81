"""What the database itself refuses to do to a confirmed ranking (M5): the services are not the only way to a table."""

from core.ledger.protection import Guard, changed
from mileage.enums import RankingState
from mileage.models import Prize, Ranking, RankingRow

MESSAGE = "a confirmed ranking is never changed"
CONFIRMED, DRAFT = (f"'{state.value}'" for state in (RankingState.CONFIRMED, RankingState.DRAFT))
RANKINGS, ROWS, PRIZES = (model._meta.db_table for model in (Ranking, RankingRow, Prize))
SIGNED = ["confirmed_by_id", "confirmed_at"]
FROZEN = [f.attname for f in Ranking._meta.concrete_fields if f.attname not in {*SIGNED, "state", "version"}]


def _exists(tables: str, where: str) -> str:
    return f"EXISTS (SELECT 1 FROM {tables} WHERE {where})"  # noqa: S608  names of our own tables


def _confirmed(*ids: str) -> str:
    return _exists(f"{RANKINGS} k", f"k.id IN ({', '.join(ids)}) AND k.state = {CONFIRMED}")


STAYS = f"NEW.state = {CONFIRMED} AND NOT ({changed(SIGNED)})"
# Back to a draft as a whole, as long as no prize was handed out; its rows are free again then.
WITHDRAWN = (
    f"NEW.state = {DRAFT} AND NEW.confirmed_by_id IS NULL AND NEW.confirmed_at IS NULL AND NOT "
    + _exists(f"{PRIZES} p JOIN {ROWS} r ON r.id = p.row_id", "r.ranking_id = OLD.id")
)
# INSERT is refused for SQLite's INSERT OR REPLACE, which deletes without asking.
GUARDS = (
    Guard(
        Ranking,
        {
            "INSERT": _exists(
                f"{RANKINGS} k",
                f"k.state = {CONFIRMED} AND (k.id = NEW.id OR (k.kind = NEW.kind AND k.period = NEW.period))",
            ),
            "UPDATE": f"OLD.state = {CONFIRMED} AND ({changed(FROZEN)} OR NOT (({STAYS}) OR ({WITHDRAWN})))",
            "DELETE": f"OLD.state = {CONFIRMED}",
        },
        MESSAGE,
    ),
    Guard(
        RankingRow,
        {
            "INSERT": _confirmed("NEW.ranking_id")
            + " OR "
            + _exists(
                f"{ROWS} r JOIN {RANKINGS} k ON k.id = r.ranking_id",
                f"r.id = NEW.id AND k.state = {CONFIRMED}",
            ),
            "UPDATE": _confirmed("OLD.ranking_id", "NEW.ranking_id"),
            "DELETE": _confirmed("OLD.ranking_id"),
        },
        MESSAGE,
    ),
)
