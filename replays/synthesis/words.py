"""ことば: short sentences as a tired counsellor writes them, by trouble."""

from replays.synthesis.chance import Chance

_OPENING = (
    "窓口で聞き取り。", "電話で聞き取り。", "来所され、ゆっくり話を聞いた。", "短い相談だったが、気がかりが残る。",
    "初回の相談。", "落ち着いた様子で話された。", "言葉を選びながら話された。",
)  # fmt: skip
_TROUBLE = {
    "elderly": (
        "足腰が弱り、買い物が負担になってきた。", "物忘れが増え、同じ品を何度も買ってくる。",
        "退院後の暮らしに不安がある。", "介護保険の申請について知りたい。", "配偶者を亡くし、外に出なくなった。",
    ),
    "disability": (
        "手帳の更新の手続きを知りたい。", "通所先が合わず、行けない日が続く。", "親亡き後の暮らしが心配。",
        "通院を中断している。", "計画相談の事業所を探している。",
    ),
    "children": (
        "夜泣きが続き、眠れない。", "学校を休みがちになった。", "弟妹の世話で宿題ができない。",
        "保育園の申込みを知りたい。", "子どもへの声かけに悩んでいる。",
    ),
    "needy": (
        "家賃が2か月遅れている。", "仕事が減り、光熱費が払えない。", "貯えが尽きかけている。",
        "食べるものが足りない日がある。", "債務の督促が続いている。",
    ),
}  # fmt: skip
_OTHER = (
    "暮らしの困りごとが重なっている。",
    "どこに相談したらよいか分からなかった。",
    "家族のことで悩んでいる。",
)
_CLOSING = (
    "制度と窓口を案内した。", "様子を見て、また連絡することにした。", "本人の気持ちを聞きながら進める。",
    "次回の約束をした。", "関係機関と相談のうえ対応する。", "無理のない範囲で続ける。",
)  # fmt: skip
_VISIT = (
    "玄関先で声をかけたが応答がない。手紙を置いた。", "カーテンが少し開いていた。声はかけられなかった。",
    "インターホン越しに短く返事があった。", "郵便受けの手紙はなくなっていた。", "隣家の方から、昨夜は明かりがついていたと聞いた。",
)  # fmt: skip
_MET = (
    "ドア越しに少し話ができた。", "玄関で10分ほど話せた。体調は悪くないという。", "庭先で本人に会えた。来てもよいと言われた。",
    "一緒にお茶を飲みながら話を聞いた。", "家族の同席で話を聞いた。",
)  # fmt: skip
_WISHES = (
    "このまま家で暮らしたい。", "少しずつ外に出てみたい。", "お金のことを整理したい。", "子どもには苦労をかけたくない。",
    "誰かに話を聞いてほしい。", "働けるようになりたい。", "静かに暮らせればよい。",
)  # fmt: skip
_TASKS = (
    "週1回の訪問と声かけ", "通院の同行", "家計の整理の支援", "介護サービスの調整", "学校との連絡",
    "見守りと緊急時の連絡", "手続きの同行", "居場所への付き添い",
)  # fmt: skip
_MINUTES = (
    "状況を共有し、役割を分担した。", "本人の意向を確かめながら進めることとした。", "次回までに各機関が様子を確認する。",
    "支援の経過を確認し、方針を続けることとした。", "緊急時の連絡先を確認した。",
)  # fmt: skip


def trouble(field: str, chance: Chance) -> str:
    middle = chance.pick(_TROUBLE.get(field, _OTHER))
    return chance.pick(_OPENING) + middle + chance.pick(_CLOSING)


def visit(chance: Chance) -> str:
    return chance.pick(_VISIT)


def met(chance: Chance) -> str:
    return chance.pick(_MET) + chance.pick(_CLOSING)


def wish(chance: Chance) -> str:
    return chance.pick(_WISHES)


def task(chance: Chance) -> str:
    return chance.pick(_TASKS)


def minute(chance: Chance) -> str:
    return chance.pick(_MINUTES)
