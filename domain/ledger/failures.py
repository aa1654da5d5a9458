"""What can go wrong around the log, and the refusals only the log can give."""

from uuid import UUID

from domain.refusals import Refused


class OutcomeUnknown(Exception):
    """記録できたかどうか確かめられません。同じ Idempotency-Key でもう一度送ってください。"""


class LedgerUnavailable(Exception):
    """台帳に接続できません。しばらくしてから、もう一度送ってください。"""


class KeysUnavailable(LedgerUnavailable):
    """鍵の保管庫に接続できません。しばらくしてから、もう一度送ってください。"""


class BrokenSeal(Exception):
    """記録の封が壊れているか、別の場所の記録と入れ替わっています。個人情報保護担当に知らせてください。"""


class KeyDestroyed(Exception):
    """この文の鍵は破棄されています。二度と読めません。"""


class ReceiptsUnavailable(Exception):
    """閲覧簿に記録できないため、お見せできません。しばらくしてから、もう一度開いてください。"""


class UnsafeSettings(Exception):
    """The database or the environment is set up so that facts could be lost."""


class NotMigrated(UnsafeSettings):
    """The database has no ledger of this version; run `setai migrate`."""


class BookNotMigrated(NotMigrated):
    """The database of the 閲覧簿 is missing, or not of this version; run `setai migrate`."""


class WrongTokenKey(Exception):
    """符の鍵のファイルが使えません。ほかの利用者が読めない 32 バイトのファイルにしてください。"""


class UnknownFact(Exception):
    """A stored fact that this version cannot read; never a reason to import what its name says."""

    def __init__(self, name: str, stream: UUID, version: int, position: int | None = None) -> None:
        super().__init__(f"{name} ({stream}, version {version})")
        self.name = name
        self.stream = stream
        self.version = version
        self.position = position


class CommandIdReused(Refused):
    """この Idempotency-Key は、別の内容の記録にすでに使われています。"""


class StaleView(Refused):
    """ご覧になった後に記録が加わりました。確かめてください。書いた直後なら、その答えの「Setai-Position」を「after」に付けて読み直してください。"""


class NotADemonstration(Refused):
    """時刻を指定できるのは、デモ用に作られた台帳だけです。"""
