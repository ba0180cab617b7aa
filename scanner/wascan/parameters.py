"""Files of parameter values, in each of the forms that AWS's tools take.

- the AWS CLI's list of ``{"ParameterKey": ..., "ParameterValue": ...}`` (``create-stack --parameters file://``);
- the list of ``"Key=Value"`` that ``deploy --parameter-overrides file://`` takes;
- CodePipeline's template configuration: a mapping under ``Parameters``;
- a plain mapping, in JSON or YAML.
"""

from __future__ import annotations

from typing import Any

from wascan import document
from wascan.markers import plain


class ParametersError(Exception):
    """A file of parameters cannot be used; the message says where and why."""


def read(path: str) -> dict[str, str]:
    """The values in a file by parameter name, as text; a list's items are joined with commas."""
    try:
        with open(path, "rb") as stream:
            data = document.read(path, stream.read()).data
    except OSError as error:
        raise ParametersError(f"{path}: cannot be read: {error.strerror}") from error
    except document.DocumentError as error:
        where = f"{path}:{error.line}" if error.line else path
        raise ParametersError(f"{where}: {error.message}") from error
    found: dict[str, str] = {}
    if isinstance(data, dict):
        inside = data["Parameters"] if isinstance(data.get("Parameters"), dict) else data
        found = {name: _text(path, name, value) for name, value in inside.items()}
    elif isinstance(data, list):
        for item in data:
            if isinstance(item, dict) and isinstance(item.get("ParameterKey"), str):
                # UsePreviousValue leaves it open
                if "ParameterValue" in item:
                    found[item["ParameterKey"]] = _text(path, item["ParameterKey"], item["ParameterValue"])
            elif isinstance(item, str) and "=" in item:
                name, _, value = item.partition("=")
                found[name] = value
            else:
                raise ParametersError(f"{path}: {item!r} is no parameter with a key and a value")
    else:
        raise ParametersError(f"{path}: holds no parameters: it should be a mapping or a list")
    return found


def _text(path: str, name: str, value: Any) -> str:
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return ",".join(plain(item) for item in value)
    if isinstance(value, (dict, list)):
        raise ParametersError(f"{path}: the value of {name} is neither text nor a list of texts")
    return plain(value)
