"""What advisories say, in six languages: whom they ask, what to do with which item.

    order   = ask , … , do , … , thing          Please kill item dpa 157 "…".  Rogamos anulen la …
            | thing , … , fate                  The story headlined "…" is withdrawn.
            | "In" , thing , … , mend           In CALGARY story …, pls read in fourth line …
    thing   = [ topic ] , noun | agency , number | quoted headline

German puts the verb last, so that an order is a sentence with all its parts, and no fixed row of
them.  The words are patterns for folded text in which what stands in quotation marks is NUL.
"""

from __future__ import annotations

import re
from typing import Literal

from wiredesk.match.normal import ASCII_WORDS

Action = Literal["withdrawal", "hold", "release", "correction"]

NOUN = (
    r"(?:(?:news|press) releases?|stor(?:y|ies)|items?|articles?|reports?|alerts?|dispatch(?:es)?|"
    r"snaps?|news ?briefs?|briefs?|columns?|factbox|copy|headlines?|releases?|wire|takes?|"
    r"dépêches?|informations?|papiers?|brèves?|communiqués?|nouvelles?|urgents?|"
    r"(?:Eil|Kurz|Presse)?(?:[Mm]eldung|[Mm]itteilung)(?:en)?|Berichts?|Beitr[aä]ge?|Artikels?|"
    r"Korrespondenz|Texte?s?|"
    r"noticias?|informaci(?:ón|ones)|despachos?|crónicas?|artículos?|alertas?|notas?|"
    r"notizi[ae]|lanci[o]?|articol[oi]|dispacci[o]?|pezz[oi]|servizi[o]?|"
    r"notícias?|matérias?|textos?)"
)

#: agencies whose items are called by their number alone: `dpa 0231 is cancelled`
NUMBERED = r"(?:dpa|AFP|EFE|ANSA|APA|AP|PA|TT|NTB|STT|ATS|ANP|PTI|IANS|Belga|Ritzau|TASS|Kyodo)"

#: who is asked, or that somebody is
ASK = (
    r"(?:please|pls|plse|kindly|(?:attention|notice to)?\s*\b(?:editors?|eds)\b\s*[:,_-]+|"
    r"(?:editors?|journalists?|readers?|subscribers?|clients?|members?|"
    r"newspapers?|media|broadcasters)\b[^.!?]{0,60}?\b(?:should|must|"
    r"are (?:asked|advised|requested|urged) to)|"
    r"veuillez|pri[èe]re (?:d'|de\b)|merci (?:d'|de\b)|nous vous (?:prions|demandons) (?:d'|de\b)|"
    r"bitte|wir bitten|"
    r"rogamos|ruego|se ruega|les pedimos|por favor|"
    r"si prega|pregasi|vi preghiamo|per favore|"
    r"favor|pedimos|solicitamos)"
)

_UNUSED = (
    r"(?:(?:do )?not (?:to )?(?:be )?(?:use|publish|run|broadcast|print)(?:d|ed)?|"
    r"not for (?:use|publication)|"
    r"ne pas (?:l[ae']s? ?)?(?:utiliser|diffuser|publier|reprendre|tenir compte)|"
    r"nicht (?:mehr |weiter )*(?:zu )?(?:verwenden|verwendet|benutzen|nutzen|veröffentlichen)|"
    r"(?:verwenden|benutzen|nutzen|veröffentlichen)\b[^.!?]{0,200}?\bnicht|"
    r"no (?:(?:se )?utili[cz]|publi[cq]|difund|us[ae]|teng\w+ en cuenta|ten[ei]r? en cuenta)\w*|"
    r"non (?:utilizz|pubblic|us|ten\w+ conto)\w*|"
    r"não (?:utiliz|public|us|divulg)\w*)"
)
#: until a check is made, the item is held and not withdrawn
UNTIL = re.compile(
    r"\b(?:until|pending|for now|while we|till|jusqu'|en attendant|bis (?:auf|zur)|vorerst|"
    r"vorläufig|hasta|fino a|até)\b",
    re.IGNORECASE,
)

#: what is asked: (action, pattern); the first that stands after the asking wins
DO: tuple[tuple[Action, str], ...] = (
    (
        "withdrawal",
        rf"(?:kill|withdraw|cancel|annul|delete|disregard|ignore|remove|eliminate|retract|spike|"
        rf"discard|scrap|refrain from using|{_UNUSED}|"
        r"(?:treat|consider|regard)\b[^.!?]{0,200}?\bas (?:withdrawn|void|cancell?ed|killed)|"
        r"annuler|ignorer|supprimer|retirer|détruire|"
        r"streichen|ignorieren|löschen|stornieren|vernichten|annullieren|"
        r"anul\w+|elimin\w+|ignor\w+|desech\w+|cancel\w+|retir\w+|"
        r"annullare|ignorare|cancellare|eliminare|desconsider\w+)",
    ),
    (
        "hold",
        r"(?:hold|withhold|suspendre|retenir|mettre en attente|conserver|sperren|zurückhalten|"
        r"zurückzuhalten|anhalten|halten\b[^.!?]{0,200}?\bzurück|reten\w+|suspend\w+|"
        r"trattenere|sospendere|reter|aguard\w+)",
    ),
    ("release", r"(?:release|free for use|freigeben)"),
)
#: at the head of a paragraph an order needs nobody to be asked: `Kill the story slugged …`
BARE = re.compile(
    r"^\W*(?:(?:MANDATORY )?KILL\W+)?(?P<do>Kill|Withhold|Hold|Withdraw|Disregard|Delete|Eliminate|"
    r"Cancel|Annuler|Annule|Anulen|Anúlese|Streichen|Annullare|Annullate|"
    r"Se (?:anula|retira)|Si annulla|HOLD(?! LIFTED)|KILL|WITHHOLD)\b"
)

_DEAD = (
    r"(?:withdrawn|killed|cancell?ed|annulled|retracted|removed|deleted|eliminated|rescinded|void|"
    rf"disregarded|ignored|spiked|{_UNUSED}|"
    r"annulée?s?|retirée?s?|supprimée?s?|nulle?s?|"
    r"zurückgezogen|gestrichen|storniert|annulliert|gelöscht|hinfällig|ungültig|gegenstandslos|"
    r"anulad[ao]s?|retirad[ao]s?|cancelad[ao]s?|eliminad[ao]s?|suprimid[ao]s?|"
    r"annullat[aoei]|ritirat[aoei]|null[aoei])"
)
_HELD = (
    r"(?:withheld|held|on hold|suspendue?s?|en attente|zurückgehalten|gesperrt|zurückgestellt|"
    r"retenid[ao]s?|suspendid[ao]s?|en suspenso|trattenut[aoei]|sospes[aoei])"
)
_FREE = (
    r"(?:(?:can|may|could) (?:now |again |still |once more )*be (?:used|published|run|broadcast)|"
    r"(?:is|are|has been|have been) (?:now |again |hereby )*"
    r"(?:released|cleared|reinstated|restored|free for use)|may now use|"
    r"(?:is|are|was) no longer (?:on hold|withheld|held)|(?:is|has been) lifted|"
    r"(?:peut|peuvent) (?:\S+ ){0,2}?être (?:\S+ )?(?:(?:utilis|diffus|publi)ée?s?|reprises?)|"
    r"(?:kann|können|darf|dürfen)\b[^.!?]{0,120}?(?:verwendet|veröffentlicht|[bg]enutzt) werden|"
    r"freigegeben|"
    r"pueden? (?:\S+ ){0,2}?(?:ser )?(?:utiliza|usa|publica|difundi)\w+|"
    r"(?:può|possono) (?:\S+ ){0,2}?essere (?:\S+ )?(?:utilizz|pubblic|diffus|us)at?\w*|"
    r"pode(?:m)? (?:\S+ ){0,2}?ser (?:utiliza|usa|publica)\w+)"
)
_BE = (
    r"(?:(?:is|are|was|were|stands?|remains?|be|been|being)\b|est|sont|été|wird|werden|ist|sind|wurden?|"
    r"qued[ae]n?|sido|es|está|son|è|sono|va|vanno|considerars[ie]|fica|foi)"
)
#: what becomes of a thing, after the noun: (action, pattern), the freeing before the forbidding
FATE: tuple[tuple[Action, str], ...] = (
    ("release", _FREE),
    ("hold", rf"{_BE}\s(?:\S+\s){{0,3}}?{_HELD}"),
    ("withdrawal", rf"{_BE}\s(?:\S+\s){{0,12}}?{_DEAD}|(?:should|must|may) {_UNUSED}"),
)
#: `We are withdrawing our story …`: the agency itself, in its own name
OURS = (
    r"(?P<who>we|nous|wir|(?:l')?AFP|dpa|APA|EFE|ANSA|Reuters|(?:the )?(?:AP|Associated Press))\s"
    r"(?:\S+\s){0,3}?(?:withdr[ae]w(?:s|n|ing)?|kill(?:s|ed|ing)?|retract(?:s|ed|ing)?|"
    r"annul(?:ons|e)|retir(?:ons|e|a)|anula|zieh(?:en|t)|annulla|ritira)\s"
    r"(?:our|its|the|a|notre|sa|la|die|ihre|unsere|su|nuestra)"
)
#: said in the present of the thing itself, the order is the act: `is withdrawn`, not `was`
PERFORMED = re.compile(
    r"\b(?:is|are|stands?) (?:\S+ ){0,6}?"
    r"(?:withdrawn|retracted|withheld)|"
    r"\b(?:est|sont) (?:annulée?s?|retirée?s?)|\bwird (?:hiermit )?zurückgezogen|"
    r"\bqueda\w* (?:anulad|retirad)|original form|forma original|Originalfassung|"
    r"forme (?:d'origine|originale)",
    re.IGNORECASE,
)
#: what else an advisory says, and news does not
CUE = re.compile(
    r"\b(?:(?:no|a|the) substitute|substitute (?:story|item|will)|replacement story|"
    r"mandatory|kill is|be advised|advisory|attention|subscribers|we regret|inconvenience|"
    r"to be disregarded|corrected (?:story|version) will|no further version|"
    r"remplacée? par|nous vous prions|Achtung|wir bitten|rogamos|disculpas|scusiamo)\b",
    re.IGNORECASE,
)
#: a headline that calls what is under it an advisory, beside the labels
HEADED = re.compile(
    r"\W*(?:(?:ADVISORY|KILL|LEGAL KILL|HOLD|WITHHOLD|WITHHELD|ELIMINATION|MANDATORY|DISREGARD|"
    r"ANNULATION|ANNULE|RETRAIT|ANULACI[ÓO]N|ANULADA|RETENCI[ÓO]N|ANNULLAMENTO|ANNULLATA|"
    r"FREIGABE|R[ÜU]CKZUG|STREICHUNG|SPERRE|SPERRUNG)\b|"
    r"(?i:advisory\W*$|hold lifted|"
    r"(?:story|item) (?:is )?(?:withdrawn|killed|removed|retracted|deleted)\b|"
    r"attention\W+(?:editors|subscribers|clients|redac|annul)|"
    r"(?:note|notice|advisory) to (?:editors|subscribers)|"
    r"avis (?:aux r[ée]dactions|d'annulation|de retrait)|"
    r"aviso a (?:los )?(?:clientes|abonados|editores)|achtung\W+(?:redaktion|kunden)))"
)
#: said by somebody in the news, not by the desk
NEWS = re.compile(
    r"\b(?:said|says|told|according to|announced|added|sagte|laut|teilte|selon|a déclaré|a annoncé|"
    r"dijo|según|anunció|secondo|ha detto|disse|segundo)\b",
    re.IGNORECASE,
)
#: another item that comes in its stead; its headline is not the one meant
STEAD = re.compile(
    r"substitut|replace|corrected (?:story|version)|new story|instead|remplac|ersatz|ersetz|"
    r"sustitu|sostitu|substitu",
    re.IGNORECASE,
)
#: how a text is to be mended: asked for, or told by a verb that needs a label or the agency's name
MEND = re.compile(
    r"\b(?:pls|plse|please|kindly)\s(?:read|correct|substitute|insert|note|make)\b|"
    r"\b(?:should|must|ought to) (?:have )?read\b|\bwe are advised by\b|"
    r"\bread (?:instead|correctly)\b|"
    r"\b(?:prière de|bien|il faut|veuillez) lire\b|"
    r"\bmuss(?:te)? es\b|\blesen Sie\b|\brichtig (?:ist|muss|lautet|heißt)\b|\bes muss\b|"
    r"\bdebe decir\b|\bdonde dice\b|\bléase\b|\bha de decir\b|"
    r"\b(?:si legga|leggasi|leggere)\b|\bleia-se\b",
    re.IGNORECASE,
)
ERRED = re.compile(
    r"\b(?:erroneously|incorrectly|mistakenly|wrongly|misstated|misspelled|misidentified|"
    r"in error|was wrong)\b",
    re.IGNORECASE,
)
IN_THING = re.compile(
    rf"^\W*(?:(?:Eds|Editors|Attention|CORRECTION|Correction)\W+)?"
    rf"(?:In|Dans|Bei|Im|En|Nella?|Nell'|Na|No)\s(?:[^.!?]{{0,160}}?[\s'])??{NOUN}\b"
)


def phrase(pattern: str) -> re.Pattern[str]:
    """A pattern of this page, whole words, any case."""
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


#: Words without one of which nobody is asked and nothing is an advisory, beside its headline.
#: They are looked for first: with them a story costs 0.05 ms, without them the patterns above, run
#: over everything, cost 9 ms.
CALLS = frozenset(
    "please pls plse kindly editor editors eds journalists readers subscribers clients "
    "members newspapers media broadcasters veuillez prière merci prions demandons bitte "
    "bitten rogamos ruego ruega pedimos favor prega pregasi preghiamo solicitamos substitute "
    "replacement mandatory advised advisory attention regret inconvenience disregarded "
    "corrected remplacée remplacé kill withhold withdraw disregard eliminate annule annuler "
    "anulen streichen annullare anula freigegeben cleared erroneously incorrectly mistakenly "
    "wrongly misstated misspelled misidentified error wrong achtung disculpas scusiamo "
    "withdrawn withdrawing withdraws withdrew withheld retracted retracting retracts annulée "
    "annulées annulons retirée retirées retirons zurückgezogen ziehen anulada anuladas queda "
    "quedan original originalfassung lire muss debe dice léase legga leggasi read".split()
)
_WORD = re.compile(r"\w+")


def calls(text: str) -> bool:
    """Whether folded text has a word that an order needs."""
    said = text.casefold()
    if said.isascii():  # a third of the time
        return not CALLS.isdisjoint(said.encode().translate(ASCII_WORDS).decode().split())
    return not CALLS.isdisjoint(_WORD.findall(said))
