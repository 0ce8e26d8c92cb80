from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from domain.submissions.frozen import Difference, Filed, canonical_bytes, differences, frozen_hash
from domain.submissions.kinds import ReportKind

FILED = Filed(
    ReportKind.EARLY_WARNING, "sporlog-2025-07", {"summary": 'Omsorg "nede"\n→ 2', "cross_border": "unknown"}, "V-2026-1"
)
GOLDEN = (
    '{"form":"sporlog-2025-07","kind":"early_warning","receipt":"V-2026-1",'
    '"values":{"cross_border":"unknown","summary":"Omsorg \\"nede\\"\\n→ 2"}}'
)

VALUES = st.dictionaries(st.text(min_size=1), st.text(), min_size=1)


def test_what_was_filed_has_one_byte_form() -> None:
    assert canonical_bytes(FILED) == GOLDEN.encode()
    assert frozen_hash(FILED) == sha256(GOLDEN.encode()).hexdigest()


def test_the_order_in_which_fields_were_filled_does_not_matter() -> None:
    assert frozen_hash(FILED._replace(values=dict(reversed(list(FILED.values.items()))))) == frozen_hash(FILED)


@given(values=VALUES, data=st.data())
def test_the_hash_changes_with_any_one_value(values: dict[str, str], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(values)))
    other = data.draw(st.text().filter(lambda text: text != values[key]))
    filed = FILED._replace(values=values)

    assert frozen_hash(filed._replace(values={**values, key: other})) != frozen_hash(filed)
    assert frozen_hash(filed._replace(values={k: v for k, v in values.items() if k != key})) != frozen_hash(filed)


def test_the_hash_changes_with_kind_form_and_receipt() -> None:
    variants = (
        FILED,
        FILED._replace(kind=ReportKind.FINAL_REPORT),
        FILED._replace(form="other"),
        FILED._replace(receipt=None),
        FILED._replace(receipt=""),
    )
    assert len(set(map(frozen_hash, variants))) == len(variants)


def test_differences_tell_what_was_changed_added_and_left_out() -> None:
    assert differences({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "x", "d": "4"}) == (
        Difference("b", "2", "x"),
        Difference("c", "3", None),
        Difference("d", None, "4"),
    )
