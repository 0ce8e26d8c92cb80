import pytest

from adapters.intake_formats.attack import techniques


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("T1566", ["mitre:T1566"]),
        ("T1566.001", ["mitre:T1566.001"]),
        ("Phishing (T1566)", ["mitre:T1566"]),
        ("Phishing(T1566), T1059.001", ["mitre:T1566", "mitre:T1059.001"]),
        ("T15667", []),
        ("AT1566", []),
        ("TA0001", []),
        ("T\u0661\u0665\u0666\u0666", []),
        ("", []),
    ],
)
def test_techniques_are_found_in_every_spelling(text: str, found: list[str]) -> None:
    assert techniques([text]) == found
