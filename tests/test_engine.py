"""What a check says of a resource, in every case that the input leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reporting import Store, make, stores
from templates import graph_of, the
from wascan import kind
from wascan.attribute import Attribute, LinkTo, One
from wascan.engine import MAX_CASES, Engine
from wascan.kind import Kind, view
from wascan.kinds.s3 import Bucket
from wascan.rule import Check, Rule
from wascan.value import Reading, Value, Values
from wascan.verdict import FAIL, PASS, UNKNOWN, Verdict, known
from wascan.world import Other, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from wascan.finding import Finding

__all__ = ["stores"]

pytestmark = pytest.mark.usefixtures("stores")


def judge(rules: list[Rule], text: str | dict[str, str], **settings: Any) -> tuple[list[Finding], Engine]:
    """What rules find on templates, and the engine that found it."""
    graph = graph_of(text, **settings)
    checks = [Check(item, Store) for item in rules]
    engine = Engine(
        graph,
        lambda kind: checks if kind is Store else [],
        lambda check: {} if all(not option.required for option in check.rule.options.values()) else None,
        lambda check: check.severity,
    )
    return list(engine.findings()), engine


def answer(ask: Callable[[Any], Verdict], text: str, **settings: Any) -> tuple[str, str]:
    """The kind and the case of what a question finds on the one store of a template; "pass" and "none" are none."""
    evidence = settings.pop("evidence", "here")
    applies = settings.pop("applies", None)
    rule = make("right", ask, evidence=evidence)
    if applies is not None:
        rule.applies(applies)
    findings, engine = judge([rule], text, **settings)
    assert not engine.broken
    if findings:
        (finding,) = findings
        return finding.kind, finding.case
    (tally,) = engine.judged.values()
    return ("pass" if tally["pass"] else "none"), ""


def store(properties: str, rest: str = "", *, attributes: str = "") -> str:
    return f"Resources:\n  It:\n    Type: Test::Data::Store\n    {attributes}\n    Properties: {{{properties}}}\n{rest}"


def encrypted(it: Any) -> Verdict:
    return it.encrypted.is_true()


def public(it: Any) -> Verdict:
    return it.public.is_true()


OPEN = "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, x], D: !Equals [!Ref P, y]}\n"


# One resource, one answer


def test_a_check_passes_fails_or_cannot_tell() -> None:
    assert answer(encrypted, store("StorageEncrypted: true")) == ("pass", "")
    assert answer(encrypted, store("StorageEncrypted: false")) == ("fail", "")
    assert answer(encrypted, store("StorageEncrypted: !Ref P", OPEN)) == ("open", "")


def test_every_answer_is_counted() -> None:
    text = "Resources:\n" + "".join(
        f"  S{number}: {{Type: Test::Data::Store, Properties: {{StorageEncrypted: {value}}}}}\n"
        for number, value in enumerate(["true", "true", "false", "!Ref P"])
    )
    findings, engine = judge([make("right", encrypted)], text + OPEN)
    (tally,) = engine.judged.values()
    assert tally == {"pass": 2, "fail": 1, "open": 1}
    assert engine.done == 4
    assert [(finding.resource.name, finding.kind) for finding in findings] == [("S2", "fail"), ("S3", "open")]


def test_a_check_that_needs_a_choice_judges_nothing_and_is_told() -> None:
    def needy(it: Store, *, tags: list[str]) -> Verdict:
        raise AssertionError

    needy.__module__ = "pack.security.needy"
    rule = Rule(needy, ("SEC08-BP02",), "high", "here")
    findings, engine = judge([rule, make("right", encrypted)], store(""))
    assert [check.id for check in engine.unconfigured] == ["needy.data-store"]
    assert [check.id for check in engine.judged] == ["right.data-store"]
    assert len(findings) == 1


# Applicability


@pytest.mark.parametrize(
    ("applies", "verdict", "found"),
    [
        (PASS, PASS, "pass"),
        (PASS, FAIL, "fail"),
        (PASS, UNKNOWN, "open"),
        (FAIL, PASS, "none"),
        (FAIL, FAIL, "none"),
        (FAIL, UNKNOWN, "none"),
        (UNKNOWN, PASS, "pass"),
        (UNKNOWN, FAIL, "open"),
        (UNKNOWN, UNKNOWN, "open"),
    ],
)
def test_whether_it_applies_is_answered_first_and_is_no_verdict(applies: Any, verdict: Any, found: str) -> None:
    kind, _ = answer(lambda _: Verdict(verdict), store(""), applies=lambda _: Verdict(applies))
    assert kind == found


def test_where_it_applies_in_some_cases_only_those_are_judged() -> None:
    both = "PubliclyAccessible: !If [C, true, false], StorageEncrypted: !If [C, true, false]"
    assert answer(encrypted, store(both, OPEN), applies=public) == ("pass", "")
    assert answer(lambda it: ~encrypted(it), store(both, OPEN), applies=public) == ("fail", "")
    other = "PubliclyAccessible: !If [C, true, false], StorageEncrypted: !If [D, true, false]"
    kind, case = answer(encrypted, store(other, OPEN), applies=public)
    assert (kind, case) == ("fail", "")  # where P is x, it is not y
    assert answer(lambda _: known(True), store(both, OPEN), applies=public) == ("pass", "")


def test_an_applicability_that_stays_open_is_what_an_unknown_answer_rests_on() -> None:
    findings, _ = judge([rule := make("right", encrypted)], store("PubliclyAccessible: !Ref P", OPEN))
    assert findings[0].kind == "fail"
    rule.applies(public)
    (finding,), _ = judge([rule], store("PubliclyAccessible: !Ref P", OPEN))
    assert (finding.kind, finding.facts[0].value.name) == ("open", "PubliclyAccessible")


# Cases


@pytest.mark.parametrize(
    ("value", "rest", "found"),
    [
        ("!If [C, true, false]", OPEN, ("open", "P is y")),
        ("!If [C, false, true]", OPEN, ("open", "P is x")),
        ("!If [C, true, true]", OPEN, ("pass", "")),
        ("!If [C, false, false]", OPEN, ("fail", "")),
        ("!If [C, false, !Ref AWS::NoValue]", OPEN, ("fail", "")),
        ("!If [C, true, !If [D, true, true]]", OPEN, ("pass", "")),
        ("!If [C, !If [D, false, true], true]", OPEN, ("pass", "")),  # C and D never hold both
        ("!If [C, !Ref Q, true]", OPEN + "  # Q is none\n", ("open", "")),
        ("!Ref P", "Parameters: {P: {Type: String, AllowedValues: [true, 'True']}}\n", ("pass", "")),
        ("!Ref P", "Parameters: {P: {Type: String, AllowedValues: [true, false]}}\n", ("open", "P is false")),
        ("!Ref P", "Parameters: {P: {Type: String, AllowedValues: [false]}}\n", ("fail", "")),
        (
            "!If [R, true, false]",
            "Conditions: {R: !Equals [!Ref AWS::Region, eu-west-1]}\n",
            ("open", "AWS::Region is anything but eu-west-1"),
        ),
        (
            "!If [N, true, false]",
            "Conditions: {N: !Equals [!Ref AWS::StackName, prod]}\n",
            ("open", "AWS::StackName is anything but prod"),
        ),
        (
            "!If [A, true, false]",
            "Conditions: {A: !Equals [!Ref AWS::AccountId, '123456789012']}\n",
            ("open", "AWS::AccountId is anything but 123456789012"),
        ),
        (
            "!If [C, true, false]",
            "Parameters: {P: {Type: String}, Q: {Type: String}}\nConditions: {C: !Equals [!Ref P, !Ref Q]}\n",
            ("open", "C is false"),
        ),
        (
            "!If [C, true, false]",
            """Parameters: {P: {Type: String}, Q: {Type: String}}
Conditions: {C: !And [!Equals [!Ref P, a], !Equals [!Ref Q, b]]}
""",
            ("open", "P is a and Q is anything but b"),
        ),
    ],
)
def test_what_is_open_is_judged_case_by_case_and_the_case_that_fails_is_named(
    value: str, rest: str, found: tuple[str, str]
) -> None:
    assert answer(encrypted, store(f"StorageEncrypted: {value}", rest)) == found


def test_pinning_what_is_open_decides() -> None:
    text = store("StorageEncrypted: !If [C, true, false]", OPEN)
    assert answer(encrypted, text, parameters={"P": "x"}) == ("pass", "")
    assert answer(encrypted, text, parameters={"P": "z"}) == ("fail", "")
    region = store("StorageEncrypted: !If [R, true, false]", "Conditions: {R: !Equals [!Ref AWS::Region, eu-west-1]}\n")
    assert answer(encrypted, region, region="eu-west-1") == ("pass", "")
    assert answer(encrypted, region, region="us-east-1") == ("fail", "")


def test_one_condition_has_one_value_in_a_case() -> None:
    text = store("StorageEncrypted: !If [C, true, false], PubliclyAccessible: !If [C, false, true]", OPEN)
    assert answer(lambda it: encrypted(it) | public(it), text) == ("pass", "")
    assert answer(lambda it: encrypted(it) & public(it), text) == ("fail", "")


def test_one_condition_has_one_value_in_parent_and_child() -> None:
    parent = f"""{OPEN}Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {{TemplateURL: c.yaml, Parameters: {{E: !If [C, true, false], U: !If [C, false, true]}}}}
"""
    child = store(
        "StorageEncrypted: !Ref E, PubliclyAccessible: !Ref U", "Parameters: {E: {Type: String}, U: {Type: String}}\n"
    )
    findings, _ = judge([make("right", lambda it: encrypted(it) | public(it))], {"t.yaml": parent, "c.yaml": child})
    assert findings == []


@pytest.mark.parametrize(
    ("properties", "found"),
    [
        ("StorageEncrypted: !If [C, true, false]", "pass"),
        ("StorageEncrypted: !If [C, false, true]", "fail"),
        ("StorageEncrypted: !If [D, true, false]", "fail"),
        ("StorageEncrypted: true", "pass"),
        ("StorageEncrypted: false", "fail"),
    ],
)
def test_a_resource_under_a_condition_is_judged_where_it_exists(properties: str, found: str) -> None:
    assert answer(encrypted, store(properties, OPEN, attributes="Condition: C"))[0] == found


def test_a_resource_that_never_exists_is_not_judged() -> None:
    never = "Conditions: {C: !Equals [a, b]}\n"
    assert answer(encrypted, store("", never, attributes="Condition: C")) == ("none", "")


def test_a_nested_resource_is_judged_where_its_stack_exists() -> None:
    parent = f"""{OPEN}Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Condition: C
    Properties: {{TemplateURL: c.yaml, Parameters: {{E: !If [C, true, false]}}}}
"""
    child = store("StorageEncrypted: !Ref E", "Parameters: {E: {Type: String}}\n")
    assert judge([make("right", encrypted)], {"t.yaml": parent, "c.yaml": child})[0] == []


def flags(count: int) -> tuple[str, str]:
    """A value that is true only if so many conditions do not hold, and the conditions."""
    value = "true"
    for number in range(count):
        value = f"!If [C{number}, false, {value}]"
    parameters = "".join(f"  P{number}: {{Type: String}}\n" for number in range(2 * count))
    conditions = "".join(f"  C{number}: !Equals [!Ref P{number}, !Ref P{number + count}]\n" for number in range(count))
    return value, f"Parameters:\n{parameters}Conditions:\n{conditions}"


def test_one_case_that_fails_and_one_that_passes_are_enough() -> None:
    value, rest = flags(40)
    assert answer(encrypted, store(f"StorageEncrypted: {value}", rest)) == ("open", "C39 is true")
    both = f"StorageEncrypted: {value}, PubliclyAccessible: !If [C0, false, true]"
    kind, case = answer(lambda it: encrypted(it) | public(it), store(both, rest))
    assert (kind, "C0 is true" in case) == ("open", True)


def test_with_more_cases_than_are_looked_at_it_stays_unknown_and_says_so() -> None:
    values = ", ".join(str(number) for number in range(MAX_CASES + 1))
    many = f"Parameters: {{P: {{Type: Number, AllowedValues: [{values}]}}}}\n"
    ask = store("BackupRetentionPeriod: !Ref P", many)
    assert answer(lambda it: it.days.at_least(0), ask) == ("open", f"more than {MAX_CASES} cases are open")
    assert answer(lambda it: it.days.at_least(1), ask) == ("open", "P is 0")
    few = many.replace(f", {MAX_CASES}]", "]")
    assert answer(lambda it: it.days.at_least(0), store("BackupRetentionPeriod: !Ref P", few)) == ("pass", "")


def test_a_case_in_which_no_deployment_succeeds_is_none() -> None:
    mapped = """Parameters: {P: {Type: String, AllowedValues: [a, b, c]}}
Mappings: {M: {a: {E: true}, b: {E: "true"}}}
"""
    text = store("StorageEncrypted: !FindInMap [M, !Ref P, E]", mapped)
    assert answer(encrypted, text) == ("pass", "")
    worse = text.replace("a: {E: true}", "a: {E: false}")
    assert answer(encrypted, worse) == ("open", "P is a")


def test_where_every_case_is_impossible_nobody_can_tell() -> None:
    mapped = "Parameters: {P: {Type: String, AllowedValues: [a, b]}}\nMappings: {M: {z: {E: true}}}\n"
    assert answer(encrypted, store("StorageEncrypted: !FindInMap [M, !Ref P, E]", mapped))[0] == "open"


# Evidence elsewhere


def test_absence_elsewhere_is_evidence_only_in_a_declared_whole() -> None:
    text = store("")
    assert answer(encrypted, text, evidence="elsewhere") == ("open", "nothing outside this scan provides it")
    assert answer(encrypted, text, evidence="elsewhere", whole=True) == ("fail", "")
    assert answer(encrypted, store("StorageEncrypted: true"), evidence="elsewhere") == ("pass", "")


def test_a_case_that_fails_for_want_of_evidence_elsewhere_says_so() -> None:
    text = store("StorageEncrypted: !If [C, true, false]", OPEN)
    case = "P is y and nothing outside this scan provides it"
    assert answer(encrypted, text, evidence="elsewhere") == ("open", case)
    assert answer(encrypted, text, evidence="elsewhere", whole=True) == ("open", "P is y")


# Defaults and reviews


DEFAULT = "Parameters: {P: {Type: String, Default: prod, AllowedValues: [prod, dev]}}\nConditions: {C: !Equals [!Ref P, prod]}\n"


def test_what_passes_by_a_default_and_would_fail_with_another_allowed_value_is_to_be_reviewed() -> None:
    text = store("StorageEncrypted: !If [C, true, false]", DEFAULT)
    (finding,), engine = judge([make("right", encrypted)], text)
    assert (finding.kind, finding.case) == ("review", "P is dev")
    assert [rest.label for rest in finding.rests] == ["P"]
    assert finding.facts[0].value.data is False
    (tally,) = engine.judged.values()
    assert tally == {"pass": 1, "fail": 0, "open": 0}
    assert answer(encrypted, text, parameters={"P": "prod"}) == ("pass", "")
    assert answer(encrypted, text, parameters={"P": "dev"}) == ("fail", "")


def test_what_fails_by_a_default_fails_and_says_that_it_rests_on_it() -> None:
    (finding,), _ = judge([make("right", encrypted)], store("StorageEncrypted: !If [C, false, true]", DEFAULT))
    assert (finding.kind, [(rest.label, rest.text) for rest in finding.rests]) == ("fail", [("P", "prod")])


def test_what_passes_with_every_allowed_value_passes() -> None:
    assert answer(encrypted, store("StorageEncrypted: !If [C, true, 'true']", DEFAULT)) == ("pass", "")


def test_a_default_without_other_allowed_values_is_just_a_value() -> None:
    text = store("StorageEncrypted: !Ref P", "Parameters: {P: {Type: String, Default: true}}\n")
    assert answer(encrypted, text) == ("pass", "")


def test_values_that_a_default_is_compared_with_are_others_that_it_may_have() -> None:
    rest = "Parameters: {P: {Type: String, Default: prod}}\nConditions: {C: !Equals [!Ref P, dev]}\n"
    assert answer(encrypted, store("StorageEncrypted: !If [C, false, true]", rest)) == ("review", "P is dev")


def test_a_resource_that_exists_with_another_value_is_reviewed() -> None:
    rest = DEFAULT.replace("!Equals [!Ref P, prod]", "!Equals [!Ref P, dev]")
    assert answer(encrypted, store("", rest, attributes="Condition: C")) == ("review", "P is dev")
    assert answer(encrypted, store("StorageEncrypted: true", rest, attributes="Condition: C")) == ("none", "")


def test_what_exists_by_a_default_says_that_it_rests_on_it() -> None:
    (finding,), _ = judge([make("right", encrypted)], store("", DEFAULT, attributes="Condition: C"))
    assert (finding.kind, [rest.label for rest in finding.rests]) == ("fail", ["P"])


def test_what_does_not_apply_by_a_default_is_reviewed() -> None:
    text = store("PubliclyAccessible: !If [C, false, true]", DEFAULT)
    assert answer(encrypted, text, applies=public) == ("review", "P is dev")


def test_what_elsewhere_would_have_to_provide_is_not_reviewed() -> None:
    text = store("StorageEncrypted: !If [C, true, false]", DEFAULT)
    assert answer(encrypted, text, evidence="elsewhere") == ("pass", "")
    assert answer(encrypted, text, evidence="elsewhere", whole=True) == ("review", "P is dev")


def test_a_default_counts_in_lists_and_in_what_stands_in_them() -> None:
    rest = DEFAULT + "  # and in tags\n"
    tags = store("Tags: [{Key: owner, Value: !If [C, team, '']}]", rest)
    assert answer(lambda it: it.tags.has("owner"), tags) == ("review", "P is dev")
    keys = store("Tags: [{Key: !Ref P, Value: x}]", rest)
    assert answer(lambda it: it.tags.has("prod"), keys) == ("review", "P is dev")
    subnets = store("SubnetIds: !If [C, [a, b], [a]]", rest)
    assert answer(lambda it: it.subnets.count_at_least(2), subnets) == ("review", "P is dev")
    empty = store("SubnetIds: !If [C, [], [a]]", rest)
    assert answer(lambda it: it.subnets.is_empty(), empty) == ("review", "P is dev")


# Broken rules


def test_a_rule_that_raises_is_told_and_loses_nothing_of_the_others() -> None:
    def broken(it: Any) -> Verdict:
        raise ValueError("no such thing")

    text = "Resources:\n  A: {Type: Test::Data::Store}\n  B: {Type: Test::Data::Store}\n"
    findings, engine = judge([make("broken", broken), make("right", encrypted)], text)
    assert [(finding.resource.name, finding.check.rule.id) for finding in findings] == [("A", "right"), ("B", "right")]
    assert [(note.level, note.file, note.line) for note in engine.broken] == [
        ("error", "t.yaml", 2),
        ("error", "t.yaml", 3),
    ]
    assert engine.broken[0].message == "the rule broken is broken: ValueError: no such thing (on A)"
    assert engine.judged[next(check for check in engine.judged if check.rule.id == "broken")] == {
        "pass": 0,
        "fail": 0,
        "open": 0,
    }


@pytest.mark.parametrize(
    "ask",
    [
        lambda it: it.encrypted.is_true() and it.public.is_true(),
        lambda it: not it.encrypted.is_true(),
        lambda it: it.encrypted == True,  # noqa: E712  # that it raises is what is tested
        lambda it: list(it.subnets),
        lambda it: it.nonesuch.is_true(),
        lambda _: None,
        lambda _: True,
        lambda _: [][0],
    ],
)
def test_a_rule_that_asks_python_is_broken(ask: Any) -> None:
    findings, engine = judge([make("broken", ask)], store("StorageEncrypted: true"))
    assert findings == []
    assert len(engine.broken) == 1


def test_a_question_that_raises_in_one_case_is_told() -> None:
    def ask(it: Any) -> Verdict:
        if it.encrypted.data is False:
            raise RuntimeError("in this case")
        return it.encrypted.is_true()

    _, engine = judge([make("broken", ask)], store("StorageEncrypted: !If [C, true, false]", OPEN))
    assert "RuntimeError" in engine.broken[0].message


# Order


def test_findings_come_in_the_order_of_the_template_and_of_the_checks_each_time() -> None:
    text = "Resources:\n" + "".join(
        f"  {name}: {{Type: Test::Data::Store, Properties: {{StorageEncrypted: !If [C, false, true]}}}}\n"
        for name in "ZAMB"
    )
    rules = [make("b-right", encrypted), make("a-right", encrypted)]
    runs = []
    for _ in range(3):
        findings, _ = judge(rules, text + OPEN)
        runs.append(
            [(finding.resource.name, finding.check.rule.id, finding.kind, finding.case) for finding in findings]
        )
    assert runs[0] == runs[1] == runs[2]
    assert [name for name, *_ in runs[0]] == list("ZZAAMMBB")
    assert {case for *_, case in runs[0]} == {"P is x"}


def test_what_is_derived_is_not_judged() -> None:
    text = "Transform: AWS::Serverless-2016-10-31\nResources:\n  A: {Type: AWS::Serverless::Api}\n  It: {Type: Test::Data::Store}\n"
    findings, _ = judge([make("right", encrypted)], text)
    assert [finding.resource.name for finding in findings] == ["It"]


def test_a_resource_is_seen_as_its_kind_once_in_a_world() -> None:
    graph = graph_of(store(""))
    engine = Engine(graph, lambda _: [], lambda _: {}, lambda _: "high")
    (it,) = graph.resources
    assert view(it, engine._blurred) is view(it, engine._blurred)


def test_the_steps_to_an_answer_are_what_was_resolved_on_the_way() -> None:
    graph = graph_of(store("StorageEncrypted: !If [C, true, false]", DEFAULT))
    check = Check(make("right", encrypted), Store)
    engine = Engine(graph, lambda _: [check], lambda _: {}, lambda _: "high")
    steps = engine.steps(check, graph.resources[0], {})
    assert [came for _, came in steps] == ["prod", True]


def test_any_other_value_is_said_by_what_it_is_not() -> None:
    assert str(Other(("a", "b"))) == "anything but a, b"


def test_a_default_counts_in_the_statements_of_a_policy() -> None:
    text = f"""{DEFAULT}Resources:
  B: {{Type: AWS::S3::Bucket}}
  P: {{Type: AWS::S3::BucketPolicy, Properties: {{Bucket: !Ref B, PolicyDocument: !If [C, {{Statement: {{Effect: Deny}}}}, {{}}]}}}}
"""
    graph = graph_of(text)
    bucket = Bucket(the(graph, "B"), World(blurred=True))
    assert [rest.label for rest in bucket.policy.items[0].effect.rests] == ["P"]


@pytest.mark.parametrize("named", ["!Sub '${P}-logs'", "!If [C, !Ref B, !Ref B]"])
def test_what_names_another_with_another_value_follows_it(named: str) -> None:
    text = f"""{DEFAULT}Resources:
  B: {{Type: AWS::S3::Bucket, Properties: {{BucketName: !Sub "${{P}}-logs"}}}}
  P: {{Type: AWS::S3::BucketPolicy, Properties: {{Bucket: {named}, PolicyDocument: {{Statement: {{Effect: Deny}}}}}}}}
"""
    graph = graph_of(text)
    rule = make("right", lambda it: it.policy.any(lambda statement: statement.denies()))
    check = Check(rule, Bucket)
    engine = Engine(graph, lambda kind: [check] if kind is Bucket else [], lambda _: {}, lambda _: "high")
    assert list(engine.findings()) == []
    assert engine.judged[check]["pass"] == 1


def test_what_is_named_only_with_one_value_is_reviewed() -> None:
    text = f"""{DEFAULT}Resources:
  B: {{Type: AWS::S3::Bucket, Properties: {{BucketName: !Sub "${{P}}-logs"}}}}
  P: {{Type: AWS::S3::BucketPolicy, Properties: {{Bucket: prod-logs, PolicyDocument: {{Statement: {{Effect: Deny}}}}}}}}
"""
    graph = graph_of(text)
    rule = make("right", lambda it: it.policy.any(lambda statement: statement.denies()))
    check = Check(rule, Bucket)
    engine = Engine(graph, lambda kind: [check] if kind is Bucket else [], lambda _: {}, lambda _: "high")
    (finding,) = engine.findings()
    assert (finding.kind, finding.case) == ("review", "P is dev")


def test_a_link_by_name_rests_on_what_the_name_rests_on(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"""{DEFAULT}Resources:
  It: {{Type: Test::Data::Store, Properties: {{Twin: prod-twin}}}}
  Other: {{Type: Test::Data::Store, Properties: {{Zone: !Sub "${{P}}-twin", StorageEncrypted: true}}}}
"""

    class Named(Store):
        own_name = One(cfn="$.Zone")
        twin = LinkTo(cfn="$.Twin", to="Named")

    Named.types = Store.types
    monkeypatch.setitem(kind._KINDS, "Test::Data::Store", Named)
    graph = graph_of(text)
    it = Named(the(graph, "It"), World(blurred=True))
    assert it.twin.target is the(graph, "Other")
    assert [rest.label for rest in it.twin.rests] == ["P"]


def test_a_default_counts_wherever_an_attribute_took_it() -> None:
    class Deep(Attribute[Values]):
        """An attribute that resolves more than its own path leads to."""

        def of(self, kind: Kind) -> Values:
            found = self.read(kind)
            inside = found.resource.scope.resolve(found.data["Inside"], found.path, kind._world)[0]
            reading = Reading(inside, found.path, found.resource)
            return Values(Value(self, reading), [Value(self, reading)], open=False)

    class Deeper(Store):
        deep = Deep(cfn="$.Deep")

    Deeper.types = Store.types
    graph = graph_of(store("Deep: {Inside: !If [C, yes, no], Other: 1}", DEFAULT))
    it = Deeper(graph.resources[0], World(blurred=True))
    for value in (it.deep.whole, *it.deep.items):
        assert [rest.label for rest in value.rests] == ["P"]
    assert it._world.noted == []
