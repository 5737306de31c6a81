"""Who carries what the outbox only knows to be on its way."""

from collections.abc import Callable
from dataclasses import dataclass

from basis.sockets import Socket
from notifications.models import Mail


@dataclass(frozen=True)
class Failure:
    """Why something did not go: `reason` for people, `answer` as the other side put it. `final`: it would not go
    another time either."""

    reason: str
    answer: str = ""
    final: bool = False


@dataclass(frozen=True)
class Courier:
    """Of mails of this `kind` the outbox keeps neither text nor address (docs/adr/0021): `carry(mail)` brings both and
    sends, outside any transaction, and says what hindered it; `told(mail, failure)` hears what came of it in the
    transaction that notes it."""

    kind: str
    carry: Callable[[Mail], Failure | None]
    told: Callable[[Mail, Failure | None], None]


COURIERS: Socket[Courier] = Socket("couriers", key=lambda courier: courier.kind)
