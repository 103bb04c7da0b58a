"""Who a clause says is speaking: the noun phrase beside a speech verb, and full names.

    before = [ article ] , { role } , name , [ "," , apposition , "," ] , verb ;   (* X said *)
    after  = verb , [ article ] , { role } , name , [ "," , apposition ] ;          (* said X *)
    name   = { title } , tok , { tok | particle | initial } ;

Clauses come as lists of words with their punctuation still on them: a set look-up for each word
is several times faster than one pattern with a hundred verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from wiredesk.extract.names import titled


def _marked(words: str) -> frozenset[str]:
    """Words as they stand in copy, with the punctuation that may be stuck to them."""
    return frozenset(word + mark for word in words.split() for mark in ("", ",", ":", ".", ";"))


_SAY = """
     said says say told tells tell added adds wrote writes asked asks replied answered noted
    explained explains insisted insists argued argues warned warns stated declared announced
    acknowledged admitted conceded concluded recalled remarked commented joked quipped shouted
    yelled cried whispered testified tweeted urged vowed pledged promised denied complained
    claimed predicted stressed emphasised emphasized observed reiterated suggested countered
    responded retorted recounted lamented boasted exclaimed maintained contended contend contends
    cautioned reported continued quoted reckons reckoned believes mused opined chuckled smiled
    laughed sighed a-t-il a-t-elle a-t-on dit-il dit-elle dit déclare affirme ajoute explique
    assure estime souligne précise poursuit dijo dijeron declaró afirmó aseguró explicó añadió
    agregó señaló indicó sostuvo subrayó manifestó comentó sagte sagten sagt erklärte betonte
    meinte ergänzte kritisierte detto dichiarato affermato aggiunto spiegato disse fügte déclaré
    affirmé ajouté expliqué indiqué assuré estimé souligné précisé poursuivi lancé alleged
"""
SAY = _marked(_SAY)
#: verbs that report speech even where no quote is near
SPOKE = _marked("""
    said says told tells added adds wrote writes argued argues insisted insists warned warns stated
    declared explained explains noted acknowledged admitted conceded replied answered asked a-t-il
    déclaré affirmé ajouté expliqué indiqué dijo declaró afirmó aseguró sagte sagten erklärte detto
    dichiarato affermato aggiunto fügte
""")
#: these speak only with words inside their own clause: `Smith called it "a farce"`
TELLING = _marked("""
    called calls call described describes describe denounced dismissed praised accused criticised
    criticized blasted hailed blamed condemned demanded demands labelled labeled branded likened
    compared characterised characterized expressed rejected agreed thanked lauded defended voiced
    cited cites decried slammed deplored derided termed proclaimed echoed
""")
PARTICIPLES = _marked(
    "saying adding telling calling describing warning noting arguing insisting asking writing "
    "stating stressing declaring citing accusing urging claiming suggesting denouncing"
)
HEAD_VERBS = SAY | TELLING | PARTICIPLES
#: between a subject and its verb
BETWEEN = frozenset(
    """
    also later then once has had have having recently earlier often repeatedly previously publicly
    reportedly would could may might will did was were is are been being both all again simply even
    still now always a ha hat habe war soon just himself herself itself yesterday today
""".split()
)
BE = frozenset("was were is are been being be".split())
PRONOUNS = frozenset("he she they it him".split())
#: capitals make names of these: Mr Lei, Mrs Lui
FOREIGN_PRONOUNS = frozenset("il elle ils elles on er sie él ella ellos egli lei lui".split())
PLURAL = frozenset("they ils elles ellos ellas".split())
#: in front of a subject, no part of it
OPENERS = frozenset(
    """
    but and or so yet still also then however meanwhile separately when while as although though if
    because after before since that which whose who what where until whether nor than like once
    even only instead today yesterday tomorrow monday tuesday wednesday thursday friday saturday
    sunday now earlier later mais et und aber pero y e
""".split()
)
PREPOSITIONS = frozenset(
    """
    of for at from in with including to by near on under over against about into among between
    despite during across within without outside inside behind de du des pour von für bei aus vom
    à au en del para di della dei
""".split()
)
#: prepositions that a speaker as shown may hold: `a spokesman for the port`
BELONGING = frozenset("of for at from with de du des del della von für".split())
ARTICLES = frozenset(
    """
    a an the one another some two three four several many his her their its our un une le la les
    der die das ein eine el los una il
""".split()
)
DROPPED = frozenset("the le la les der die das el los il lo".split())
#: where a subject after its verb ends, at the latest
ENDS_SUBJECT = frozenset(
    """
    who whose which that as after when while during before in on to about and but if because told
    was is has had said by referring speaking adding citing through via following until late early
    last this next today yesterday qui que dans en im am auf quien che durante bei at from with
    over upon outside
""".split()
)
PARTICLES = frozenset(
    "de da del della di do dos du van von der den bin bint ibn al el ben la le ten ter abu".split()
)
TITLES = frozenset(
    """
    minister president chancellor premier secretary ambassador envoy governor mayor senator sen
    administrator rep representative congressman congresswoman chairman chairwoman chair chief
    executive ceo cfo coo cio director manager officer general gen colonel col lieutenant lt
    captain capt major maj sergeant sgt commander admiral adm brigadier marshal detective inspector
    sheriff constable superintendent commissioner judge justice attorney prosecutor lawyer
    professor prof doctor dr mr mrs ms miss sir lord lady dame baroness rev reverend archbishop
    bishop cardinal father rabbi imam mullah ayatollah spokesman spokeswoman spokesperson analyst
    economist strategist trader coach leader speaker deputy vice head editor author actor actress
    director-general secretary-general undersecretary counsel treasurer citizen democrat republican
    comptroller controller coordinator chef whip mp mep gov pfc cpl supt comm pm fm pres monsieur
    master madame mme herr frau señor señora don doña signor onorevole président ministre
    bundeskanzlerin bundeskanzler bundespräsident ministerpräsident ministerpräsidentin sprecher
    sprecherin trainer presidente ministro ministra state exchequer affairs defence defense
    treasury
""".split()
)
#: a run of capitals that holds one of these is no person
ORGANISATIONS = frozenset(
    """
    bank banks inc inc. corp corp. co co. ltd ltd. plc group ag sa nv llc motor motors electric
    dynamics mills ministry department party commission street agency union house times journal
    news fed council court association securities capital partners holdings research institute
    airlines airways energy oil gas systems technologies steel foods stores states kingdom city
    county island nations league cup open university college school fund funds trust bureau office
    authority committee board center centre foundation international national airport police army
    navy force government parliament congress senate assembly tv radio press post network media
    company organisation organization society federation club hospital church services service
    exchange insurance financial industries products software wireless brothers sachs stanley lynch
    telegraph guardian herald tribune watch administration reserve brands resources pharmaceuticals
    power u.s. u.n. u.k. e.u. circuit district water telecom communications entertainment pictures
    studios records games poor's
""".split()
)
#: no names, though they stand in capitals at the head of a sentence
COMMON = OPENERS | PREPOSITIONS | ARTICLES | PRONOUNS | frozenset(
    """
    this these those there here i we you my your such both each most more few according asked
    january february march april june july august september october november december mr mrs ms
    no yes not just with
""".split()
)  # fmt: skip
_DEMONYMS = """
    american british briton english scottish welsh irish french frenchman german spanish spaniard
    italian dutch dutchman swiss austrian belgian swedish swede norwegian danish dane finnish finn
    polish pole czech hungarian russian ukrainian greek turkish turk israeli palestinian iraqi
    iranian saudi egyptian syrian lebanese jordanian indian pakistani afghan chinese japanese
    korean thai vietnamese indonesian malaysian australian canadian mexican brazilian argentine
    chilean colombian venezuelan cuban african kenyan nigerian zimbabwean serb serbian croat
    croatian bosnian albanian bulgarian romanian portuguese ethiopian moroccan jamaican european
    asian western arab sudanese somali cypriot latvian estonian lithuanian slovak slovenian
"""
DEMONYMS = frozenset(_DEMONYMS.split())
#: things that speak for a group: shown without their article
DOCUMENTS = frozenset(
    "statement report document memo letter filing release communique communiqué transcript "
    "indictment complaint lawsuit website site note notice survey study poll e-mail email".split()
)
#: humans without a name; `the minister` after `Minister Ana Ruiz` is she
HUMANS = frozenset(
    """
    source official diplomat spokesman spokeswoman spokesperson trader analyst economist minister
    president chancellor premier senator governor mayor judge lawyer attorney coach captain manager
    player striker goalkeeper midfielder defender driver winner champion actor actress singer
    director author writer executive chairman strategist dealer broker officer commander general
    witness resident professor doctor researcher scientist man woman lawmaker ambassador envoy
    leader politician prosecutor banker investor spaniard briton swiss american australian german
    frenchman italian russian serb swede argentine head boss member founder partner student teacher
    worker farmer shopkeeper mother father housewife businessman businesswoman activist campaigner
    columnist historian critic owner nurse soldier engineer pilot consultant adviser advisor aide
    negotiator veteran pollster counsel jockey rider teammate cyclist promoter producer designer
    novelist person treasurer prince king queen pope democrat republican
""".split()
)
#: a piece of a sentence that one of these opens has a subject of its own
JOINS = frozenset("and but while as although though when because after so since".split())
#: no phrase that holds one of these is a speaker: it is the half of a clause
CLAUSAL = frozenset(
    """
    is was were are be will would must should could can may might has had have to which that who
    when if -- - not it they he she been did does do
""".split()
)
_LEADING = COMMON - PARTICLES
_NEVER_FIRST = COMMON - ARTICLES
_ROLES_OR_OPENERS = HUMANS | OPENERS
_BEFORE_NOUNS = PREPOSITIONS | ARTICLES
_BEFORE_HUMANS = HUMANS | ARTICLES
_AFTER_NAMES = frozenset("of at in who whose from with on a an the".split())
_AFTER_HEADS = PREPOSITIONS | {"close", "familiar", "briefed", "involved", "--"}
#: `Hafenministerin Ilka Brandt`: German titles are single words
GERMAN_TITLES = tuple(
    """minister ministerin präsident präsidentin meister meisterin chef chefin kanzler kanzlerin
    sprecher sprecherin sekretär""".split()
)
ROMANCE = frozenset("de des du del della dei".split())
_OWNERS = ("'s", "s'", "-based")
_INSIDE = (["of"], ["and"], ["&"], ["the"], ["des"], ["du"], ["del"], ["della"])
MOST_NAMES = 300  # looked up in one story: each look-up reads the whole of it
LONGEST = 10  # words of a phrase shown as a speaker
EXPLAINED = re.compile(r", (?:\d\d,|an? |who |whose |the |chief |head |senior |his |her )")
NUMBER = re.compile(r"\d")

Kind = Literal["name", "pronoun", "human", "group"]


class Speaker(NamedTuple):
    """`name`: a person or a proper name; `human`: one without a name; `group`: all the rest."""

    kind: Kind
    text: str


def core(word: str) -> str:
    """A word without its punctuation: `Smith,` → Smith; a stop stays (`Jr.`)."""
    return word.strip(',;:()[]"*_?!')


def is_capital(word: str) -> bool:
    """Whether a word can stand in a name: `Ruiz`, `al-Khatib`, `d'Arc`, `U.S.`"""
    if word[:1].isupper():
        return True
    head, dash, rest = word.partition("-" if "-" in word else "'")
    return bool(dash) and rest[:1].isupper() and (head in PARTICLES or head in {"d", "l"})


def is_pronoun(word: str) -> bool:
    bare = core(word)
    return bare.lower() in PRONOUNS or bare in FOREIGN_PRONOUNS


class Names:
    """The names of one story: full names are looked up in its text when a surname asks for one."""

    def __init__(self, folded: str) -> None:
        self._text = folded
        self._full: dict[str, str] = {}
        self._humans: dict[str, bool] = {}
        self._persons: dict[tuple[str, ...], str | None] = {}

    def full(self, name: str) -> str:
        """The story's full form of a surname (`Da Ronchi` → Matteo da Ronchi), or the name."""
        found = self._full.get(name)
        if found is None:
            if len(self._full) > MOST_NAMES:
                return name
            found = self._full[name] = self._find(name)
        return found

    def _find(self, name: str) -> str:
        if name.isupper():  # UPS is not the last word of Vessby-based UPS
            return name
        last = name.rpartition(" ")[2]
        at = self._text.find(last)
        first = True
        tries = 0
        while at >= 0 and tries < 40:
            tries += 1
            end = at + len(last)
            if not self._text[end : end + 1].isalnum() and not self._text[at - 1 : at].isalnum():
                longer = self._leading(at, end)
                fits = longer.casefold().endswith((f" {name}".casefold(), f"-{name}".casefold()))
                if fits and is_name(longer.split(), True):
                    return longer
                if first and " " not in name and (longer := self._following(at, end)):
                    return longer
                first = False
            at = self._text.find(last, end)
        return name

    def _leading(self, at: int, end: int) -> str:
        """The run of capitals that ends here, without titles: `French Minister Ana Ruiz`."""
        line = self._text[max(0, at - 60) : at]
        words = line[line.rfind("\n") + 1 :].split(" ")
        glued = words[-1]  # `al-Khatib`, second reference Khatib
        if glued and glued[:-1] not in PARTICLES:
            return ""
        run = [glued + self._text[at:end]]
        for word in reversed(words[:-1]):
            if not word or word[-1] in ",;:)\"'" or _ends(word):
                break
            if word.endswith("'s") or not (is_capital(word) or word in PARTICLES):
                break
            run.append(word)
        run.reverse()
        while len(run) > 1 and run[0].lower() in COMMON and run[0].lower() not in PARTICLES:
            del run[0]
        bare = without_titles(run)
        if len(bare) == len(run) > 2 and words[-len(run) - 1 : -len(run)] in _INSIDE:
            bare = bare[-2:]  # Commissioner of Ferries and Docks Ana Ruiz
        return " ".join(bare)

    def _following(self, at: int, end: int) -> str:
        """Family name first (`Wen Jiabao`): what the story's first mention has after it."""
        run = [self._text[at:end]]
        if run[0].isupper():
            return ""
        for word in self._text[end : end + 40].split(" ")[1:4]:
            bare = core(word).removesuffix("'s").rstrip(".")
            low = bare.lower()
            if not is_capital(bare) or low in TITLES or low in ORGANISATIONS or low in COMMON:
                break
            if bare.isupper() or NUMBER.search(bare):
                break
            run.append(bare)
            if bare != word:
                break
        return " ".join(run) if len(run) > 1 else ""

    def again(self, word: str) -> bool:
        """Whether a word that opens a sentence stands in the story once more."""
        return self._text.find(word, self._text.find(word) + 1) >= 0

    def is_human(self, name: str) -> bool:
        """Whether the story shows that a name is a person's: by a title, a role or an age."""
        known = self._humans.get(name)
        if known is None:
            if len(self._humans) > MOST_NAMES:
                return False
            known = self._humans[name] = any(
                self._introduced(at, name) for at in self._places(name)
            )
        return known

    def _places(self, name: str) -> Iterator[int]:
        at = self._text.find(name)
        for _ in range(8):
            if at < 0:
                return
            yield at
            at = self._text.find(name, at + len(name))

    def _introduced(self, at: int, name: str) -> bool:
        before = self._text[max(0, at - 24) : at].split()
        role = core(before[-1]).lower().rstrip(".") if before else ""
        if role in HUMANS or role in TITLES or role in {"said", "says"}:
            return True
        last = name.rpartition(" ")[2]
        shown = f" {last} said" in self._text or f" {last} told" in self._text
        if shown and " " in name:
            return True
        after = self._text[at + len(name) : at + len(name) + 12]
        return bool(EXPLAINED.match(after))

    def person(self, run: Sequence[str], sure: bool = False) -> str | None:
        """The display name of a run of capitals, or None where it is no person's name.

        After a role (`sure`) it is one, though a bank could have it: `analyst Bo Banks`.
        """
        key = (*run, "sure") if sure else tuple(run)
        if key not in self._persons:
            self._persons[key] = self._person(run, sure)
        return self._persons[key]

    def _person(self, run: Sequence[str], sure: bool) -> str | None:
        bare = without_titles(run)
        sure = sure or len(bare) < len(run)
        while bare and bare[0] in PARTICLES and len(bare) > 1 and bare[0].islower():
            if self.full(" ".join(bare)) != " ".join(bare):
                break
            bare = bare[1:]
        if not bare or not is_name(bare, sure):
            return None
        name = " ".join(bare)
        if len(bare) == 1 or bare[0].lower() in PARTICLES:
            full = self.full(name)
            known = full != name or len(bare) > 1 or sure
            return full if known else None
        return titled(name) if name.isupper() else name


def _ends(word: str) -> bool:
    """Whether a word's stop ends a sentence: `Rio.`, not `Sen.`, `J.` or `U.S.`"""
    bare = word[:-1]
    return word[-1] == "." and len(bare) > 1 and "." not in bare and bare.lower() not in TITLES


def is_name(run: Sequence[str], sure: bool = False) -> bool:
    """Whether capitals could be a person's: no word of an organisation, no number, not `U.S.`

    After a title or a role (`sure`) the last word may be any: `Chief Executive Bo Banks`.
    """
    first = run[0].lower()
    if len(run) > 6 or (first in COMMON and not (first in PARTICLES and len(run) > 1)):
        return False
    if len(run) == 1 and first in DEMONYMS:
        return False
    for n, word in enumerate(run):
        if sure and n and n == len(run) - 1:
            break
        if word.lower() in ORGANISATIONS or NUMBER.search(word) or word == "&":
            return False
    last = run[-1].rstrip(".")
    return len(last) > 1 and "." not in last and (is_capital(last) or last in PARTICLES)


def without_titles(run: Sequence[str]) -> list[str]:
    """`U.S. Secretary of State Ana Ruiz` → Ana Ruiz; `General Motors` and `Pope Leo` stay whole."""
    words = list(run)
    for n in range(len(words) - 2, -1, -1):
        if words[n].endswith(("'s", "s'")):  # `Kelp's Ruiz`
            words = words[n + 1 :]
            break
        low = words[n].rstrip(".").lower()
        if (low in TITLES or low.endswith(GERMAN_TITLES)) and (
            words[n + 1].lower() not in ORGANISATIONS
        ):
            words = words[n + 1 :]
            break
    while len(words) > 2 and words[0].lower().rstrip(".") in DEMONYMS and is_name(words[1:]):
        words = words[1:]
    return words


def is_verb(words: Sequence[str], at: int) -> bool:
    """Whether a word of speech is a verb that says something: not `to say`, `the alleged fraud`."""
    return not at or core(words[at - 1]).lower() not in {"to", "the", "an"}


def subject(words: Sequence[str], verb: int, names: Names) -> Speaker | None:
    """Who stands before the verb at `words[verb]`: `Ana Ruiz, mayor of Ames, also` said."""
    at = verb - 1
    while at >= 0 and (core(words[at]) in BETWEEN or words[at].endswith("ly")):
        at -= 1
    if at < 0:
        return None
    low = core(words[at]).lower()
    if low in {"who", "which"}:
        return antecedent(words[:at], names)
    if words[at][-1] in ",)":
        return apposition(words[: at + 1], names)
    if low in {"and", "but", "or", "then", "that", "et", "und", "y", "e"}:
        return of_sentence(words[:at], names)
    for n in range(at, max(0, at - 12), -1):
        if words[n][-1] in ",;:":
            break
        if words[n] == "who":  # `a trader who asked not to be named`
            return antecedent(words[:n], names)
    found = noun(words, at, names)
    if found and found.kind == "human" and not is_plural(found.text):
        # the second comma is often lost: `Ana Ruiz, a trader at Kelp Bank said`
        comma = next((n for n in range(at - 1, -1, -1) if words[n][-1] == ","), -1)
        if comma >= 0 and found.text.endswith(" ".join(words[comma + 2 : at + 1])):
            first = next((n for n in range(comma - 1, -1, -1) if words[n][-1] in ",;"), -1) + 1
            piece = words[first : comma + 1]
            if piece[0].lower() not in COMMON and (whole := _whole(piece, "", names)):
                return whole
    return found


def beside(words: Sequence[str], verb: int, names: Names) -> Speaker | None:
    """Who stands before the verb, or after it where the comma before it ends another clause:
    `Ana Ruiz, a lawyer, said Kelp knew`, but `of the deal, said Ana Ruiz, a lawyer`."""
    found = subject(words, verb, names)
    if words[verb - 1][-1] != "," or verb + 1 >= len(words):
        return found
    end = verb + 1
    while end < len(words) and is_capital(words[end]) and words[end - 1][-1] != ",":
        end += 1
    closed = end == len(words) or words[end - 1][-1] == "," or words[end].lower() in _AFTER_NAMES
    inverted = closed and end > verb + 1
    if not inverted and found and found.kind == "name":
        return found
    role = core(words[verb + 1]).lower() in _BEFORE_HUMANS
    if inverted or role or words[verb + 1][0].isupper():
        return follower(words, verb + 1, names) or found
    return found


def antecedent(words: Sequence[str], names: Names) -> Speaker | None:
    """`Ruiz, who said` and `Ana Ruiz, the mayor, who said`."""
    if not words:
        return None
    if words[-1].endswith(","):
        return apposition(words, names)
    return noun(words, len(words) - 1, names)


def of_sentence(words: Sequence[str], names: Names) -> Speaker | None:
    """The subject of the sentence that `words` open: that of its last verb of speech, or its
    first words.  `Ruiz told reporters the pier was safe, adding`."""
    for n in range(len(words) - 1, 0, -1):
        told = words[n] in SAY or words[n] in TELLING
        free = told and core(words[n - 1]).lower() not in {"to", "when", "if"}
        if free and (found := subject(words, n, names)):
            return found
    return opening(words, names)


def opening(words: Sequence[str], names: Names) -> Speaker | None:
    """A pronoun or a name with which a sentence opens: `In May, Ana Ruiz compared …`"""
    at = 0
    while at < len(words) and core(words[at]).lower() in OPENERS:
        at += 1
    if at < len(words) and words[at].lower() in PREPOSITIONS:
        comma = next((n for n in range(at, min(len(words), at + 8)) if words[n][-1] == ","), -1)
        if comma < 0:
            return None
        at = comma + 1
    if at >= len(words):
        return None
    if is_pronoun(words[at]):
        return Speaker("pronoun", core(words[at]).lower())
    end = at
    while end < len(words):
        glue = end > at and (words[end] in PARTICLES or words[end] == "of")
        if not is_capital(words[end]) and not (
            glue and is_capital("".join(words[end + 1 : end + 2]))
        ):
            break
        end += 1
        if words[end - 1][-1] in ",;:":
            break
    run = [core(word) for word in words[at:end]]
    if run and run[-1].endswith("'s"):
        return None
    if not run:
        return None
    if person := names.person(run):
        return Speaker("name", person.partition(" of ")[0])
    verbal = end < len(words) and words[end].islower() and run[0].lower() not in COMMON
    verbal = verbal and not run[0].endswith(("ing", ".")) and names.again(run[0])
    return Speaker("group", " ".join(run)) if verbal else None


def run_start(words: Sequence[str], end: int) -> int:
    """Where the run of capitals that ends with `words[end]` starts; `end + 1` where none does."""
    if not is_capital(core(words[end])):
        return end + 1
    at = end
    while at and words[at - 1][-1] not in ',;:)"' and not words[at - 1].endswith(_OWNERS):
        before = words[at - 1]
        glue = before in PARTICLES and at > 1 and is_capital(words[at - 2])
        if not (is_capital(before) or before == "&" or (glue and words[at - 2][-1] != ",")):
            break
        at -= 1
    while at < end and core(words[at]).lower() in _LEADING:
        at += 1
    return at


def noun(words: Sequence[str], end: int, names: Names) -> Speaker | None:
    """The noun phrase that ends with `words[end]`."""
    if is_pronoun(words[end]):
        return Speaker("pronoun", core(words[end]).lower())
    start = run_start(words, end)
    if start > end:
        return phrase(words, end, names)
    run = [core(word) for word in words[start : end + 1]]
    run[-1] = run[-1].rstrip(".")
    before = core(words[start - 1]).lower() if start else ""
    if start and words[start - 1][-1] in ",;:":
        before = ""
    named = names.person(run, before in HUMANS or before.endswith("-old"))
    if named and before.islower() and before not in _ROLES_OR_OPENERS:
        whole = phrase(words, end, names)  # `the head of builder D.R. Kelp`
        if whole and whole.kind == "human" and " of " in whole.text:
            return whole
    titles = named is not None and len(without_titles(run)) < len(run)
    glued = before in PARTICLES and len(run) == 1  # `del Prete said`
    if named and (titles or glued or (before not in PREPOSITIONS and before not in ARTICLES)):
        listed = start > 1 and words[start - 2][-1] != "," and not titles
        if before in {"and", "&"} and listed:
            other = noun(words, start - 2, names) if is_capital(words[start - 2]) else None
            if other and other.kind == "name":
                return Speaker("group", f"{other.text} and {named}")
        return Speaker("name", named)
    if before == "and" and start > 1 and is_capital(words[start - 2]):
        first = run_start(words, start - 2)
        if first > 1 and words[first - 1] in {"for", "of"}:  # Centers for Tide Control and Repair
            first = min(first, run_start(words, first - 2))
        return shown([core(word) for word in words[first : end + 1]])
    return phrase(words, end, names)


def phrase(words: Sequence[str], end: int, names: Names) -> Speaker | None:
    """A speaker without a name that ends with `words[end]`: `a spokesman for the port`."""
    at = end
    while at and end - at < LONGEST:
        low, before = core(words[at]).lower(), words[at - 1]
        bare = core(before).lower()
        listed = bare == "and" and at > 2 and core(words[at - 3]).lower() in ARTICLES
        if before[-1] in ",;:" or (bare in OPENERS and not listed) or before in SAY:
            break
        if low in ARTICLES and bare not in PREPOSITIONS:
            break
        at -= 1
    while at < end and core(words[at]).lower() in OPENERS:
        at += 1
    taken = [core(word) for word in words[at : end + 1]]
    return _named(taken, names) or shown(taken)


def shown(words: list[str]) -> Speaker | None:
    """A phrase as people would show it, or None where it can be no speaker."""
    words = [word for word in words if word]
    if not words or len(words) > LONGEST or words[0].lower() in PREPOSITIONS:
        return None
    if len(words) == 1 and words[0].lower() in ARTICLES:
        return None
    if words[-1] in {"data", "figures"} or words[0] in {"data", "close"}:
        return None
    if not CLAUSAL.isdisjoint(words) and "close" not in words:
        return None
    words[-1] = words[-1].rstrip(".")
    while len(words) > 1 and words[-1] in {"written", "compiled", "released", "obtained", "seen"}:
        del words[-1]
    if len(words) > 2 and words[-2] == "on" and words[-1].lower() in OPENERS:
        words = words[:-2]  # `analysts on Thursday said`
    head = next((n for n, word in enumerate(words) if n and word in _AFTER_HEADS), len(words)) - 1
    noun_word = words[head].lower()
    single = noun_word.removesuffix("s")
    first = words[0].lower()
    if first in ARTICLES:
        names_it = words[-1][:1].isupper() and head == len(words) - 1 and single not in HUMANS
        if (first in DROPPED and names_it) or (
            noun_word in DOCUMENTS and first in {"a", "an", "the"}
        ):
            words = words[1:]  # the White House; a Harbour Board statement
        else:
            words[0] = first
    elif len(words) == 1 and (single in HUMANS or noun_word == "police"):
        words = [noun_word] if noun_word.endswith(("s", "police")) else ["the", noun_word]
    text = " ".join(words)
    if len(text) < 2 or not text[0].isalnum() or first in _NEVER_FIRST or len(text) > 90:
        return None
    return Speaker("human" if single in HUMANS else "group", text)


def is_plural(phrase: str) -> bool:
    """Whether a phrase means several people: `sources at sea`, not `a trader at Kelp Lines`."""
    return any(word[-1] == "s" and word[:-1].lower() in HUMANS for word in phrase.split())


def apposition(words: Sequence[str], names: Names) -> Speaker | None:
    """A subject in pieces: `The mayor of Ames, Ana Ruiz,` and `Ana Ruiz, mayor of Ames,`"""
    pieces = [piece.split() for piece in " ".join(words).rstrip(",) ").split(", ")][-7:]
    pieces = [piece for piece in pieces if piece]
    for n in range(len(pieces) - 1, 0, -1):
        if pieces[n][0].lower() in JOINS:
            pieces = pieces[n:]
            break
    for n, piece in enumerate(pieces):
        following = pieces[n + 1][0] if n + 1 < len(pieces) else ""
        if found := _whole(piece, following, names):
            return found
    for piece in reversed(pieces):
        found = noun(piece, len(piece) - 1, names)
        if found and found.kind == "name" and len(piece) > 1:
            return found
    for piece in pieces:
        if piece[0].lower() not in PREPOSITIONS and core(piece[0]).lower() not in OPENERS:
            return noun(piece, len(piece) - 1, names)
    return None


def _whole(piece: Sequence[str], following: str, names: Names) -> Speaker | None:
    """A piece between commas that is a name from end to end, an opening word aside."""
    start = run_start(piece, len(piece) - 1)
    if start == len(piece) or any(core(w).lower() not in COMMON for w in piece[:start]):
        return None
    if start and core(piece[start - 1]).lower() in _BEFORE_NOUNS:
        return None
    run = [core(word) for word in piece[start:]]
    if named := names.person(run):
        return Speaker("name", named)
    explained = following.lower() in {"who", "whose", "a", "an", "the", "which"}
    if explained and is_name(run):
        return Speaker("name" if following.startswith("who") else "group", " ".join(run))
    return None


def follower(words: Sequence[str], at: int, names: Names) -> Speaker | None:
    """Who stands after a verb: `a harbour source`, `Mayor Ana Ruiz`, `Corp analyst Bo Lund`."""
    while at < len(words) and words[at].endswith("ly"):
        at += 1
    if at >= len(words):
        return None
    word = words[at].rstrip(".")
    if is_pronoun(word) and not (word == "il" and at + 1 < len(words)):  # ha detto il sindaco
        return Speaker("pronoun", core(word).lower())
    chunk: list[str] = []
    for word in words[at : at + 16]:
        joined = word == "and" and chunk and chunk[-1].lower() in TITLES  # Chairman and Chief Clerk
        if word[0] == "-" or (chunk and core(word).lower() in ENDS_SUBJECT and not joined):
            break
        chunk.append(word)
        if word[-1] in ",;:":
            break
    if not chunk:
        return None
    if found := _named(chunk, names):
        return found
    if chunk[-1][-1] == "," and (found := _explained(words[at + len(chunk) :], names)):
        return found
    return _unnamed(words[at : at + LONGEST])


def _named(chunk: Sequence[str], names: Names) -> Speaker | None:
    """The first run of capitals in a chunk that is its head, not the name of an employer."""
    at = 0
    while at < len(chunk):
        end = at
        while end < len(chunk) and (
            is_capital(chunk[end]) or chunk[end] == "&" or (end > at and chunk[end] in PARTICLES)
        ):
            end += 1
            if chunk[end - 1].endswith(("'s", "s'", ",")):
                break
        if end > at:
            run = [core(word) for word in chunk[at:end]]
            before = core(chunk[at - 1]).lower() if at else ""
            employer = (
                run[-1].endswith(("'s", "s'"))
                or (end < len(chunk) and chunk[end].lower() not in _BEFORE_NOUNS)
                or before in PREPOSITIONS
            )
            run[-1] = run[-1].rstrip(".")
            if before in ROMANCE and len(run) > 2 and run[-1] == core(chunk[-1]).rstrip("."):
                run, employer = run[-2:], False  # le ministre des Ports Luc Arnal
            titles = len(without_titles(run)) < len(run)
            if (not employer or titles) and (before not in ARTICLES or titles):
                named = names.person(run, before in HUMANS or before.endswith("-old"))
                if named:
                    return Speaker("name", named)
        at = max(end, at + 1)
    return None


def _explained(words: Sequence[str], names: Names) -> Speaker | None:
    """`said the mayor, Ana Ruiz.`: the name after the comma, where it stands alone."""
    end = 0
    while end < len(words) and (is_capital(words[end]) or (end and words[end] in PARTICLES)):
        end += 1
        if words[end - 1][-1] == ",":
            break
    if end < 2 or (end < len(words) and words[end - 1][-1] != ","):
        return None
    named = names.person([core(word).rstrip(".") for word in words[:end]])
    return Speaker("name", named) if named else None


def _unnamed(words: Sequence[str]) -> Speaker | None:
    """The phrase that opens these words: `a trader at a bank in London` → a trader at a bank."""
    taken: list[str] = []
    for word in words:
        low = core(word).lower()
        belongs = low in BELONGING or (low == "to" and taken and taken[-1] == "close")
        if word[0] == "-" or (taken and low in ENDS_SUBJECT and not belongs):
            break
        taken.append(core(word))
        if word[-1] in ",;:":
            break
    return shown(taken)


def introduced(words: Sequence[str], names: Names) -> Speaker | None:
    """Somebody whom a sentence names by a title or role: `then director Ana Ruiz was furious`."""
    for n in range(1, len(words)):
        before = core(words[n - 1]).lower().rstrip(".")
        if (before in HUMANS or before in TITLES) and is_capital(words[n]):
            end = n
            while end + 1 < len(words) and is_capital(words[end + 1]) and words[end][-1].isalnum():
                end += 1
            run = [core(word).removesuffix("'s").rstrip(".") for word in words[n : end + 1]]
            if (words[end].endswith("'s")) or not (named := names.person(run, True)):
                continue
            return Speaker("name", named)
    return None
