"""What the configuration of an AWS provider says of everything that it makes: Region, account, default tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform import references
from wascan.markers import Unknown

if TYPE_CHECKING:
    from collections.abc import Hashable

    from wascan.dialects.terraform.answers import Here

_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d")
_ROLE = re.compile(r"arn:[a-z-]+:iam::(\d{12}):role/.+")


class Provider:
    """One provider configuration, its expressions evaluated where they stand.

    `region` and `account` hold where it names none.
    """

    def __init__(
        self, expressions: dict[str, Any], here: Here, name: Hashable, region: str | None, account: str | None
    ) -> None:
        self._here = here
        self.region = self._region(expressions.get("region"), name, region)
        self.account = self._account(expressions, name, account)
        self.tags, self.more_tags = self._tags(expressions.get("default_tags"))

    def _region(self, written: Any, name: Hashable, fallback: str | None) -> Any:
        if written is None:
            reason = "its provider takes the Region from the environment"
            return fallback or Unknown(reason, ("region", name), filled=True)
        found = references.value(self._here, written)
        if isinstance(found, str) and _REGION.fullmatch(found):
            return found
        reason = found.reason if isinstance(found, Unknown) else "the plan does not show the Region of its provider"
        return Unknown(reason, ("region", name), filled=True)

    def _account(self, expressions: dict[str, Any], name: Hashable, fallback: str | None) -> Any:
        allowed = (
            references.value(self._here, expressions["allowed_account_ids"])
            if "allowed_account_ids" in expressions
            else None
        )
        if isinstance(allowed, list) and len(allowed) == 1 and isinstance(allowed[0], str):
            return allowed[0]
        roles = expressions.get("assume_role")
        for role in roles if isinstance(roles, list) else ():
            arn = references.value(self._here, role.get("role_arn")) if isinstance(role, dict) else None
            if isinstance(arn, str) and (found := _ROLE.fullmatch(arn)):
                return found[1]
        return fallback or Unknown(
            "the plan does not say which account its provider uses", ("account", name), filled=True
        )

    def _tags(self, blocks: Any) -> tuple[dict[str, Any], bool]:
        """The default tags, and whether there may be more."""
        found: dict[str, Any] = {}
        open = False
        for block in blocks if isinstance(blocks, list) else ():
            written = block.get("tags") if isinstance(block, dict) else None
            if written is None:
                continue
            tags = references.value(self._here, written)
            if isinstance(tags, dict):
                found.update(tags)
            # what stands around a reference, as in merge(), is lost
            open = open or not isinstance(tags, dict) or "constant_value" not in written
        return found, open
