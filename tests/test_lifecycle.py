"""The table of ends of support holds what it says it does, and is read as it says it is."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from wascan.kinds.lifecycle import end_of_support, table

ROOT = Path(__file__).resolve().parent.parent
PRODUCTS = table()["products"]


@pytest.mark.parametrize("name", PRODUCTS)
def test_every_end_is_a_day_and_has_its_source(name: str) -> None:
    product = PRODUCTS[name]
    assert product["source"]
    assert all(end is None or date.fromisoformat(end) for end in product["ends"].values())


@pytest.mark.parametrize("name", sorted(set(PRODUCTS) - {"lambda"}))
def test_versions_stand_in_order_so_that_a_gap_can_be_seen(name: str) -> None:
    versions = [[int(part) for part in version.split(".")] for version in PRODUCTS[name]["ends"]]
    assert versions == sorted(versions)


@pytest.mark.parametrize(
    ("product", "version", "row"),
    [
        ("postgres", "15.4", "15"),
        ("postgres", "15", "15"),
        ("aurora-mysql", "5.7.mysql_aurora.2.11.4", "5.7"),
        ("redis", "6.x", "6"),
        ("eks", "1.30", "1.30"),
        ("msk", "2.8.1", "2.8"),
        ("msk", "2.8.2.tiered", "2.8.2"),
        ("msk", "2.8.2-tiered", "2.8.2"),
        ("neptune", "1.4.6.3", "1.4.6.3"),
        ("lambda", "python3.9", "python3.9"),
    ],
)
def test_a_version_belongs_to_the_longest_row_it_begins_with(product: str, version: str, row: str) -> None:
    assert end_of_support(product, version) == PRODUCTS[product]["ends"][row]


def test_a_version_that_names_its_engine_is_looked_up_there() -> None:
    assert end_of_support("opensearch", "Elasticsearch_7.1") == PRODUCTS["elasticsearch"]["ends"]["7.1"]
    assert end_of_support("opensearch", "OpenSearch_2.11") is None


def test_what_is_older_than_all_rows_ended_with_the_oldest() -> None:
    assert end_of_support("postgres", "9.3.1") == PRODUCTS["postgres"]["ends"]["9.6"]
    assert end_of_support("mysql", "5.5.mysql") == PRODUCTS["mysql"]["ends"]["5.6"]


@pytest.mark.parametrize(
    ("product", "version"), [("postgres", "99"), ("lambda", "cobol1.x"), ("eks", ""), ("lambda", "3.9")]
)
def test_what_the_table_does_not_have_is_not_guessed(product: str, version: str) -> None:
    assert end_of_support(product, version) == ""


def test_the_script_names_what_has_ended_since_and_never_fails() -> None:
    script = [sys.executable, f"{ROOT}/scripts/check_lifecycle.py", "--today", "2031-01-01"]
    done = subprocess.run(script, capture_output=True, text=True, check=True)
    assert re.search(r"^  eks 1\.36 ended on 2027-08-02; see Amazon EKS User Guide", done.stdout, re.MULTILINE)
    assert re.search(r"^  valkey 8 has no end yet", done.stdout, re.MULTILINE)
