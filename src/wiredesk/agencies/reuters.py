"""Reuters: the wire, the web and the copy of 1987, and the partners that use its slot."""

from wiredesk.agencies.grammar import Grammar

REUTERS = Grammar(
    key="reuters",
    name="Reuters",
    marks=(
        "Reuters",
        "Reuter",
        "Reuters Life!",
        "Reuters Health",
        "Reuters Legal",
        "Reuters.com",
        "Reuters Point Carbon",
        "Thomson Reuters Foundation",
        "Reuters Breakingviews",
        "Hollywood Reporter",
        "Billboard",
        "Reuters Beijing",
        "IFR",
        "LPC",
        "RLPC",
    ),
    sources=("reuters", "reuters.com", "nasdaq_reuters", "reuters106k", "reuters_2025"),
    staff=("Reuters", "Reuters.com", "Thomson Reuters"),
    writers=("Reuters",),
    signs=(
        r"Our Standards: The Thomson Reuters",
        r"@(?:thomson)?reuters\.(?:com|net)",
        r"\bReuters Messaging\b",
    ),
    trailers=(
        r"Our Standards: The Thomson Reuters Trust Principles\.(?:,? ?opens new tab)?",
        r"(?:Acquire|Purchase) Licensing Rights.*",
        r"\(C\) Reuters .*",
        r"\(For more (?!than).{3,400}\)",
        r"\(?Click (?:here|on) .{3,300}\)?",
        r"--\s?(?:Field Level Media|Reuters)",
        r"Keywords: \S.*",
    ),
)
REUTERS_1987 = Grammar(
    key="reuters1987",
    name="Reuters",
    sources=("reuters21578", "reuters-21578", "reuters1987"),
    any_case=True,
    staff=("Reuters",),
    trailers=(r"(?i:reuters?)[.\s]*3?", r"(?i:more)"),
)
OPTA = Grammar(key="opta", name="Opta", marks=("OPTA",))
GRACENOTE = Grammar(key="gracenote", name="Gracenote", marks=("Gracenote",))
VARIETY = Grammar(key="variety", name="Variety", marks=("Variety.com", "Variety"))
