"""How documents are marked: what is proposed, what a person decides, and when an extract may be called final."""

import pytest

from domain.incident import errors as err
from domain.incident import events as e
from domain.records.documents import DOCUMENTS, GROUNDS, kind_of_document, proposed, texts_of
from domain.records.exemptions import EXEMPTIONS, Exemption
from domain.records.filing import files_everything
from domain.records.network_details import has_network_details
from domain.roles import Role
from tests.spec import given
from tests.support.incidents import at, meta, reported
from tests.support.proposals import PROPOSAL, SHA256

REASON = "Skrevet til huset"
MARKED = e.DocumentMarked(meta=meta(1), document_number=1, mark="internal", voluntary=False, reason=REASON)
VOLUNTARY = e.VoluntaryNotificationSent(meta=meta(1), summary="Nærved")


def extracted(upto: int, **more: object) -> e.RecordsExtracted:
    told = {"recipient": "Dagbladet", "legal_basis": "OFL § 7", "zip_sha256": SHA256, "documents": 1, "left_out": 0, **more}
    return e.RecordsExtracted.model_validate({"meta": meta(2), "upto": upto, **told})


def test_every_exemption_and_every_ground_is_cited() -> None:
    assert set(EXEMPTIONS) == set(Exemption)
    assert {kind.proposal.ground for kind in DOCUMENTS.values()} <= set(GROUNDS)


def test_an_iocs_field_of_a_notice_is_proposed_withheld_and_the_rest_is_open() -> None:
    sent = PROPOSAL[e.EarlyWarningSent].model_copy(update={"values": {"summary": "Nede", "indicators": "evil.example"}})
    found = proposed(sent)
    assert (found.mark, found.exemption, found.withheld) == ("external", Exemption.SPECIAL_INTERESTS, ("indicators",))
    assert proposed(sent.model_copy(update={"values": {"summary": "Nede"}})).exemption is None


def test_a_text_that_shows_an_address_is_proposed_withheld_whatever_field_it_is_in() -> None:
    asked = e.SupplierEngaged(meta=meta(1), supplier="Leverandøren", request="Luk for 192.0.2.7")
    found = proposed(asked)
    assert (found.exemption, found.withheld) == (Exemption.SPECIAL_INTERESTS, ("request",))


@pytest.mark.parametrize(
    "text",
    [
        "192.0.2.7",
        "198.51.100[.]7",
        "2001:db8::7f:1",
        "00:1b:44:11:3a:b7",
        "a" * 64,
        "hxxps://x",
        "evil[.]example",
        r"\\fs1\hr",
    ],
)
def test_addresses_and_hashes_are_seen(text: str) -> None:
    assert has_network_details(f"Set: {text}, i går")


@pytest.mark.parametrize("text", ["Kl. 10.30 den 22.11.2026", "Sag 26/4411", "§ 13, stk. 1, nr. 1", "tlf. 12 34 56 78"])
def test_ordinary_danish_is_not(text: str) -> None:
    assert not has_network_details(text)


def test_a_voluntary_notification_is_exempt_unless_somebody_says_otherwise() -> None:
    assert proposed(VOLUNTARY).voluntary
    told = e.DocumentMarked(meta=meta(2), document_number=2, mark="external", reason=REASON)
    (marked,) = given(reported(), VOLUNTARY).when(told).decided()
    assert isinstance(marked, e.DocumentMarked)
    assert marked.voluntary is True
    (other,) = given(reported(), VOLUNTARY).when(told.model_copy(update={"voluntary": False})).decided()
    assert isinstance(other, e.DocumentMarked)
    assert other.voluntary is False
    (first,) = given(reported(), VOLUNTARY).when(told.model_copy(update={"document_number": 1})).decided()
    assert isinstance(first, e.DocumentMarked)
    assert first.voluntary is False


def test_a_mark_needs_a_document_a_reason_and_for_fields_a_paragraph() -> None:
    given(reported()).when(MARKED.model_copy(update={"document_number": 2})).then_refused(
        err.UnknownNumberError, "no document with number 2; there are: 1"
    )
    given(reported()).when(MARKED.model_copy(update={"reason": None})).then_refused(err.ReasonMissingError, "`reason`")
    given(reported()).when(MARKED.model_copy(update={"withheld": ("title",)})).then_refused(
        err.ExemptionMissingError, "title are withheld without a paragraph"
    )


def test_a_field_that_the_document_cannot_have_is_refused_for_it_would_keep_nothing_back() -> None:
    told = MARKED.model_copy(update={"exemption": Exemption.BUSINESS, "withheld": ("titel",)})
    given(reported()).when(told).then_refused(err.UnknownFieldError, "has no field titel")
    given(reported()).when(told.model_copy(update={"withheld": ("title",)})).decided()
    sent = (reported(), PROPOSAL[e.EarlyWarningSent])
    of_a_notice = told.model_copy(update={"document_number": 2, "withheld": ("indicators",)})
    given(*sent).when(of_a_notice).decided()
    for wrong in ("indikatorer", "values", "sealed"):
        refused = of_a_notice.model_copy(update={"withheld": (wrong,)})
        given(*sent).when(refused).then_refused(err.UnknownFieldError, f"has no field {wrong}")


def test_an_extract_is_final_only_when_every_document_in_it_is_decided_on() -> None:
    note = e.NoteAdded(meta=meta(1), text="Ringet")
    given(reported(), note, MARKED).when(extracted(3)).then_refused(err.UndecidedDocumentsError, "documents 2:")
    both = (reported(), note, MARKED, MARKED.model_copy(update={"document_number": 2}))
    given(*both).when(extracted(4)).decided()
    given(*both).when(extracted(4, recipient="")).then_refused(err.ReasonMissingError, "`recipient`")


def test_who_holds_none_of_the_roles_gives_nothing_out() -> None:
    held = e.RoleAssigned(meta=meta(1), assigned_role=Role.DOCUMENTATION_LEAD, holder="u-arkiv")
    notifying = held.model_copy(update={"assigned_role": Role.NOTIFIER})
    deciding = held.model_copy(update={"assigned_role": Role.DECISION_MAKER})
    marked = MARKED.model_copy(update={"meta": meta(1, actor="u-arkiv")})
    before: tuple[e.IncidentEvent, ...] = (reported(), held, notifying, deciding, marked)
    given(*before).when(extracted(5)).then_refused(err.RoleNotHeldError, "holds none of these roles")
    given(*before).when(extracted(5, meta=meta(2, role="assessor"))).then_refused(
        err.RoleNotPermittedError, "giving records out"
    )
    given(*before).when(extracted(5, meta=meta(2, actor="u-arkiv"))).decided()


def test_what_is_filed_by_number_must_be_a_document() -> None:
    filed = e.RecordJournalised(meta=meta(1), system="esdh", case_number="26/1", document_number=7)
    given(reported()).when(filed).then_refused(err.UnknownNumberError, "no document with number 7")
    given(reported()).when(filed.model_copy(update={"document_number": 1})).decided()


def test_only_a_note_on_the_whole_incident_files_everything() -> None:
    filed = e.RecordJournalised(meta=meta(1), system="esdh", case_number="26/1")
    assert files_everything(filed)
    for other in ({"document_number": 1}, {"document": "Varslingen"}, {"system": "isms"}):
        assert not files_everything(filed.model_copy(update=other))


def test_the_direction_of_a_hearing_is_that_of_its_stage() -> None:
    heard = e.PublicHearing(meta=meta(1), stage="heard", text="?")
    directions = {stage: kind_of_document(heard.model_copy(update={"stage": stage})) for stage in ("heard", "answered")}
    assert {stage: kind and kind.direction for stage, kind in directions.items()} == {
        "heard": "incoming",
        "answered": "outgoing",
    }
    assert kind_of_document(e.TaskPlanned(meta=meta(1), owner="u", task="x", due_at=at(9))) is None


def test_the_texts_of_a_document_are_by_field() -> None:
    sent = PROPOSAL[e.EarlyWarningSent].model_copy(update={"values": {"summary": "Nede", "impact": ""}, "receipt": "V-1"})
    assert texts_of(sent) == {"receipt": "V-1", "summary": "Nede"}
