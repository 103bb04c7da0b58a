"""The agencies of Asia and Oceania."""

from wiredesk.agencies.americas import RELEASE
from wiredesk.agencies.grammar import Grammar

XINHUA = Grammar(
    key="xinhua", name="Xinhua", marks=("Xinhua",), home="CN", tz="Asia/Shanghai",
    trailers=(r"Enditem",), closers=(r"Enditem",), signs=(r"^Enditem$",),
)  # fmt: skip
KYODO = Grammar(
    key="kyodo", name="Kyodo", marks=("Kyodo", "Kyodo News"), home="JP", tz="Asia/Tokyo",
    trailers=(r"==\s?Kyodo",), signs=(r"^==\s?Kyodo$",),
)  # fmt: skip
KYODO_JBN = Grammar(
    key="kyodojbn", name="Kyodo JBN", marks=("Kyodo JBN-AsiaNet", "Kyodo JBN"), home="JP",
    tz="Asia/Tokyo", genre="press_release", trailers=RELEASE,
)  # fmt: skip
JIJI = Grammar(key="jiji", name="Jiji", marks=("Jiji Press", "Jiji"), home="JP", tz="Asia/Tokyo")
YONHAP = Grammar(key="yonhap", name="Yonhap", marks=("Yonhap",), home="KR", tz="Asia/Seoul")
CNA = Grammar(key="cna", name="CNA", marks=("CNA",), home="TW", tz="Asia/Taipei")
IANS = Grammar(key="ians", name="IANS", marks=("IANS",), home="IN", tz="Asia/Kolkata")
PTI = Grammar(key="pti", name="PTI", marks=("PTI",), home="IN", tz="Asia/Kolkata")
ANI = Grammar(key="ani", name="ANI", marks=("ANI",), home="IN", tz="Asia/Kolkata")
AAP = Grammar(
    key="aap", name="AAP", marks=("AAP",), home="AU", tz="Australia/Sydney",
    trailers=(
        r"AAP(?: [A-Z]{2,10}){1,2}",  # AAP RTV, AAP RESULTS: the desk that sent it
        r"(?:https?://)?medianet\.com\.au/\S+(?: SOURCE: .{2,120})?",
    ),
)  # fmt: skip
BUSINESSDESK = Grammar(
    key="businessdesk", name="BusinessDesk", marks=("BusinessDesk",), home="NZ",
    tz="Pacific/Auckland", trailers=(r"\(BusinessDesk\)",),
)  # fmt: skip
