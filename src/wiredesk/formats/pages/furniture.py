"""What stands in a story's page and is none of its copy: told by class names, links and words.

Class names are read as words (`c-article__share--bottom` is c, article, share, bottom), because the
trade's builders of pages name the parts alike everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

#: `after:content-['']`, `md:hidden`: what a style sheet's builder writes says nothing of the part
UTILITY = re.compile(r"\S*[:\[]\S*")
WORDS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+")
#: words of a class or id that name furniture wherever they stand
FURNITURE = frozenset(
    """share shares sharing sharebar sharethis social socials addtoany related relatedposts
    recommend
    recommended recommendation recommendations newsletter newsletters promo promos promotion
    promoted advert adverts advertising advertisement advertisements adslot adsbygoogle ads ad
    banner sponsor sponsored comment comments disqus respond breadcrumb breadcrumbs nav navi
    navigation navbar menu menus footer sidebar caption captions figcaption legend credits
    copyright byline bylines author authors autor autoren auteur contributor contributors bio
    biography tag tags tagcloud topics keywords taglist tagged subscribe subscription subscriptions
    signup cookie cookies consent gdpr gallery carousel slider player audio podcast
    tweet twitter instagram facebook tiktok whatsapp telegram pinterest linkedin poll quiz survey
    readmore toolbar tools print printbutton popup modal overlay login register registration donate
    donation donations outbrain taboola trending popular mostread bestseller kicker eyebrow
    rubric timestamp pubdate published publication datetime dateline offscreen
    bookmark bookmarks follow paginator pagination pager livefeed ticker weather marketdata
    correction feedback rating ratings reactions likes flash breaking disclaimer
    lightbox factbox infobox toolbox teaser teasers crosslink crosslinks linkbox linklist
    morenews latest
    jobs shop shopping affiliate product products coupon coupons countdown onward
    crawler toc skip playlist""".split()
)
#: of these, what never holds a story, however long it is
ASIDE = frozenset(
    """comment comments disqus respond cookie cookies consent gdpr related newsletter footer login
    recommended recommendations modal popup""".split()
)
#: pairs of words that name furniture together
PAIRS = frozenset(
    (
        "most read", "most popular", "read more", "read also", "see also", "sign up",
        "screen reader", "sr only", "visually hidden", "article tags", "article meta",
        "post meta", "entry meta", "meta data", "more on", "more from", "more stories",
        "also read", "know more", "top stories", "image caption", "media caption", "wp caption",
        "photo credit", "call to", "lees ook", "see more", "article footer", "in brief",
        "about author", "read next", "up next", "link list", "links list", "list links",
        "hot topics", "info author", "article date", "article info", "reading time", "read time",
        "entry footer", "image credit", "image details", "image description", "img description",
        "image text", "photo description", "picture description", "photo caption",
        "picture credit", "voir aussi", "lire aussi", "leer mas", "leggi anche", "baca juga",
        "mehr zum", "more links", "story links", "meta info", "post date", "entry date",
    )
)  # fmt: skip
#: what makes a marked element the story itself: `paywall-content`, `article-body has-comments`
TEXT = frozenset(("articlebody", "maintext", "bodytext", "fulltext", "storybody", "articletext"))
TEXT_PAIRS = frozenset(
    ("article body", "story body", "article text", "story text", "entry content")
)
STORY = frozenset(("body", "articlebody", "maintext", "bodytext", "fulltext"))
#: the class `hidden` by itself, but not `hidden md:block`, which only small screens hide
HIDDEN = re.compile(r"^(?!.*:)(?:.*\s)?hidden(?:\s|$)", re.DOTALL)
SILENT = frozenset(
    """script style template noscript svg iframe head title button select textarea input nav footer
    aside figure figcaption video audio object embed canvas label dialog math picture map option
    amp-ad amp-iframe amp-social-share gu-island""".split()
)
ROLES = frozenset(
    ("navigation", "complementary", "contentinfo", "search", "dialog", "banner", "menu", "alert",
     "button", "toolbar", "tablist", "doc-footnote")
)  # fmt: skip
#: a paragraph that opens like one of these points elsewhere
POINTER = re.compile(
    r"^\W*(?:related(?: (?:stories|articles|coverage|links|topics|news|content))?\s*(?::|$)|"
    r"(?:read|see|watch|listen|learn) (?:more|also|next)\b|also read\b|read (?:all|our|the) |"
    r"more on\b.{0,60}$|"
    r"recommended(?: (?:stories|articles|reading|for you))?\s*(?::|$)|"
    r"(?:more|other) (?:stories|news|articles|on this (?:story|topic))|top stories|click here\b|"
    r"(?:follow|join|like) us\b|sign up\b|subscribe\b|share (?:this|on|via)\b|"
    r"advertisement\W*$|sponsored(?: content)?$|article continues|story continues|"
    r"(?:published|updated|posted|last updated)\s*(?::|on\b|at\b|\d)|photo(?:graph)?s?\s*(?::|"
    r"by\b)|image\s*:|"
    r"copyright\b|©|\(c\)|all rights reserved|this (?:article|story) (?:was|is|has been|first|"
    r"originally) "
    r"(?:first |originally |also )?(?:published|appeared|updated|part of)|"
    r"lesen sie (?:auch|mehr|hier|dazu|weiter|jetzt)|lies auch|mehr (?:zum thema|dazu|lesen|"
    r"nachrichten|aus)|"
    r"auch interessant|das könnte (?:sie|dich) (?:auch )?interessieren|weitere (?:artikel|"
    r"nachrichten|themen)|"
    r"zum thema|siehe auch|hier (?:geht es|geht's|lesen)|anzeige\W*$|werbung\W*$|"
    r"jetzt (?:abonnieren|anmelden|registrieren)|"
    r"(?:newsletter|themen|schlagw[oö]rte|stichw[oö]rte|foto|bild|quelle|quellen|video|audio)\s*:|"
    r"lire (?:aussi|également|plus)|à lire|voir aussi|à voir|sur le même (?:sujet|thème)|"
    r"(?:abonnez|inscrivez)-vous|"
    r"publicité\W*$|"
    r"le[ae]r (?:más|mas|también|tambien)\b|lee también|te puede interesar|también te puede|"
    r"ver (?:más|también)|"
    r"más (?:información|noticias)\s*(?::|$)|noticias? relacionadas?|publicidad\W*$|suscríbete|"
    r"leia (?:mais|também)|veja (?:mais|também)|saiba mais|publicidade\W*$|"
    r"leggi (?:anche|tutto|pure)|approfondisci|guarda (?:anche|il video)|iscriviti|pubblicità\W*$|"
    r"lees (?:ook|meer|verder)|bekijk ook|luister ook|advertentie\W*$|schrijf je in|"
    r"l[äæ]s (?:også|också|mer|mere|ogs[åa])|les (?:også|mer)|"
    r"czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)|przeczytaj|reklama\W*$|"
    r"baca (?:juga|selengkapnya)|simak juga|lihat juga|"
    r"lue (?:myös|lisää)|mainos\W*$|ayrıca (?:oku|bak)|ilgili haber|"
    r"čtěte (?:také|též)|přečtěte si|čítajte|citește și|διαβάστε (?:επίσης|ακόμη)|"
    r"читайте (?:также|також|ще)|"
    r"関連(?:記事|ニュース|リンク)|あわせて読みたい|続きを読む|【?関連|この記事(?:は|を)|"
    r"관련\s?기사|▶|☞|무단\s?전재|저작권|ⓒ|"
    r"相關(?:新聞|閱讀|報導)|延伸閱讀|相关(?:阅读|新闻)|更多)",
    re.IGNORECASE,
)
#: what copy never says wherever it stands in a short paragraph
NOTICE = re.compile(
    r"all rights reserved|terms (?:of (?:use|service)|and conditions)|privacy policy|(?:our|free|"
    r"daily|weekly) newsletter|"
    r"cookie (?:policy|settings)|javascript|datenschutz(?:erklärung|hinweis|bestimmung)|"
    r"cookies? (?:zulassen|akzeptieren|einstellungen)|external(?:en|er)? inhalt|"
    r"externe[nrs]? inhalte?|"
    r"alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|"
    r"tutti i diritti riservati|"
    r"riproduzione riservata|wszelkie prawa zastrzeżone|無断転載|sign in to|log in to|"
    r"support (?:our|independent) journalism|download (?:our|the) app|whatsapp[ -](?:channel|"
    r"kanal)|"
    r"réservée? (?:à nos|aux) abonnés|il vous reste \d|(?:subscribers|abonnenten|abonnés|"
    r"suscriptores) only|"
    r"have (?:a|you got a) (?:story|tip)|inscrivez-vous|politique de confidentialité",
    re.IGNORECASE,
)
#: pieces of which each notice has one: looking for them first takes a twentieth of the time
NOTICED = (
    "rights reserved", "terms", "privacy", "newsletter", "cookie", "javascript", "datenschutz",
    "inhalt", "vorbehalten", "réserv", "reservad", "riservat", "zastrzeżone", "無断転載",
    "sign in", "log in", "journalism", " app", "whatsapp", "reste", "only", "have a", "got a",
    "inscrivez", "confidentialité",
)  # fmt: skip
LONGEST_NAMES = 400  #: characters of a class that are read
NOTICE_LONGEST = 320  #: characters; a longer paragraph is copy, whatever it opens with


def _words(names: str) -> list[str]:
    names = names[:LONGEST_NAMES]
    if ":" in names or "[" in names:
        names = UTILITY.sub(" ", names)
    return [word.lower() for word in WORDS.findall(names)]


@lru_cache(maxsize=16384)
def is_furniture_name(names: str) -> bool:
    """Whether the words of a class or id name furniture."""
    if HIDDEN.search(names[:LONGEST_NAMES]):
        return True
    words = _words(names)
    if STORY.intersection(words):
        return False
    if FURNITURE.intersection(words):
        return True
    return any(f"{one} {two}" in PAIRS for one, two in pairwise(words))


@lru_cache(maxsize=4096)
def is_story_name(names: str) -> bool:
    """Whether the words of a class or id say that here is the whole text of the story."""
    words = _words(names)
    if TEXT.intersection(words):
        return True
    return any(f"{one} {two}" in TEXT_PAIRS for one, two in pairwise(words))


@lru_cache(maxsize=4096)
def is_aside_name(names: str) -> bool:
    """Whether the words of a class or id name what is none of the story, however long it is."""
    return bool(ASIDE.intersection(_words(names)))


def is_pointer(text: str) -> bool:
    """Whether a paragraph points elsewhere or is a notice of the house, and no copy."""
    if len(text) > NOTICE_LONGEST:
        return False
    if POINTER.match(text):
        return True
    lower = text.lower()
    return any(piece in lower for piece in NOTICED) and bool(NOTICE.search(text))
