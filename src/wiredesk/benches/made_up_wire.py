"""A made-up wire in the shapes of a real one: many reporters, places, speakers, few of them often.

Names and words are made of syllables, drawn so that the n-th is about n times rarer than the first.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate

import orjson

SINCE = datetime(2026, 6, 1, tzinfo=UTC)
SPAN = timedelta(days=7)  #: of what `stories` makes
ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl pr r s sh sl st t tr v w".split()
VOWELS = "a e i o u ai ea ou".split()
CODAS = ["", "", "n", "r", "l", "s", "t", "nd", "rk", "m"]
# name, qualifier: cities that agency style lets stand alone, and some that it does not
PLACES = (
    "LONDON NEW_YORK WASHINGTON BEIJING TOKYO PARIS BERLIN FRANKFURT BRUSSELS MOSCOW SEOUL SYDNEY "
    "ROME MADRID VIENNA GENEVA ZURICH STOCKHOLM OSLO HELSINKI COPENHAGEN WARSAW PRAGUE BUDAPEST "
    "ATHENS ISTANBUL ANKARA CAIRO BEIRUT BAGHDAD TEHRAN DUBAI KABUL ISLAMABAD NEW_DELHI MUMBAI "
    "DHAKA BANGKOK SINGAPORE JAKARTA MANILA HANOI HONG_KONG SHANGHAI TAIPEI LAGOS NAIROBI HARARE "
    "JOHANNESBURG KINSHASA ACCRA DAKAR TUNIS ALGIERS TRIPOLI MEXICO_CITY HAVANA BOGOTA LIMA QUITO "
    "CARACAS SANTIAGO BUENOS_AIRES BRASILIA TORONTO OTTAWA CHICAGO HOUSTON BOSTON LISBON DUBLIN "
    "KIEV MINSK RIGA VILNIUS TALLINN BUCHAREST SOFIA BELGRADE ZAGREB LJUBLJANA SARAJEVO"
).replace("_", "\u00a0")
LABELS = ("UPDATE 1-", "UPDATE 2-", "WRAPUP 1-", "EXCLUSIVE-", "FACTBOX-", "")
SAID = ("said", "told reporters", "told Reuters", "said in a statement")


class Zipf:
    """Draws from a sequence, the n-th about n times rarer than the first."""

    def __init__(self, chance: random.Random, things: Sequence[str]) -> None:
        self._chance = chance
        self._things = things
        self._reach = list(accumulate(1 / (n + 2) for n in range(len(things))))

    def draw(self) -> str:
        """One of them."""
        at = self._chance.random() * self._reach[-1]
        return self._things[bisect(self._reach, at)]


def vocabulary(chance: random.Random, size: int) -> list[str]:
    """So many different words, shorter ones first as in real copy."""
    found: dict[str, None] = {}
    while len(found) < size:
        syllables = 1 + (len(found) > 300) + (chance.random() < len(found) / size)
        word = "".join(
            chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS)
            for _ in range(syllables)
        )
        found[word] = None
    return list(found)


@lru_cache(maxsize=1)
def words_of_the_world() -> list[str]:
    """The words that all made-up copy is made of, the common ones first."""
    return vocabulary(random.Random(11), 20_000)  # noqa: S311 - copy, not keys


def stories(count: int, *, first: int = 0, at: datetime = SINCE) -> Iterator[bytes]:
    """JSON Lines of so many stories of about 2,700 characters over a week from `at`.

    `first` numbers them: other numbers, other stories; the words, people and places stay.
    """
    words = words_of_the_world()
    pairs = zip(words, words[4000:], strict=False)
    names = [f"{given.capitalize()} {family.capitalize()}" for given, family in pairs]
    chance = random.Random(first)  # noqa: S311 - copy, not keys
    word, place = Zipf(chance, words), Zipf(chance, PLACES.split(" "))
    reporter, speaker = Zipf(chance, names[:3000]), Zipf(chance, names[4000:12_000])
    editor = Zipf(chance, names[3000:3300])

    def sentence() -> str:
        drawn = [word.draw() for _ in range(chance.randint(14, 30))]
        return " ".join(drawn).capitalize()

    for n in range(first, first + count):
        cities = [place.draw().replace("\u00a0", " ") for _ in range(1 + (chance.random() < 0.1))]
        title = sentence()[:60].strip()
        label = chance.choice(LABELS) if chance.random() < 0.3 else ""
        when = at + (n - first) * (SPAN / count)
        paragraphs = [f"{sentence()}. {sentence()}." for _ in range(chance.randint(6, 14))]
        paragraphs[0] = f"{'/'.join(cities)} (Reuters) - {paragraphs[0]}"
        for k in range(2, len(paragraphs), 3):
            paragraphs[k] = f"“{sentence()},” {speaker.draw()} {chance.choice(SAID)}."
        at_home, elsewhere = cities[0].title(), place.draw().replace("\u00a0", " ").title()
        paragraphs.append(
            f"(Reporting by {reporter.draw()} in {at_home} and {reporter.draw()} in {elsewhere}; "
            f"Editing by {editor.draw()})"
        )
        row = {"id": f"made-{n}", "title": f"{label}{title}", "date": when.isoformat()}
        yield orjson.dumps(row | {"text": "\n\n".join(paragraphs)})
        if n % 50 == 0:  # an error stood for an hour
            paragraphs[1] = f"{sentence()}. {sentence()}."
            row |= {"title": f"CORRECTED-{title}", "date": (when + timedelta(hours=1)).isoformat()}
            yield orjson.dumps(row | {"text": "\n\n".join(paragraphs)})
