"""The agencies of Europe."""

from wiredesk.agencies.grammar import Grammar

AFP = Grammar(
    key="afp",
    name="AFP",
    mixed=True,
    marks=("AFP", "أ ف ب", "ا ف ب", "اف ب", "أ.ف.ب"),
    sources=("afp", "afp.com"),
    trailers=(r"©.*AFP.*",),
    writers=("AFP", "Agence France-Presse"),
)
DPA = Grammar(
    key="dpa",
    name="dpa",
    mixed=True,
    marks=("dpa", "dpa-AFX", "dpa/lsw", "dpa/lnw"),
    sources=("dpa", "dpa.com"),
    writers=("dpa",),
    signs=(r"@dpa\.com", r"^dpa(?: (?:[a-z]{2,5}(?:/[a-z]{2,5})*|[a-z]\d)){2,8}$"),
    home="DE",
    tz="Europe/Berlin",
)
APA = Grammar(
    key="apa",
    name="APA",
    mixed=True,
    marks=("APA", "APA/dpa", "APA/AFP", "APA/Reuters", "APA/ag", "APA/AP", "APA/sda"),
    sources=("apa", "apa.at"),
    trailers=(r"\(Schluss\)",),
    home="AT",
    tz="Europe/Vienna",
)
LUSA = Grammar(
    key="lusa",
    name="Lusa",
    mixed=True,
    marks=("Lusa",),
    trailers=(r"Lusa/[Ff]im", r"Fim"),
    home="PT",
    tz="Europe/Lisbon",
)
PA = Grammar(
    key="pa", name="PA", sources=("pa", "pressassociation"), home="GB", tz="Europe/London",
    trailers=(r"ends?",),
)  # fmt: skip
ANSA = Grammar(key="ansa", name="ANSA", marks=("ANSA",), home="IT", tz="Europe/Rome")
EFE = Grammar(
    key="efe",
    name="EFE",
    marks=("EFE", "EFEUSA", "ACAN-EFE", "Agencia EFE"),
    trailers=(r"EFE",),
    closers=(r"EFE",),
    home=None,
)
EUROPA_PRESS = Grammar(
    key="europapress", name="Europa Press", marks=("EUROPA PRESS",), home="ES", tz="Europe/Madrid"
)
ANP = Grammar(key="anp", name="ANP", mixed=True, marks=("ANP",), home="NL", tz="Europe/Amsterdam")
ATS = Grammar(
    key="ats", name="ATS", mixed=True, marks=("ats", "ats afp", "ats/afp", "sda", "awp"), home="CH",
    tz="Europe/Zurich",
)  # fmt: skip
BELGA = Grammar(
    key="belga", name="Belga", mixed=True, marks=("Belga",), home="BE", tz="Europe/Brussels"
)
NTB = Grammar(key="ntb", name="NTB", mixed=True, marks=("NTB",), home="NO", tz="Europe/Oslo")
TT = Grammar(key="tt", name="TT", mixed=True, marks=("TT",), home="SE", tz="Europe/Stockholm")
STT = Grammar(key="stt", name="STT", mixed=True, marks=("STT",), home="FI", tz="Europe/Helsinki")
RITZAU = Grammar(
    key="ritzau", name="Ritzau", mixed=True, marks=("ritzau",), home="DK", tz="Europe/Copenhagen"
)
ANADOLU = Grammar(
    key="aa", name="Anadolu", mixed=True, marks=("AA", "Anadolu"), home="TR", tz="Europe/Istanbul"
)
TASS = Grammar(key="tass", name="TASS", marks=("TASS", "Itar-Tass"), home="RU", tz="Europe/Moscow")
INTERFAX = Grammar(
    key="interfax", name="Interfax", marks=("Interfax",), home="RU", tz="Europe/Moscow"
)
