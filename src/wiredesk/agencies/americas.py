"""The agencies of the Americas, and the press-release wires."""

from wiredesk.agencies.grammar import Grammar

#: below a release: who to ask, and who paid
RELEASE = (
    r"(?:SOURCE|Source):? .{2,120}",
    r"(?i:(?:media|press|investor)s?(?: relations)?(?: contacts?)?|contacts?)\s*:.{0,300}",
    r"View (?:original content|source version).{0,300}",
    r"###",
)
AP = Grammar(
    key="ap",
    name="AP",
    marks=("AP", "Associated Press", "The Associated Press", "AP Online"),
    sources=("ap", "apnews.com", "ap_2021", "associated press", "the associated press"),
    writers=("The Associated Press", "Associated Press", "AP", "APTN"),
    staff=("Associated Press", "The Associated Press", "AP"),
    signs=(
        r"(?:Associated Press|\bAP) (?:[\w-]+ ){0,4}?(?i:writers?|reporters?) .{3,300} contributed",
    ),
    trailers=(
        r"_{3,}",
        r"Copyright \d{4} The Associated Press.*",
        r"(?:Follow|Find) .{3,80} (?:on Twitter|on X|at) .{3,120}",
        r"(?:On the Net|Online):.*",
    ),
)
BLOOMBERG = Grammar(
    key="bloomberg",
    name="Bloomberg",
    marks=("Bloomberg", "Bloomberg Opinion"),
    sources=("bloomberg", "bloomberg.com"),
    signs=(r"@bloomberg\.net", r"© ?\d{4} Bloomberg"),
    trailers=(
        r"(?:For more articles like this, please visit us|Subscribe now to stay ahead).*",
        r"©\s?\d{4} Bloomberg L\.?P\.?",
    ),
)
UPI = Grammar(key="upi", name="UPI", marks=("UPI",), sources=("upi",))
CP = Grammar(
    key="cp", name="CP", marks=("CP", "The Canadian Press"), home="CA", tz="America/Toronto"
)
CNN = Grammar(key="cnn", name="CNN", marks=("CNN", "CNN.com"), sources=("cnn", "cnn.com"))
DOW_JONES = Grammar(
    key="dowjones", name="Dow Jones", marks=("Dow Jones", "Dow Jones Newswires", "Dow Jones/AP")
)
MARKETWATCH = Grammar(
    key="marketwatch", name="MarketWatch", marks=("CBS.MW", "MarketWatch", "CBS MarketWatch")
)
HEALTHDAY = Grammar(key="healthday", name="HealthDay", marks=("HealthDay News", "HealthDay"))
RTTNEWS = Grammar(key="rttnews", name="RTTNews", marks=("RTTNews", "RTTNews.com"))
PR_NEWSWIRE = Grammar(
    key="prnewswire",
    name="PR Newswire",
    marks=(
        "PRNewswire",
        "PR Newswire",
        "PRNewswire-AsiaNet",
        "PRNewswire-FirstCall",
        "PRNewswire-USNewswire",
        "PRNewswire-PRWeb",
        "PRNewswire-iReach",
    ),
    genre="press_release",
    trailers=RELEASE,
)
CNW = Grammar(
    key="cnw", name="CNW", marks=("CNW", "CNW Telbec"), genre="press_release", trailers=RELEASE
)
BUSINESS_WIRE = Grammar(
    key="businesswire",
    name="Business Wire",
    marks=("BUSINESS WIRE", "BUSINESSWIRE"),
    genre="press_release",
    trailers=RELEASE,
)
GLOBENEWSWIRE = Grammar(
    key="globenewswire",
    name="GlobeNewswire",
    marks=("GLOBE NEWSWIRE", "GLOBENEWSWIRE"),
    genre="press_release",
    trailers=RELEASE,
)
PRWEB = Grammar(
    key="prweb", name="PRWeb", marks=("PRWEB", "PRWEB UK"), genre="press_release", trailers=RELEASE
)
ACCESSWIRE = Grammar(
    key="accesswire",
    name="ACCESSWIRE",
    marks=("ACCESSWIRE",),
    genre="press_release",
    trailers=RELEASE,
)
MARKETWIRED = Grammar(
    key="marketwired",
    name="Marketwired",
    marks=("Marketwired", "Marketwire", "MARKETWIRE"),
    genre="press_release",
    trailers=RELEASE,
)
