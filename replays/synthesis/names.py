"""名前・住所 (すべて架空): put together from syllables, so that nobody real can be meant."""

from typing import NamedTuple

from replays.synthesis.chance import Chance

_FIRST = (
    ("灯", "ともしび"),
    ("霞", "かすみ"),
    ("雫", "しずく"),
    ("月影", "つきかげ"),
    ("凪", "なぎ"),
    ("星見", "ほしみ"),
    ("風待", "かざまち"),
    ("雪解", "ゆきげ"),
    ("麦", "むぎ"),
    ("朝霧", "あさぎり"),
    ("夕凪", "ゆうなぎ"),
    ("花筏", "はないかだ"),
    ("虹", "にじ"),
    ("若葉", "わかば"),
    ("硝子", "がらす"),
    ("木洩", "こもれ"),
    ("蛍", "ほたる"),
    ("貝寄", "かいよせ"),
    ("銀杏", "いちょう"),
    ("鈴音", "すずね"),
)
_SECOND = (
    ("野", "の"),
    ("原", "はら"),
    ("川", "かわ"),
    ("沢", "さわ"),
    ("崎", "さき"),
    ("浦", "うら"),
    ("谷", "たに"),
    ("岡", "おか"),
    ("瀬", "せ"),
    ("辺", "べ"),
    ("森", "もり"),
    ("井", "い"),
)
_GIVEN_FEMALE = (
    ("こと", "こと"),
    ("みの", "みの"),
    ("すず", "すず"),
    ("はる", "はる"),
    ("うた", "うた"),
    ("つむ", "つむ"),
    ("ゆら", "ゆら"),
    ("あや", "あや"),
)
_END_FEMALE = (("子", "こ"), ("美", "み"), ("江", "え"), ("ぎ", "ぎ"), ("ね", "ね"), ("代", "よ"))
_GIVEN_MALE = (
    ("草", "そう"),
    ("航", "こう"),
    ("陽", "よう"),
    ("里", "り"),
    ("岳", "がく"),
    ("舟", "しゅう"),
    ("冬", "とう"),
    ("詩", "し"),
)
_END_MALE = (
    ("一", "いち"),
    ("太", "た"),
    ("平", "へい"),
    ("介", "すけ"),
    ("吾", "ご"),
    ("弥", "や"),
)
_FOREIGN = (
    "マレ",
    "ソウ",
    "リン",
    "カイ",
    "ドナ",
    "ベル",
    "ティエ",
    "ノラ",
    "サビ",
    "ユゼ",
    "ラウ",
    "ミコ",
)
_TOWNS = (
    "架空町",
    "星見台",
    "麦笛町",
    "潮騒通",
    "木洩日町",
    "夢見坂",
    "風車町",
    "水鏡町",
    "綿雲台",
    "鈴掛通",
    "雨宿町",
    "手紙坂",
)
_VARIANTS = (("崎", "﨑"), ("辺", "邉"), ("沢", "澤"), ("浦", "裏"), ("野", "埜"), ("原", "源"))


class Name(NamedTuple):
    """氏名とふりがな。"""

    surname: str
    given: str
    surname_kana: str
    given_kana: str

    @property
    def text(self) -> str:
        return f"{self.surname} {self.given}"

    @property
    def kana(self) -> str:
        return f"{self.surname_kana} {self.given_kana}"


def surname(chance: Chance) -> tuple[str, str]:
    (first, first_kana), (second, second_kana) = chance.pick(_FIRST), chance.pick(_SECOND)
    return first + second, first_kana + second_kana


def foreign_surname(chance: Chance) -> tuple[str, str]:
    text = chance.pick(_FOREIGN) + chance.pick(_FOREIGN)
    return text, text


def named(family: tuple[str, str], sex: str, chance: Chance) -> Name:
    if family[0] == family[1]:
        given = chance.pick(_FOREIGN) + chance.pick(_FOREIGN)
        return Name(*family[:1], given, family[1], given)
    female = sex == "female"
    begin, begin_kana = chance.pick(_GIVEN_FEMALE if female else _GIVEN_MALE)
    end, end_kana = chance.pick(_END_FEMALE if female else _END_MALE)
    return Name(family[0], begin + end, family[1], begin_kana + end_kana)


def misspelt(name: Name, chance: Chance) -> Name:
    """As another window wrote it: a variant character, a kana misheard, the given name in kana."""
    for usual, variant in _VARIANTS:
        if name.surname.endswith(usual) and chance.happens(0.6):
            return name._replace(surname=name.surname[:-1] + variant)
    if chance.happens(0.5):
        return name._replace(given=name.given_kana)
    return name._replace(given_kana=name.given_kana[:-1] + "い")


def address(chance: Chance) -> str:
    block = f"{chance.between(1, 6)}丁目{chance.between(1, 30)}番{chance.between(1, 20)}号"
    room = f" {chance.between(1, 5)}0{chance.between(1, 8)}" if chance.happens(0.4) else ""
    return f"{chance.pick(_TOWNS)}{block}{room}"


def phone(chance: Chance) -> str:
    """No network gives out numbers that begin with three noughts."""
    return f"000-{chance.between(1000, 9999)}-{chance.between(1000, 9999)}"
