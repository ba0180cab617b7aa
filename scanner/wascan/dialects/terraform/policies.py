"""IAM policy documents that are put together when the plan is applied, as far as the plan knows them.

Source: Terraform Registry, hashicorp/aws, "Data Source: aws_iam_policy_document"; IAM User Guide, "Grammar of the IAM
JSON policy language".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wascan.markers import MARKERS, Unknown

if TYPE_CHECKING:
    from wascan.dialects.terraform.module import PlanResource

_ELEMENTS = (
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
)
_OVERRIDDEN = Unknown("a document that is known only when it is applied may override it")


def document(resource: PlanResource) -> dict[str, Any]:
    """The policy document of a data source, with markers for what is unknown in it.

    Its parts are merged in order: what it starts from, its own statements, what overrides them. A statement takes
    the place of an earlier one with the same Sid.
    """
    data = resource.properties
    statements: list[Any] = []
    for part in (*_documents(data.get("source_json")), *_documents(data.get("source_policy_documents"))):
        _merge(statements, part)
    _merge(statements, [_statement(item) for item in _items(data.get("statement"))])
    for part in (*_documents(data.get("override_json")), *_documents(data.get("override_policy_documents"))):
        _merge(statements, part)
    version = data.get("version")
    return {"Version": version or "2012-10-17", "Statement": statements}


def _items(data: Any) -> list[Any]:
    """Something that stands any number of times, as a list."""
    if isinstance(data, list):
        return data
    return [] if data in (None, "") else [data]


def _documents(data: Any) -> list[list[Any]]:
    """The statements of each of the documents that stand in an attribute."""
    found = []
    for item in _items(data):
        if isinstance(item, str):
            try:
                item = json.loads(item)
            except ValueError:
                item = Unknown("it is no JSON")
        written = item.get("Statement") if isinstance(item, dict) else item
        if written is not None:
            found.append([_lasting(part) for part in _items(written)])
    return found


def _lasting(statement: Any) -> Any:
    if isinstance(statement, (dict, Unknown)):
        return statement
    return Unknown("it is a document that is known only when it is applied")


def _merge(statements: list[Any], more: list[Any]) -> None:
    for item in more:
        if not isinstance(item, dict):
            # it may be any statement, so that it may take the place of any that has a Sid
            statements[:] = [_OVERRIDDEN if isinstance(old, dict) and old.get("Sid") else old for old in statements]
            statements.append(item)
            continue
        sid = item.get("Sid")
        if isinstance(sid, MARKERS):
            statements[:] = [_OVERRIDDEN if isinstance(old, dict) and old.get("Sid") else old for old in statements]
        same = [
            index for index, old in enumerate(statements) if sid and isinstance(old, dict) and old.get("Sid") == sid
        ]
        if same:
            statements[same[0]] = item
        else:
            statements.append(item)


def _statement(block: Any) -> Any:
    """One ``statement`` block as a statement of IAM."""
    if not isinstance(block, dict):
        return _lasting(block)
    found: dict[str, Any] = {}
    if block.get("sid"):
        found["Sid"] = block["sid"]
    found["Effect"] = block.get("effect") or "Allow"
    for name, element in _ELEMENTS:
        if block.get(name):
            found[element] = block[name]
    for name, element in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        if block.get(name):
            found[element] = _principals(block[name])
    if block.get("condition"):
        found["Condition"] = _conditions(block["condition"])
    return found


def _principals(blocks: Any) -> Any:
    found: dict[str, Any] = {}
    for block in _items(blocks):
        if not isinstance(block, dict) or not isinstance(block.get("type"), str):
            return _lasting(block) if not isinstance(block, dict) else Unknown("the type of a principal is unknown")
        identifiers = block.get("identifiers")
        if block["type"] == "*":
            return "*" if _items(identifiers) == ["*"] else Unknown("a principal is known only when it is applied")
        found.setdefault(block["type"], []).extend(_items(identifiers))
    return found


def _conditions(blocks: Any) -> Any:
    found: dict[str, dict[str, Any]] = {}
    for block in _items(blocks):
        if not isinstance(block, dict):
            return _lasting(block)
        test, variable = block.get("test"), block.get("variable")
        if not isinstance(test, str) or not isinstance(variable, str):
            return Unknown("a condition is known only when it is applied")
        found.setdefault(test, {}).setdefault(variable, []).extend(_items(block.get("values")))
    return found
