"""添え書き: what an extract covers, who made it, and the rule that it never leaves the office."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from replays.extracts.tables import TABLES
from replays.extracts.writing import Form, Tables

MANIFEST = "extract.json"
README = "README.md"
FORMAT = 1
RULE = (
    "この書き出しは、一行が一件の表です。"
    "庁外に持ち出さず、公表せず、ほかの名簿と突き合わせないでください。"
)
_README = """# 歴史表の書き出し

**{rule}**
庁外に出せるのは、決められた集計表だけです。

- 自治体の設定: {municipality}{demonstration}
- 台帳の位置 {position:,} まで（最後の記録 {recorded_at}）
- 書き出した人と日時: {made_by}、{made_at}
- 使う仕事: {use}

- 氏名、住所、電話番号、本文は入っていません。
- 世帯と本人は、この書き出しかぎりの仮名です。仮名の鍵は残していません。
  だれにも元の番号に戻せず、別の書き出しとも結び付きません。
- 支援措置などの秘匿がある世帯では、機関、係、圏域、受入先が空です。

どの行にも四つの日付があります。true_from から true_to の前日までが、そうだった期間です。
known_from から known_to の前日までが、そう分かっていた期間です。
終わりが空なら、いまも続いています。

| 表 | 行 | 内容 |
|---|---|---|
{tables}
"""


def write_manifest(directory: Path, told: dict[str, Any], rows: Tables, form: Form) -> None:
    manifest = {
        "format": FORMAT,
        "rule": RULE,
        **told,
        "form": form.value,
        "rows": dict(rows),
        "engine": {"duckdb": duckdb.__version__, "pyarrow": pa.__version__},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, default=datetime.isoformat) + "\n"
    (directory / MANIFEST).write_text(text, encoding="utf-8")
    (directory / README).write_text(_readme(told, rows), encoding="utf-8")


def _readme(told: dict[str, Any], rows: Tables) -> str:
    said = {name: (kind.__doc__ or "").partition("\n")[0] for name, kind in TABLES.items()}
    lines = [f"| {name} | {rows[name]:,} | {said[name]} |" for name in TABLES]
    marked = "（デモ用の台帳。すべて架空です）" if told["demonstration"] else ""
    given = {**told, "demonstration": marked, "tables": "\n".join(lines), "rule": RULE}
    return _README.format(**given)
