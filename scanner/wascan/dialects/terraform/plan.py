"""One plan: its modules, its providers, and what it leaves open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wascan.dialects.terraform import secrets
from wascan.dialects.terraform.answers import Here, Key, steps
from wascan.dialects.terraform.module import Module, PlanResource, mapping
from wascan.dialects.terraform.places import Places, Sealed
from wascan.dialects.terraform.providers import Provider
from wascan.graph import Note
from wascan.markers import ABSENT, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wascan.dialects import Settings
    from wascan.document import Document, Path
    from wascan.graph import Graph

_CALL = re.compile(r'(?:^|\.)module\.([^.\[]+)(?:\[("(?:[^"\\]|\\.)*"|\d{1,9})\])?$')
_HEAD = re.compile(r"([\w-]+)\.([\w-]+)")
_OPAQUE = ("local", "data", "terraform_data", "null_resource")
"""What may hand on anything that is in its module, without the plan showing it."""

_KEPT = frozenset(("create", "update", "no-op", "read"))
_LEFT_OUT = Unknown("the plan leaves out what is known only when it is applied")


class Plan:
    """The JSON of one plan on its way into a graph."""

    def __init__(self, graph: Graph, document: Document, settings: Settings, folder: str | None) -> None:
        self.graph = graph
        self.document = Sealed(document)
        self.data: dict[str, Any] = document.data
        self.address = document.name
        self.settings = settings
        self.hops = 0
        folders = [*settings.source_folders, *([folder] if folder is not None else [])]
        self.places = Places(self.document, folders, self.hide, graph.files.add)
        self._secrets: list[str] | None = None
        self.configuration = mapping(self.data.get("configuration"))
        changes = self.data.get("resource_changes")
        self.values_only = not isinstance(changes, list)
        self._tops: set[int] = set()
        self._providers: dict[tuple[str, str], Provider] = {}
        self._modules: dict[str, Module] = {}
        self._flows: dict[Module, tuple[dict[str, list[Module]], set[str]]] = {}
        self._seen: set[str] = set()
        self.partial = self._incomplete()
        # without a configuration, nobody can tell that all of it is planned
        seen_whole = bool(self.configuration) or self.data.get("complete") is True
        self.whole = settings.whole or (seen_whole and not self.partial)
        self.root = self.module("")
        self._read(changes if isinstance(changes, list) else [])
        if not self.partial and self.data.get("complete") is not True and self._targeted():
            self._confine("it was made with -target, so that resources of the configuration are not in it")

    def _incomplete(self) -> str:
        """Why resources may be missing from the plan."""
        if self.data.get("errored") is True:
            return self._say("making it failed half-way (errored: true), so that resources may be missing from it")
        if self.data.get("deferred_changes"):
            return self._say("it defers changes to a later plan, so that resources may be missing from it")
        if self.data.get("complete") is False:
            return self._say(
                "it is not complete (-target, or deferred changes), so that resources may be missing from it"
            )
        return ""

    def _say(self, message: str) -> str:
        self.graph.notes.append(Note("warning", f"this plan is judged in parts: {message}", self.address))
        return f"the plan is not complete: {message.removeprefix('it ')}"

    def _confine(self, message: str) -> None:
        self.partial = self._say(message)
        self.whole = self.settings.whole
        for module in self._modules.values():
            module.partial, module.whole = self.partial, self.whole

    def _targeted(self) -> bool:
        """Whether the configuration has resources that the plan does not have, although nothing repeats them."""
        for module in self._modules.values():
            written = module.configuration.get("resources")
            for entry in written if isinstance(written, list) else ():
                if isinstance(entry, dict) and entry.get("mode") == "managed":
                    repeated = "count_expression" in entry or "for_each_expression" in entry
                    if not repeated and str(entry.get("address")) not in module.groups:
                        return True
        return False

    def module(self, address: str) -> Module:
        """The module instance at an address; what is no address is taken for the root."""
        found = self._modules.get(address)
        if found is not None:
            return found
        match = _CALL.search(address)
        if match is None:
            if address:
                return self.module("")
            made = Module(self, "", None, "", None, mapping(self.configuration.get("root_module")))
        else:
            parent = self.module(address[: match.start()])
            call, index = match.groups()
            key: Key = None
            if index is not None:
                (step,) = steps(f"[{index}]")
                key = step[0] if isinstance(step, tuple) else None
            made = Module(self, address, parent, call, key, mapping(parent.calling(call).get("module")))
            parent.calls.setdefault(call, {})[key] = made
        self._modules[address] = made
        self.graph.scopes.append(made)
        return made

    def _read(self, changes: list[Any]) -> None:
        data: list[PlanResource] = []
        for index, entry in enumerate(changes):
            self._change(entry, ("resource_changes", index), data)
        deferred = self.data.get("deferred_changes")
        for index, item in enumerate(deferred if isinstance(deferred, list) else ()):
            entry = item.get("resource_change") if isinstance(item, dict) else None
            self._change(entry, ("deferred_changes", index, "resource_change"), data, deferred=True)
        earlier = _addresses(mapping(mapping(self.data.get("prior_state")).get("values")).get("root_module"))
        self._values(("planned_values", "root_module"), data, earlier if self.values_only else None)
        self._values(("prior_state", "values", "root_module"), data, None)
        # data sources are never judged: they come last, where nobody counts them
        self.graph.resources += data

    def _change(self, entry: Any, path: Path, data: list[PlanResource], *, deferred: bool = False) -> None:
        """Takes in one entry of `resource_changes`."""
        change = mapping(entry.get("change") if isinstance(entry, dict) else None)
        actions = change.get("actions")
        if not isinstance(actions, list) or not _is_named(entry):
            self._complain(path)
            return
        if "deposed" in entry or _KEPT.isdisjoint(action for action in actions if isinstance(action, str)):
            self._seen.add(entry["address"])
            self.graph.removed.add(entry["type"])
            return
        after, unknown, sensitive = change.get("after"), change.get("after_unknown"), change.get("after_sensitive")
        if not isinstance(after, dict):
            if after is not None or unknown is not True:
                self._complain(path)
                return
            after = {}
        self._add(
            entry, path, "change.after", after, mapping(unknown), {} if sensitive is False else sensitive,
            tuple(action for action in actions if isinstance(action, str)), data,
            within=entry.get("module_address"), deferred=deferred,
        )  # fmt: skip

    def _values(self, path: Path, data: list[PlanResource], earlier: set[str] | None) -> None:
        """Takes in what `planned_values` or `prior_state` has beside the changes: of the latter the data sources.

        Where a plan has no changes, what is in `earlier` exists already, and the rest is made.
        """
        state = path[0] == "prior_state"
        todo: list[tuple[Any, Path]] = [(self._at(path), path)]
        while todo:
            module, here = todo.pop()
            resources, children = mapping(module).get("resources"), mapping(module).get("child_modules")
            for index, entry in enumerate(resources if isinstance(resources, list) else ()):
                if not isinstance(entry, dict) or (state and entry.get("mode") != "data"):
                    continue
                if not _is_named(entry):
                    self._complain((*here, "resources", index))
                elif entry["address"] not in self._seen:
                    values, sensitive = mapping(entry.get("values")), entry.get("sensitive_values")
                    actions = ("create",) if earlier is not None and entry["address"] not in earlier else ("no-op",)
                    self._add(
                        entry, (*here, "resources", index), "values", values, {}, sensitive, actions, data,
                        within=mapping(module).get("address"),
                    )  # fmt: skip
            if isinstance(children, list):
                todo += [
                    (child, (*here, "child_modules", index)) for index, child in reversed(list(enumerate(children)))
                ]

    def _at(self, path: Path) -> Any:
        found: Any = self.data
        for step in path:
            found = mapping(found).get(step)  # type: ignore[arg-type]  # these paths are names
        return found

    def _add(
        self,
        entry: dict[str, Any],
        path: Path,
        inside: str,
        after: dict[str, Any],
        unknown: dict[str, Any],
        sensitive: Any,
        actions: tuple[str, ...],
        data: list[PlanResource],
        *,
        within: Any,
        deferred: bool = False,
    ) -> None:
        module = self.module(within) if isinstance(within, str) else self.root
        resource = PlanResource(module, entry, path, inside, after, unknown, sensitive, actions, deferred=deferred)
        self._seen.add(resource.name)
        module.groups.setdefault(resource.own, {})[resource.key] = resource
        if entry.get("mode") == "data":
            data.append(resource)
        else:
            self.graph.resources.append(resource)

    def _complain(self, path: Path) -> None:
        place = self.document.place(path)
        message = f"{'.'.join(map(str, path))} is malformed, so nothing can be said of it"
        self.graph.notes.append(Note("error", message, place.file, place.line))

    def documents(self) -> Iterable[Document]:
        """Every file that places lead to."""
        return self.places.documents(self._modules.values())

    def hide(self, line: str) -> str:
        """A line of a file, with stars in the place of values that the plan marks as sensitive."""
        if self._secrets is None:
            found = set(secrets.of_variables(self.root.configuration, mapping(self.data.get("variables"))))
            for module in self._modules.values():
                for group in module.groups.values():
                    for resource in group.values():
                        found.update(secrets.of_resource(resource))
            self._secrets = sorted(found, key=len, reverse=True)
        for secret in self._secrets:
            if secret in line:
                line = line.replace(secret, "*" * len(secret))
        return line

    def top(self, properties: dict[str, Any]) -> dict[str, Any]:
        """Remembers the attributes of a resource, to tell them from what is inside."""
        if self.values_only:
            self._tops.add(id(properties))
        return properties

    def missing(self, container: dict[str, Any]) -> Any:
        """What a name comes to that a plan with nothing but values does not have."""
        if id(container) in self._tops and self.configuration:
            return ABSENT
        return _LEFT_OUT

    def provider(self, module: Module, key: str) -> Provider:
        """A provider configuration as a module sees it, by its key in the configuration."""
        found = self._providers.get((module.name, key))
        if found is None:
            entry, at = self._provided(module, key)
            expressions = mapping(entry.get("expressions"))
            made = (self.address, at.name, entry.get("name"), entry.get("alias"))
            settings = self.settings
            found = Provider(expressions, Here(at), made, settings.region, settings.account)
            self._providers[module.name, key] = found
        return found

    def _provided(self, module: Module, key: str) -> tuple[dict[str, Any], Module]:
        """The entry of a provider configuration, and the module whose variables it speaks of."""
        entries = mapping(self.configuration.get("provider_config"))
        entry, at = mapping(entries.get(key)), module
        if not entry.get("expressions") and ":" in key:
            # before Terraform 1.1, a module that takes its provider from outside has an entry of its own
            outer = mapping(entries.get(key.rpartition(":")[2]))
            entry = outer if outer.get("expressions") else entry
        address = entry.get("module_address")
        path = tuple(steps(address)[1::2]) if isinstance(address, str) else ()
        while at.path != path and at.parent is not None:
            at = at.parent
        return entry, at

    def onlookers(self, module: Module, own: str) -> Iterable[Module]:
        """The modules into which a resource may flow in ways that the plan does not show: through locals, and what
        is made of several references.
        """
        reached: dict[Module, set[str]] = {}
        todo = [(module, own), *((module, name) for name in _OPAQUE)]
        while todo:
            here, carrier = todo.pop()
            carriers = reached.setdefault(here, set())
            if carrier in carriers:
                continue
            carriers.add(carrier)
            calls, outputs = self._flow(here)
            for child in calls.get(carrier, ()):
                todo += [(child, name) for name in ("var", *_OPAQUE)]
            if carrier in outputs and here.parent is not None:
                todo += [(here.parent, name) for name in (f"module.{here.call}", *_OPAQUE)]
        return reached

    def _flow(self, module: Module) -> tuple[dict[str, list[Module]], set[str]]:
        """What goes from a module into those that it calls, by what carries it, and what goes out."""
        found = self._flows.get(module)
        if found is None:
            calls: dict[str, list[Module]] = {}
            for call, members in module.calls.items():
                calling = module.calling(call)
                written = [*mapping(calling.get("expressions")).values(), calling.get("for_each_expression")]
                for name in _carriers(written):
                    calls.setdefault(name, []).extend(members.values())
            outputs = mapping(module.configuration.get("outputs")).values()
            found = self._flows[module] = calls, _carriers([mapping(item).get("expression") for item in outputs])
        return found


def _carriers(expressions: list[Any]) -> set[str]:
    """What the references of expressions begin with, as far as something can flow through it."""
    found: set[str] = set()
    for expression in expressions:
        listed = expression.get("references") if isinstance(expression, dict) else None
        for reference in listed if isinstance(listed, list) else ():
            if isinstance(reference, str) and (match := _HEAD.match(reference)):
                found.add(match[1] if match[1] in ("var", *_OPAQUE) else match[0])
    return found


def _is_named(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("address"), str)
        and isinstance(entry.get("type"), str)
        and isinstance(entry.get("name"), str)
    )


def _addresses(module: Any) -> set[str]:
    """The addresses of the resources of a state."""
    found: set[str] = set()
    todo = [module]
    while todo:
        here = mapping(todo.pop())
        resources, children = here.get("resources"), here.get("child_modules")
        for entry in resources if isinstance(resources, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("address"), str):
                found.add(entry["address"])
        todo += children if isinstance(children, list) else []
    return found
