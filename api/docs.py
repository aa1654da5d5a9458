"""The page of the OpenAPI document: plain HTML made on the server, readable without internet."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

STYLE = """
:root { color-scheme: light dark; --line: #8888; --soft: #8881; --key: #0017c1; }
@media (prefers-color-scheme: dark) { :root { --key: #9db7f9; } }
body { font: 16px/1.7 "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; margin: 0 auto;
  max-width: 64rem; padding: 1rem 1.5rem 6rem; }
h1 { font-size: 1.75rem; } h2 { border-bottom: 1px solid var(--line); margin-top: 3rem; }
a, summary b { color: var(--key); }
nav { columns: 14rem; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: 0 1rem; }
summary { cursor: pointer; padding: .5rem 0; }
summary:focus-visible, a:focus-visible { background: #ffd43d; color: #000; outline: 4px solid; }
code, pre { font-family: "Noto Sans Mono CJK JP", ui-monospace, monospace; font-size: .875rem; }
pre { background: var(--soft); overflow-x: auto; padding: .75rem 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left;
  vertical-align: top; }
.method { display: inline-block; font-weight: 700; min-width: 3.5rem; }
"""


def page(document: Mapping[str, Any]) -> str:
    title = escape(document["info"]["title"])
    groups = _by_tag(document)
    links = "".join(f'<li><a href="#{escape(tag)}">{escape(tag)}</a></li>' for tag in groups)
    body = "".join(_group(document, tag, entries) for tag, entries in groups.items())
    return (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{title} API</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" '
        f'href="/docs/style.css"></head><body><h1>{title} API</h1>'
        f"{_prose(document['info'].get('description', ''))}"
        '<p>機械が読む形: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1)</p>'
        f'<nav aria-label="分類"><ul>{links}</ul></nav><main>{body}</main></body></html>'
    )


def _by_tag(document: Mapping[str, Any]) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = operation.get("tags", ["その他"])[0]
            groups.setdefault(tag, []).append((method.upper(), path, operation))
    return groups


def _prose(text: str) -> str:
    """Paragraphs, lists and code as the description writes them."""
    lines = []
    for line in escape(text.strip()).split("\n"):
        parts = line.strip().split("`")
        coded = "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(parts))
        lines.append(f"<br>・{coded[2:]}" if coded.startswith("- ") else coded)
    return f"<p>{''.join(lines)}</p>"


def _group(
    document: Mapping[str, Any], tag: str, entries: list[tuple[str, str, dict[str, Any]]]
) -> str:
    shown = "".join(_operation(document, *entry) for entry in entries)
    return f'<section><h2 id="{escape(tag)}">{escape(tag)}</h2>{shown}</section>'


def _operation(
    document: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]
) -> str:
    fields = "".join(_rows(document, operation))
    table = (
        "<table><thead><tr><th>項目</th><th>形</th><th>説明</th></tr></thead>"
        f"<tbody>{fields}</tbody></table>"
    )
    summary = escape(operation.get("summary", ""))
    return (
        f'<details><summary><span class="method">{method}</span> <code>{escape(path)}</code> '
        f"<b>{summary}</b></summary>{_prose(operation.get('description', ''))}"
        f"{table if fields else ''}{_example(method, path, operation)}</details>"
    )


def _rows(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[str]:
    for given in operation.get("parameters", []):
        parameter = _resolved(document, given)
        needed = " *" if parameter.get("required") else ""
        name = f"{parameter['name']} ({parameter['in']}){needed}"
        yield _row(document, name, parameter["schema"], parameter.get("description"))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = _resolved(document, content["schema"])
        for name, field in schema.get("properties", {}).items():
            needed = " *" if name in schema.get("required", []) else ""
            yield _row(document, f"{name}{needed}", field, field.get("description"))


def _row(document: Mapping[str, Any], name: str, schema: Any, text: str | None) -> str:
    kind, said = escape(_kind(document, schema)), escape(text or "")
    return f"<tr><td><code>{escape(name)}</code></td><td>{kind}</td><td>{said}</td></tr>"


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = schema
    while "$ref" in found:
        target: Any = document
        for part in found["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        found = target
    return found  # type: ignore[no-any-return]


def _kind(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        found = _resolved(document, schema)
        return _choice(found["enum"]) if "enum" in found else str(found.get("title", "object"))
    for several in ("anyOf", "oneOf"):
        if several in schema:
            kinds = (_kind(document, each) for each in schema[several])
            return " / ".join(kind for kind in kinds if kind != "null")
    if "enum" in schema:
        return _choice(schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(document, schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("const") or schema.get("type", "any"))


def _choice(values: list[Any]) -> str:
    return " | ".join(map(str, values))


def _example(method: str, path: str, operation: Mapping[str, Any]) -> str:
    holder = operation.get("requestBody") or operation["responses"].get("200", {})
    for content in holder.get("content", {}).values():
        if "example" in content:
            text = json.dumps(content["example"], ensure_ascii=False, indent=2)
            title = "送る例" if method == "POST" else "返る例"
            return f"<p>{title} <code>{method} {escape(path)}</code></p><pre>{escape(text)}</pre>"
    return ""
