"""Quotations in the body, and who is speaking.

    marks     = “ ” | " | « » | „ “ | `` '' | ‘ ’ ;      (* the last where there are no others *)
    explicit    the speaker stands beside the quote: said X, X said, according to X
    coreference beside it stands a pronoun or a role (`the minister`) of somebody named before
    adjacent    nothing stands beside it: the speaker of the sentence before goes on
    continued   the paragraph before left its quote open
    lead        the lead's few words come again in a quote whose speaker is named
    none        nobody could be named

A speaker that is not known is None: a wrong one is worse.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wiredesk.extract import speakers
from wiredesk.extract.spans import Run
from wiredesk.extract.speakers import (
    BE,
    HEAD_VERBS,
    HUMANS,
    PLURAL,
    SAY,
    SPOKE,
    Names,
    Speaker,
    core,
)
from wiredesk.model import Quote

MARKS = ('"', "«", "»", "``", "''")
#: British style: single marks, where at least one closes beside a stop or a comma
SINGLE_OPEN = re.compile(r"(?:(?<=[\s(\[-])|^)'(?=[^\W_])", re.MULTILINE)
SINGLE_CLOSE = re.compile(r"(?<=\S)'(?![^\W_])")
SINGLE = re.compile(r"(?:[,.?!]'|',)(?=\s|$)")
#: verbs that may have their subject left out or after them, and words that do a verb's work
AFTER_VERB = frozenset("according selon según laut secondo so d'après".split())
#: words after a quote that open another clause, not its attribution
OTHER_CLAUSE = frozenset(
    "and but while as which who when after although because or that for if than then so".split()
)
OPENS = frozenset(" \n([-/'")
#: a parenthesis is no part of a subject: `Ruiz (D-Texas) said`, `Toyota ( 7203.T ) said`
ASIDE = re.compile(r"\s?\([^()]{0,80}\)")
#: verbs of a clause before a quote that settle it
SOURCING = frozenset(
    "according According selon Selon según Según laut Laut secondo Secondo".split()
)
SAYING = SAY | speakers.PARTICIPLES | SOURCING
AUXILIARIES = frozenset("a ha hat has ont han haben also".split())
#: verbs that need no subject beside them: `"Ya basta", dijo.`
DROPPING = frozenset(
    "dijo declaró afirmó aseguró explicó añadió agregó señaló indicó disse".split()
)
#: `the source said` is the source quoted before, never somebody named
ANONYMOUS = frozenset("source official aide diplomat person executive".split())
#: an attribution inside what should be a quote: its closing mark was lost
ATTRIBUTED = re.compile(r"[,?!] (?:\w+ ){0,3}(?:said|says|added|told)\b")
OPEN, CLOSE = 1, 2
WINDOW = 600  # characters of a sentence before or after a quote that are read
WORDS = re.compile(r"[^\W_]+")
STOP = re.compile(r"[.?!][)']*\s+(?=[^a-z])")
LEAD = 700  # characters: a lead and the paragraph that backs it
#: words that stand where a sentence does not end
ABBREVIATED = frozenset(
    """mr mrs ms dr st gen sen rep gov lt col sgt capt cmdr adm maj prof rev jr sr inc corp co ltd
    no vs jan feb aug sept oct nov dec mass calif pa va conn fla ill mich wis ariz ala colo d r
    hon pres supt dept insp messrs bros p.m a.m e.g i.e etc""".split()
)
#: `the so-called "caliphate"`: a name or a doubt, not speech
NAMING = frozenset(
    """so-called known dubbed titled entitled nicknamed named word words term phrase film movie book
    song album novel show series play single hit drama comedy magazine codenamed code-named
    headlined slogan self-styled self-proclaimed musical sitcom thriller sequel""".split()
)


@dataclass(slots=True)
class Mark:
    """One quotation: [start, end) are its words, [open, close) its words with the marks."""

    open: int
    start: int
    end: int
    close: int
    continues: bool = False  #: the paragraph before left its quote open
    partial: bool = False
    speaker: Speaker | None = None
    basis: str = "none"
    by_tail: bool = False  #: its speaker stands after it
    near: bool = False  #: a verb of speech stands close by
    before: tuple[str, ...] = ()  #: the last words of its sentence before it


def read_quotes(runs: Sequence[Run]) -> tuple[Quote, ...]:
    """The quotations of the body's paragraphs, in printed order.

    `“We sail,” said Mayor Ana Ruiz.` → Quote("We sail,", "Ana Ruiz", "explicit", False, …)
    """
    if not any(_may_quote(run.folded) for run in runs):
        return ()
    page = Page(runs)
    marks = page.marks()
    return Attribution(page, marks).rows() if marks else ()


def _may_quote(text: str) -> bool:
    return (
        '"' in text or " '" in text or text[:1] == "'" or "''" in text or "«" in text or "»" in text
    )


class Page:
    """The paragraphs as one text, a line each, with the way back to the input."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = [run for run in runs if run]
        self._at: list[int] = []
        folded: list[str] = []
        text: list[str] = []
        at = 0
        for n, run in enumerate(self._runs):
            if n:
                # lines that cleaning left apart: `reflects pressure from⏎the market to improve`
                broken = self._runs[n - 1].text[-1].isalnum() or run.text[0].islower()
                folded.append(" " if broken else "\n")
                text.append(folded[-1])
                at += 1
            self._at.append(at)
            folded.append(run.folded)
            text.append(run.text)
            at += len(run)
        self.folded = "".join(folded)
        self.text = "".join(text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the input of `text[start:end]`, which may run over a paragraph's end."""
        first = bisect_right(self._at, start) - 1
        last = bisect_right(self._at, end - 1) - 1
        at = start - self._at[first]
        begin, after = self._runs[first].span(
            at, end - self._at[first] if first == last else at + 1
        )
        if first != last:
            at = end - 1 - self._at[last]
            after = self._runs[last].span(at, at + 1)[1]
        return begin, after

    def marks(self) -> list[Mark]:
        """The quotations in printed order, none inside another."""
        found: list[Mark] = []
        self._double(found)
        if not found and SINGLE.search(self.folded):
            self._single(found)
        return found

    def _double(self, found: list[Mark]) -> None:
        text, folded = self.text, self.folded
        opened, kind, continues = -1, "", False
        for at, after in _places(folded):
            if opened >= 0 and (line := folded.find("\n", opened, at)) >= 0:
                goes_on = line + 1 == at and not ATTRIBUTED.search(folded, opened, line)
                if goes_on or self._unclosed(opened, line):
                    self._take(found, opened, line, line, continues)
                opened, kind, continues = -1, "", goes_on
            side = _side(text, folded, at, after, kind)
            if not side:
                continue
            if opened < 0:
                if side == OPEN:
                    opened, kind = at, text[at]
                else:
                    continues = False
            elif side == CLOSE:
                self._take(found, opened, at, after, continues)
                opened, kind, continues = -1, "", False
            else:
                # two paragraphs fused, or a mark that was never closed
                goes_on = folded[at - 2] in ".?!"
                if goes_on and self._unclosed(opened, at - 1):
                    self._take(found, opened, at - 1, at - 1, continues)
                opened, kind, continues = at, text[at], goes_on
        if opened >= 0:
            line = folded.find("\n", opened)
            line = len(folded) if line < 0 else line
            if self._unclosed(opened, line):
                self._take(found, opened, line, line, continues)

    def _unclosed(self, opened: int, end: int) -> bool:
        """Whether words without a closing mark can be one quote: no attribution is among them."""
        if end - opened > 4 * WINDOW:
            return False
        return self.folded[end - 1] in ".?!" and not SAY.intersection(
            self.folded[opened:end].split()
        )

    def _take(self, found: list[Mark], opened: int, end: int, close: int, continues: bool) -> None:
        start = opened + (2 if self.folded.startswith(("``", "''"), opened) else 1)
        words = self.text[start:end]
        if not words[:1].isalnum() or words[-1].isspace():
            if not WORDS.search(words):
                return
            start += len(words) - len(words.lstrip())
            end = start + len(words.strip())
        found.append(Mark(opened, start, end, close, continues))

    def _single(self, found: list[Mark]) -> None:
        closers = [m.start() for m in SINGLE_CLOSE.finditer(self.folded)]
        done = 0
        for token in SINGLE_OPEN.finditer(self.folded):
            at = token.start()
            if at < done:
                continue
            line = self.folded.find("\n", at, at + 4 * WINDOW)
            first = bisect_right(closers, at)
            ends = [c for c in closers[first : first + 12] if line < 0 or c < line]
            # an apostrophe closes nothing: `the ministers' plan`
            end = next((c for c in ends if self.folded[c - 1] in ",.?!"), -1)
            end = end if end >= 0 else next((c for c in ends if self.folded[c - 1] != "s"), -1)
            if end > at + 1:
                self._take(found, at, end, end + 1, False)
                done = end + 1


def _places(folded: str) -> list[tuple[int, int]]:
    """Where marks stand; `str.find` is several times faster than a pattern here."""
    places = []
    for mark in MARKS:
        at = folded.find(mark)
        while at >= 0:
            places.append((at, at + len(mark)))
            at = folded.find(mark, at + len(mark))
    places.sort()
    return places


def _side(text: str, folded: str, at: int, after: int, kind: str) -> int:
    """Whether the mark at `at` opens or closes; `kind` is the mark that is open, if any."""
    mark = text[at]
    before = folded[at - 1] if at else "\n"
    following = folded[after] if after < len(folded) else "\n"
    can_open = before in OPENS and not following.isspace()
    if mark == '"':
        if kind:
            if kind in "«»":
                return 0
            return OPEN if can_open and before.isspace() else CLOSE
        if can_open:
            return OPEN
        # `said,"We sail` and `" We sail`, but not `a 12" pipe`
        spaced = before.isspace() and following.isspace()
        return OPEN if spaced or (following.isupper() and not before.isdigit()) else 0
    if mark == "″":
        return 0
    if kind and kind in "«»":
        return CLOSE if mark in "«»" and mark != kind else 0
    if mark in "„‟«`" or (mark == "“" and kind not in {"„", "‟"}):
        typo = kind and mark == "“" and not can_open and not before.isspace()
        return CLOSE if typo else OPEN
    if kind:
        return CLOSE
    return OPEN if can_open and mark in "”»" else 0


class Attribution:
    """Finds the speaker of each mark, from the first to the last."""

    def __init__(self, page: Page, marks: list[Mark]) -> None:
        self._page = page
        self._folded = page.folded
        self._marks = marks
        self._names = Names(page.folded)
        self._gender: dict[str, str] = {}

    def rows(self) -> tuple[Quote, ...]:
        """The quotes that are speech; marks around a title or a doubted word are left out."""
        for n in range(len(self._marks)):
            self._attribute(n)
        for n in range(len(self._marks) - 2, -1, -1):
            self._share(n)
        lead = {n for n in range(len(self._marks)) if self._lead(n)}
        kept = [m for n, m in enumerate(self._marks) if n in lead or not self._scare(n)]
        return tuple(self._quote(mark) for mark in kept)

    def _quote(self, mark: Mark) -> Quote:
        start, end = self._page.span(mark.start, mark.end)
        text = self._page.text[mark.start : mark.end].replace("\n", " ")
        speaker = mark.speaker.text if mark.speaker else None
        basis = mark.basis if speaker else "none"
        return Quote(text, speaker, basis, mark.partial, start, end)

    # -- the sentence around a mark ---------------------------------------------------------

    def _head(self, n: int) -> tuple[list[str], bool]:
        """The words of the sentence before mark n, and whether mark n-1 stands in it too."""
        folded, at = self._folded, self._marks[n].open
        floor = self._marks[n - 1].close if n else 0
        start = self._start(max(floor, at - WINDOW), at)
        joined = n > 0 and start == floor
        if joined:
            gap = folded[floor:at].strip()
            last = folded[self._marks[n - 1].end - 1]
            joined = bool(gap) and not (last in ".?!" and gap[0].isupper())
        return self._words(start, at), joined

    def _tail(self, n: int) -> tuple[list[str], bool]:
        """The words of the sentence after mark n, and whether mark n+1 stands in it too."""
        at = self._marks[n].close
        ceiling = self._marks[n + 1].open if n + 1 < len(self._marks) else len(self._folded)
        limit = min(ceiling, at + WINDOW)
        end = self._end(at, limit)
        return self._words(at, end), end == ceiling and n + 1 < len(self._marks)

    def _words(self, start: int, end: int) -> list[str]:
        part = self._folded[start:end]
        if "(" in part:
            part = ASIDE.sub("", part)
        return part.strip(" -_\n").lstrip(",. ").split()

    def _start(self, floor: int, at: int) -> int:
        """Where the sentence that reaches to `at` starts."""
        folded = self._folded
        floor = max(floor, folded.rfind("\n", floor, at) + 1)
        stop = at - 2
        ended = stop >= floor and folded[stop] in ".?!" and folded[stop - 1] not in ".?!"
        # `in the U.S. "We sail`, but `Ana J. "Annie" Ruiz`
        if ended and folded[at + 1 : at + 2].isupper() and folded[stop - 2] != " ":
            return at
        stop = at
        while True:
            stop = max(
                folded.rfind(". ", floor, stop),
                folded.rfind("? ", floor, stop),
                folded.rfind("! ", floor, stop),
            )
            if stop < 0:
                return floor
            if not folded[stop + 2].islower() and not self._abbreviated(stop, floor):
                return stop + 2

    def _end(self, at: int, ceiling: int) -> int:
        """Where the sentence that `at` stands in ends, without its stop."""
        line = self._folded.find("\n", at, ceiling)
        ceiling = ceiling if line < 0 else line
        for found in STOP.finditer(self._folded, at, ceiling):
            if not self._abbreviated(found.start(), at):
                return found.start()
        return ceiling

    def _abbreviated(self, stop: int, floor: int) -> bool:
        """Whether the stop is part of `Mr.`, `J.` or `U.S.`"""
        folded = self._folded
        if folded[stop] != ".":
            return False
        word = folded[max(floor, folded.rfind(" ", max(floor, stop - 16), stop) + 1) : stop]
        return "." in word or len(word) == 1 or word.lower() in ABBREVIATED

    # -- who speaks -------------------------------------------------------------------------

    def _attribute(self, n: int) -> None:
        mark = self._marks[n]
        before, joined = self._head(n)
        last = self._folded[mark.end - 1]
        # `Ruiz said: "We sail."` leaves nothing to read behind it
        after = [] if before and last == "." else self._tail(n)[0]
        comma = self._folded[mark.close : mark.close + 1] == ","
        direct = last in ",?!-" or comma or not before
        fresh = last in ".?!" and bool(after) and after[0][0].isupper()
        mark.partial = self._partial(mark, before, after, joined)
        mark.before = tuple(before[-2:])
        if joined and self._marks[n - 1].by_tail:
            previous = self._marks[n - 1]
            mark.speaker, mark.basis, mark.near = previous.speaker, previous.basis, True
            return
        inverted = direct and not mark.partial and last == "," and bool(after) and after[0] in SAY
        strong = self._before(mark, before, SAYING) if before and not inverted else None
        if strong and self._settle(n, strong, before):
            return
        if after and direct and not (fresh and (last == "." or mark.partial)):
            found = self._after(mark, after)
            if found and self._settle(n, found, before):
                mark.by_tail = True
                mark.partial &= bool(before) or self._folded[mark.start].islower()
                return
            if found:  # a pronoun for nobody known
                return
        weak = self._before(mark, before, HEAD_VERBS) if before and not strong else None
        if weak and self._settle(n, weak, before):
            return
        if after and not direct and last not in ".?!":
            found = self._trailing(mark, after)
            if found and self._settle(n, found, before):
                return
        if not strong and not weak:
            self._continue(n, before, joined)

    def _settle(self, n: int, speaker: Speaker, before: list[str]) -> bool:
        """Give mark n its speaker; a pronoun or a role stands for somebody named before."""
        mark = self._marks[n]
        if speaker.kind == "pronoun" or (speaker.kind == "human" and _refers(speaker.text)):
            person = self._referent(n, speaker, before)
            if person:
                mark.speaker, mark.basis = person, "coreference"
                return True
            if speaker.kind == "pronoun":
                return False
        mark.speaker, mark.basis = speaker, "explicit"
        return True

    def _before(self, mark: Mark, words: list[str], verbs: frozenset[str]) -> Speaker | None:
        """`Ana Ruiz told reporters that "…`, `according to Ruiz, "…`, `ANA RUIZ, MAYOR: "…`"""
        names = self._names
        for k in range(len(words) - 1, -1, -1):
            word = words[k]
            if word not in verbs:
                continue
            previous = core(words[k - 1]).lower() if k else ""
            if word.endswith(".") or not speakers.is_verb(words, k):
                continue
            mark.near = len(words) - k <= 10
            bare = core(word)
            if bare in SOURCING:
                return speakers.follower(words, k + 1 + (bare[1:] == "ccording"), names)
            if bare == "saying" and (q := _last(words[:k], "quoted")) > 0:
                if words[q - 1] in BE:
                    return speakers.subject(words, q, names)
                return speakers.follower(words, q + 1, names)
            if previous in BE and bare != "quoted":
                by = _last(words[k:], "by")
                return speakers.follower(words, k + by + 1, names) if by > 0 else None
            if bare in speakers.PARTICIPLES:
                return speakers.of_sentence(words[:k], names)
            found = speakers.subject(words, k, names)
            return found or speakers.of_sentence(words[:k], names)
        if words[-1][-1] == ":" and verbs is SAYING:
            mark.near = True
            return speakers.opening(words, names)
        return None

    def _after(self, mark: Mark, words: list[str]) -> Speaker | None:
        """`said Ana Ruiz, a trader`, `Ruiz said`, `according to Ruiz`, right after a quote."""
        names = self._names
        first = core(words[0]).lower().rstrip(".")
        if first in OTHER_CLAUSE and first != "so":
            return None
        mark.near = mark.near or first in AFTER_VERB or not SAY.isdisjoint(words[:12])
        if first in AFTER_VERB:
            return speakers.follower(words, 2 if first == "according" else 1, names)
        if words[0] in SAY or first in SAY:
            if "-" in first:  # dit-il, a-t-elle déclaré
                return Speaker("pronoun", first.rstrip(".").rpartition("-")[2])
            if len(words) == 1 and first in DROPPING:
                return Speaker("pronoun", "")
            return speakers.follower(words, 1, names)
        if len(words) > 1 and words[1] in SAY and first in AUXILIARIES:
            if len(words) == 2 and first == "ha":
                return Speaker("pronoun", "")
            return speakers.follower(words, 2, names)
        for k in range(1, min(len(words), 34)):
            if words[k] in SAY and speakers.is_verb(words, k):
                if words[k] == "quoted" and words[k - 1] not in BE:
                    return speakers.follower(words, k + 1, names)
                return speakers.beside(words, k, names)
        return None

    def _trailing(self, mark: Mark, words: list[str]) -> Speaker | None:
        """The end of a sentence that quotes some words: `… of the deal, Ruiz said on Monday`."""
        for k in range(len(words) - 1, 0, -1):
            bare = core(words[k])
            if bare == "according":
                return speakers.follower(words, k + 2, self._names)
            if words[k] not in SAY or not speakers.is_verb(words, k):
                continue
            if not any(word[-1] == "," for word in words[:k]) or len(words) - k > 14:
                return None
            mark.near = k <= 12
            return speakers.beside(words, k, self._names)
        return None

    def _continue(self, n: int, before: list[str], joined: bool) -> None:
        """Nothing stands beside mark n: the one who spoke before it goes on."""
        mark = self._marks[n]
        previous = self._marks[n - 1] if n else None
        if mark.continues and previous and previous.speaker:
            mark.speaker, mark.basis = previous.speaker, "continued"
        elif joined and previous and previous.speaker:
            mark.speaker, mark.basis, mark.near = previous.speaker, previous.basis, previous.near
        elif not before and not mark.partial and (found := self._speaking(n)):
            mark.speaker, mark.basis = found, "adjacent"

    def _speaking(self, n: int) -> Speaker | None:
        """Who the one or two sentences before mark n have speaking."""
        previous = self._marks[n - 1] if n else None
        floor = previous.close if previous else 0
        for count, (start, words) in enumerate(self._sentences(floor, self._marks[n].open)):
            if start == floor and previous and not self._over(n - 1):
                return previous.speaker
            found = self._says(words)
            if not found and not count:
                found = speakers.opening(words, self._names)
                found = found if found and found.kind != "group" else None
            if found and found.kind == "pronoun":
                return self._referent_from(n, start, found)
            if found and (count == 0 or (found.kind == "name" and self._human(found.text))):
                return found
            if count:
                return None
        # two quotes side by side; a third may be the next one's in a round-up of comments
        bare = not self._folded[floor : self._marks[n].open].strip()
        return previous.speaker if previous and bare and previous.basis != "adjacent" else None

    def _says(self, words: list[str], pronouns: bool = True) -> Speaker | None:
        """The subject of a sentence's last verb of speech, or of the last that names one."""
        for k in range(len(words) - 1, 0, -1):
            if words[k] in SPOKE and speakers.is_verb(words, k):
                found = speakers.beside(words, k, self._names)
                if pronouns or (found and found.kind != "pronoun"):
                    return found
        return None

    def _sentences(self, floor: int, at: int) -> Iterator[tuple[int, list[str]]]:
        """The sentences of `[floor, at)`, the last first, with their starts."""
        while at > floor:
            while at > floor and self._folded[at - 1].isspace():
                at -= 1
            if at <= floor:
                return
            start = self._start(max(floor, at - WINDOW), at - 1)
            yield start, self._words(start, at)
            at = start

    def _over(self, n: int) -> bool:
        """Whether mark n ends its sentence: `"We sail." Ruiz said nothing more.`"""
        mark = self._marks[n]
        following = self._folded[mark.close : mark.close + 2].strip()
        return self._folded[mark.end - 1] in ".?!" and not following[:1].islower()

    def _referent(self, n: int, speaker: Speaker, before: list[str]) -> Speaker | None:
        if speaker.kind == "human":  # `the trader` after `a trader at Kelp Bank`
            noun = speaker.text.rpartition(" ")[2]
            for mark in reversed(self._marks[max(0, n - 12) : n]):
                phrase = mark.speaker if mark.speaker and mark.speaker.kind == "human" else None
                if phrase and noun in phrase.text.split() and not _refers(phrase.text):
                    return phrase
        at = self._marks[n].open
        if before:
            nearest = self._says(before, False) or speakers.opening(before, self._names)
            if nearest and self._fits(nearest, speaker):
                return self._known(nearest, speaker)
            at = self._start(max(0, at - WINDOW), at)
        return self._referent_from(n, at, speaker)

    def _referent_from(self, n: int, at: int, speaker: Speaker) -> Speaker | None:
        """Who a pronoun at `at`, before mark n, stands for: the last fitting speaker or subject."""
        for m in range(n - 1, max(-2, n - 5), -1):
            floor = self._marks[m].close if m >= 0 else 0
            for count, (start, words) in enumerate(self._sentences(floor, at)):
                if count > 6:
                    break
                if start == floor and m >= 0 and not self._over(m):
                    break
                said = self._says(words, False)
                if said and self._fits(said, speaker, spoke=True):
                    return self._known(said, speaker)
                found = speakers.opening(words, self._names)
                found = found or speakers.introduced(words, self._names)
                if found and self._fits(found, speaker):
                    return self._known(found, speaker)
            if m < 0:
                break
            last = self._marks[m].speaker
            if last and self._fits(last, speaker, spoke=True):
                return self._known(last, speaker)
            at = self._marks[m].open
        return None

    def _fits(self, found: Speaker, speaker: Speaker, spoke: bool = False) -> bool:
        """Whether a pronoun or role can mean somebody; one who `spoke` needs no other proof."""
        if found.kind == "pronoun":
            return False
        if speaker.kind == "human":
            noun = speaker.text.rpartition(" ")[2]
            if found.kind == "name":
                return noun not in ANONYMOUS and self._human(found.text)
            return noun in found.text.split() and not _refers(found.text)
        if speaker.text == "him":
            speaker = Speaker("pronoun", "he")
        if speaker.text in PLURAL:
            several = found.text.endswith("s") or " and " in found.text
            return speakers.is_plural(found.text) or (found.kind == "group" and several)
        if speaker.text == "it":
            return found.kind == "group"
        if speaker.text == "":
            return True
        if found.kind == "human":
            return not speakers.is_plural(found.text) and not found.text.startswith("the ")
        gender = self._gender.get(found.text, speaker.text)
        human = (spoke and " " in found.text) or self._human(found.text)
        return found.kind == "name" and gender == speaker.text and human

    def _known(self, found: Speaker, speaker: Speaker) -> Speaker:
        if speaker.text in {"he", "she"}:
            self._gender.setdefault(found.text, speaker.text)
        return found

    def _human(self, name: str) -> bool:
        return self._names.is_human(name)

    def _share(self, n: int) -> None:
        """`"a" and that "b", Ruiz said`: two quotes of one sentence have one speaker."""
        mark, following = self._marks[n], self._marks[n + 1]
        if mark.speaker or following.basis not in {"explicit", "coreference"}:
            return
        if following.continues:
            mark.speaker, mark.basis = following.speaker, "continued"
        elif self._tail(n)[1] and self._head(n + 1)[1]:
            mark.speaker, mark.basis = following.speaker, following.basis
            mark.near = mark.near or following.close - mark.close < 80

    def _lead(self, n: int) -> bool:
        """A few words of the lead that come again in the quote of somebody named."""
        mark = self._marks[n]
        if mark.open > LEAD or not mark.partial or (mark.speaker and mark.speaker.kind == "name"):
            return False
        if not mark.speaker and not mark.near:
            return False
        words = _plain(self._folded[mark.start : mark.end])
        if words.count(" ") < 3:
            return False
        for later in self._marks[n + 1 :]:
            named = later.speaker and later.speaker.kind == "name"
            if named and words in _plain(self._folded[later.start : later.end]):
                mark.speaker, mark.basis = later.speaker, "lead"
                return True
        return False

    # -- what is speech ---------------------------------------------------------------------

    def _partial(self, mark: Mark, before: list[str], after: list[str], joined: bool) -> bool:
        """Whether the words are less than a sentence."""
        if mark.continues:
            return False
        opening = self._folded[mark.start : mark.end].lstrip(".-[(' ")
        if opening[:1].islower():
            # the second half of `"A," he said, "b"`
            return not (joined and before and before[-1][-1] == ",")
        stopped = self._folded[mark.end - 1] in ".?!,-"
        if not before or before[-1][-1] in ",:-" or before[-1] in SAYING:
            return (
                not stopped and bool(after) and core(after[0]) not in SAY and after[0][0].islower()
            )
        return not (stopped and self._folded[mark.end - 1] != "," and " " in opening)

    def _scare(self, n: int) -> bool:
        """Marks around a title, a name or a doubted word: `the so-called "caliphate"`."""
        mark = self._marks[n]
        if not mark.partial and mark.speaker:
            return False
        words = self._folded[mark.start : mark.end].split()
        if len(words) > 8:
            return False
        before = mark.before
        last = core(before[-1]).lower() if before else ""
        if last in {"as", "the", "a"} and len(before) > 1:  # known as, the film
            last = before[-2] if before[-2] in NAMING else last
        if last in NAMING and len(words) <= 6:
            return True
        if last == "called" and len(before) > 1 and before[-2] in BE:
            return True
        if not mark.partial and self._folded[mark.end - 1] in ".?!":
            return False
        long_words = [word for word in words if len(word) > 3]
        titled = words[0][0].isupper() and all(
            word[0].isupper() or word[0].isdigit() for word in long_words
        )
        if titled and (long_words or not mark.near):
            return mark.partial or not mark.speaker
        return len(words) <= 2 and not mark.near


def _refers(phrase: str) -> bool:
    """Whether a phrase needs somebody named before it: `the minister`."""
    words = phrase.split()
    return words[0] == "the" and len(words) <= 3 and words[-1].lower() in HUMANS


def _last(words: Sequence[str], word: str) -> int:
    return next((n for n in range(len(words) - 1, -1, -1) if words[n] == word), -1)


def _plain(text: str) -> str:
    """Words between single spaces, in small letters, without punctuation."""
    return " ".join(("", *WORDS.findall(text.lower()), ""))
