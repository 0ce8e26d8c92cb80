"""What the errors of erasing mean to a person; part of `error_texts.ERRORS`."""

from adapters.words.wording import Words

ERASURE_ERRORS: dict[str, Words] = {
    "incident-disposed": Words(
        "Hændelsen er kasseret: kun gravstenen er tilbage. Registrér det, der er sket siden, som en ny hændelse.",
        "The incident was disposed of: only its tombstone is left. Report what has happened since as a new incident.",
    ),
    "retention-runs": Words(
        "Hændelsen skal stadig gemmes, eller det er ikke sagt hvor længe. Foreslå det senere, eller angiv en anden grund.",
        "The incident is still to be kept, or it is not said until when. Propose it later, or state another ground.",
    ),
    "nothing-to-erase": Words(
        "Der står ingen sådan tekst, eller den er fjernet. Se nummeret og feltets navn i forløbet.",
        "There is no such text, or it is removed already. Look at the number and the field's name in the course.",
    ),
    "erasure-register": Words(
        "Registret over sletninger kan ikke læses. Find en ubeskadiget kopi, før der indlæses.",
        "The register of erasures cannot be read. Find an undamaged copy before restoring.",
    ),
}
