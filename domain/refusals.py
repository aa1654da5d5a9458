"""Refusals (お断り): a subclass's name is its stable code, its docstring the sentence the staff
member reads.
"""

from typing import ClassVar


class Refused(Exception):
    """この操作はできません。"""

    rests_on_shown: ClassVar[bool] = False
    """Whether it may read otherwise to a writer who is shown whom the log does not tell them of."""

    def __init__(self, **details: object) -> None:
        """`details` are members of the problem document: codes, ids and days, never personal
        text.
        """
        super().__init__(type(self).__name__)
        self.details = details


class Unknown(Refused):
    """該当する記録が見つかりません。"""

    rests_on_shown = True


class Overtaken(Refused):
    """他の記録が先に入りました。内容を確かめて、もう一度記録してください。"""


class AlreadyRecorded(Refused):
    """同じものがすでに記録されています。"""


class InTheFuture(Refused):
    """これから先の日付は、起きたこととして記録できません。"""


class UnknownCode(Refused):
    """この自治体の設定にないコードです。選べる値を確かめてください。"""


class UnknownAgency(Refused):
    """この自治体の設定にない機関または係です。"""


class UnknownBody(Refused):
    """この自治体の設定にない会議体です。"""


class RoleNeeded(Refused):
    """この操作に必要な役割が、今日の任命にありません。"""


class NotAMember(Refused):
    """その人は、この世帯の世帯員として記録されていません。先に世帯員として書き加えてください。"""

    rests_on_shown = True


class HouseholdClosed(Refused):
    """この世帯の支援は終結または中断しています。再開してから記録してください。"""


class ReadByNobody(Refused):
    """秘匿にした記録を読めるのは支援措置の担当だけで、通報した人が分かる記録と支援会議で知ったことは、担当も読めません。だれにも読めなくなるので、居場所の分かるところを別の記録か段落に分けて、それだけを秘匿にしてください。"""
