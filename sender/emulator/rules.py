"""What Meta refuses, as one table. `judge.py` applies it; the page and /_emulator/rules show it.

`evidence` says how a rule is known: `documented` by Meta; `seen` in a real answer; `assumed` by us; `contradicted` if
Meta's own pages disagree. The first two always count, assumed ones with --strict, and any rule by its name with --enforce.
`source` names the page or the answer, and says which part of the rule is a guess.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Rule:
    """One reason to refuse an event: Meta's code and subcode, a title (ours, unless seen), and how we know."""

    name: str
    code: int
    subcode: int | None
    evidence: Literal["documented", "seen", "assumed", "contradicted"]
    title: str
    source: str


# In the order in which they are checked. A whole request is refused for the first rule that one of its events breaks.
# fmt: off
RULES = {
    rule.name: rule
    for rule in (
        Rule("event_not_an_object", 100, None, "documented", "An element of data is not a JSON object", "Pixel events reference; code assumed"),
        Rule("event_name_missing", 100, 2804001, "documented", "event_name is missing", "Server event parameters; subcode assumed"),
        Rule("event_time_missing", 100, 2804001, "documented", "event_time is missing or not a whole number of seconds", "Server event parameters; subcode assumed"),
        Rule("action_source_unknown", 100, 2804001, "assumed", "action_source is missing or unknown", "Required by Server event parameters, missing in some of Meta's examples; subcode assumed"),
        Rule("event_time_too_old", 100, 2804003, "seen", "Event Timestamp Too Old", "Seen for web events over 7 days old; the 62 days for store events are from Offline events, never seen"),
        Rule("store_event_over_seven_days", 100, 2804003, "contradicted", "Event Timestamp Too Old", "Offline events says both in one paragraph: 7 days for every event, 62 for store events"),
        Rule("event_time_in_the_future", 100, 2804007, "assumed", "event_time is in the future", "Developers report refusals; the 60 s of tolerance and the subcode are assumed"),
        Rule("not_enough_customer_information", 100, 2804050, "seen", "Customer parameters are missing or too broad", "The page Best practices lists the sets that are too broad; seen in answers"),
        Rule("lead_id_invalid", 100, 2804036, "seen", "lead_id is not 15 to 17 digits", "Seen in an answer; the number of digits is from copies of Meta's pages"),
        Rule("not_hashed", 100, 2804016, "assumed", "A parameter that must be hashed is not a SHA-256", "The page Customer information parameters asks for hashes; the refusal and its subcode are assumed"),
        Rule("custom_data_not_an_object", 100, None, "assumed", "custom_data is not a JSON object", "Its type is documented; the refusal is assumed"),
        Rule("value_missing", 100, 2804009, "seen", "Missing Value for Purchase Event", "Seen in an answer that a third party recorded"),
        Rule("value_not_a_number", 100, 2804009, "assumed", "value is not a finite number, or is below zero", "A setup guide from Meta asks for 0 or more; the refusal and its subcode are assumed"),
        Rule("currency_missing", 100, 2804010, "seen", "Missing Currency for Purchase Event", "Seen in an answer in a public issue"),
        Rule("currency_unknown", 100, 2804008, "assumed", "currency is not an ISO 4217 code", "ISO 4217 is documented; the refusal and its subcode are assumed"),
    )
}
# fmt: on

# Meta writes titles in the language of the token's owner; a sender must never read them.
FRENCH_TITLES = {
    "event_not_an_object": "Un élément de data n'est pas un objet JSON",
    "event_name_missing": "event_name manque",
    "event_time_missing": "event_time manque ou n'est pas un nombre entier de secondes",
    "action_source_unknown": "action_source manque ou est inconnu",
    "event_time_too_old": "L'horodatage de l'évènement est trop ancien",
    "store_event_over_seven_days": "L'horodatage de l'évènement est trop ancien",
    "event_time_in_the_future": "event_time est dans le futur",
    "not_enough_customer_information": "Les informations client manquent ou sont trop générales",
    "lead_id_invalid": "lead_id n'a pas de 15 à 17 chiffres",
    "not_hashed": "Un paramètre à hacher n'est pas un SHA-256",
    "custom_data_not_an_object": "custom_data n'est pas un objet JSON",
    "value_missing": "La valeur manque pour un évènement d'achat",
    "value_not_a_number": "La valeur n'est pas un nombre fini et positif",
    "currency_missing": "La devise manque pour un évènement d'achat",
    "currency_unknown": "La devise n'est pas un code ISO 4217",
}


def counting(strict: bool, named: Collection[str] = ()) -> frozenset[str]:
    """The names of the enforced rules."""
    evidence = {"documented", "seen"} | ({"assumed"} if strict else set())
    return frozenset(rule.name for rule in RULES.values() if rule.evidence in evidence or rule.name in named)


OPTIONAL = [name for name in RULES if name not in counting(strict=False)]
