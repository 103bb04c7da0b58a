"""Words of attribution, as data: what speaks, who can speak, and where a subject ends.

    clause  = subject , { BETWEEN } , verb | verb , subject , ENDS_SUBJECT ;
    verb    = SAY | TELLING | PARTICIPLES | SOURCING ;
    subject = PRONOUNS | [ ARTICLES ] , { DEMONYMS | ORGANISATIONS | TITLES | HUMANS } , [ name ] ;

English first, then what the agencies' French, German, Italian and Spanish copy uses.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _marked(text: str) -> frozenset[str]:
    """Words as they stand in copy, with the punctuation that may be stuck to them: a look-up of
    the whole word is several times faster than one pattern with a hundred verbs."""
    return frozenset(word + mark for word in text.split() for mark in ("", ",", ":", ".", ";"))


# -- verbs ----------------------------------------------------------------------------------

SAY = _marked("""
    said says say told tells tell added adds wrote writes asked asks replied answered noted
    explained explains insisted insists argued argues warned warns stated declared announced
    acknowledged admitted conceded concluded recalled remarked commented joked quipped shouted
    yelled cried whispered testified tweeted urged vowed pledged promised denied complained
    claimed predicted stressed emphasised emphasized observed reiterated suggested countered
    responded retorted recounted lamented boasted exclaimed maintained contended contend
    contends cautioned reported continued quoted reckons reckoned believes mused opined chuckled
    smiled laughed sighed a-t-il a-t-elle a-t-on dit-il dit-elle dit déclare affirme ajoute
    explique assure estime souligne précise poursuit dijo dijeron declaró afirmó aseguró explicó
    añadió agregó señaló indicó sostuvo subrayó manifestó comentó sagte sagten sagt erklärte
    betonte meinte ergänzte kritisierte detto dichiarato affermato aggiunto spiegato disse fügte
    déclaré affirmé ajouté expliqué indiqué assuré estimé souligné précisé poursuivi lancé
    alleged
""")
#: verbs that report speech even where no quote is near
SPOKE = _marked("""
    said says told tells added adds wrote writes argued argues insisted insists warned warns
    stated declared explained explains noted acknowledged admitted conceded replied answered
    asked a-t-il déclaré affirmé ajouté expliqué indiqué dijo declaró afirmó aseguró sagte
    sagten erklärte detto dichiarato affermato aggiunto fügte
""")
#: these speak only with words inside their own clause: `Smith called it "a farce"`
TELLING = _marked("""
    called calls call described describes describe denounced dismissed praised accused
    criticised criticized blasted hailed blamed condemned demanded demands labelled labeled
    branded likened compared characterised characterized expressed rejected agreed thanked
    lauded defended voiced cited cites decried slammed deplored derided termed proclaimed echoed
""")
PARTICIPLES = _marked("""
    saying adding telling calling describing warning noting arguing insisting asking writing
    stating stressing declaring citing accusing urging claiming suggesting denouncing
""")
#: words that do a verb's work with the speaker behind them
SOURCING = _words("according selon según laut secondo")
TOLD = SAY | TELLING
HEAD_VERBS = TOLD | PARTICIPLES
#: verbs of a clause before a quote that settle it
SAYING = SAY | PARTICIPLES | SOURCING | {word.capitalize() for word in SOURCING}
#: right after a quote: `so der Minister`, `d'après le ministre`
AFTER_VERB = SOURCING | {"so", "d'après"}
AUXILIARIES = _words("a ha hat has ont han haben also")
#: verbs that need no subject beside them: `"Ya basta", dijo.`
DROPPING = _words("dijo declaró afirmó aseguró explicó añadió agregó señaló indicó disse")
BE = _words("was were is are been being be")
#: between a subject and its verb
BETWEEN = _words("""
    also later then once has had have having recently earlier often repeatedly previously
    publicly reportedly would could may might will did was were is are been being both all again
    simply even still now always a ha hat habe war soon just himself herself itself yesterday
    today
""")

# -- words around a subject -----------------------------------------------------------------

PRONOUNS = _words("he she they it him")
#: capitals make names of these: Mr Lei, Mrs Lui
FOREIGN_PRONOUNS = _words("il elle ils elles on er sie él ella ellos egli lei lui")
PLURAL = _words("they ils elles ellos ellas")
#: in front of a subject, no part of it
OPENERS = _words("""
    but and or so yet still also then however meanwhile separately when while as although though
    if because after before since that which whose who what where until whether nor than like
    once even only instead today yesterday tomorrow monday tuesday wednesday thursday friday
    saturday sunday now earlier later mais et und aber pero y e
""")
PREPOSITIONS = _words("""
    of for at from in with including to by near on under over against about into among between
    despite during across within without outside inside behind de du des pour von für bei aus
    vom à au en del para di della dei
""")
#: prepositions that a speaker as shown may hold: `a spokesman for the port`
BELONGING = _words("of for at from with de du des del della von für")
ARTICLES = _words("""
    a an the one another some two three four several many his her their its our un une le la les
    der die das ein eine el los una il
""")
#: articles that a name is shown without: `the White House`
DROPPED = _words("the le la les der die das el los il lo")
BEFORE_NOUNS = PREPOSITIONS | ARTICLES
#: where a subject after its verb ends, at the latest
ENDS_SUBJECT = _words("""
    who whose which that as after when while during before in on to about and but if because
    told was is has had said by referring speaking adding citing through via following until
    late early last this next today yesterday qui que dans en im am auf quien che durante bei at
    from with over upon outside
""")
#: words after a quote that open another clause, not its attribution
OTHER_CLAUSE = _words("""
    and but while as which who when after although because or that for if than then
""")
#: a piece of a sentence that one of these opens has a subject of its own
JOINS = _words("and but while as although though when because after so since")
#: no phrase that holds one of these is a speaker: it is the half of a clause
CLAUSAL = _words("""
    is was were are be will would must should could can may might has had have to which that who
    when if -- - not it they he she been did does do
""")

# -- names ----------------------------------------------------------------------------------

#: fewer than a byline's (`names.PARTICLES`): in running copy `y`, `e` and `st` are other words
PARTICLES = _words("""
    de da del della di do dos du van von der den bin bint ibn al el ben la le ten ter abu
""")
#: particles that tie an office to its field: `le ministre des Ports Luc Arnal`
ROMANCE = _words("de des du del della dei")
TITLES = _words("""
    minister president chancellor premier secretary ambassador envoy governor mayor senator sen
    administrator rep representative congressman congresswoman chairman chairwoman chair chief
    executive ceo cfo coo cio director manager officer general gen colonel col lieutenant lt
    captain capt major maj sergeant sgt commander admiral adm brigadier marshal detective
    inspector sheriff constable superintendent commissioner judge justice attorney prosecutor
    lawyer professor prof doctor dr mr mrs ms miss sir lord lady dame baroness rev reverend
    archbishop bishop cardinal father rabbi imam mullah ayatollah spokesman spokeswoman
    spokesperson analyst economist strategist trader coach leader speaker deputy vice head
    editor author actor actress director-general secretary-general undersecretary counsel
    treasurer citizen democrat republican comptroller controller coordinator chef whip mp mep
    gov pfc cpl supt comm pm fm pres monsieur master madame mme herr frau señor señora don doña
    signor onorevole président ministre bundeskanzlerin bundeskanzler bundespräsident
    ministerpräsident ministerpräsidentin sprecher sprecherin trainer presidente ministro
    ministra state exchequer affairs defence defense treasury
""")
#: `Hafenministerin Ilka Brandt`: German titles are single words
GERMAN_TITLES = tuple(
    """minister ministerin präsident präsidentin meister meisterin chef chefin kanzler kanzlerin
    sprecher sprecherin sekretär""".split()
)
#: a run of capitals that holds one of these is no person
ORGANISATIONS = _words("""
    bank banks inc inc. corp corp. co co. ltd ltd. plc group ag sa nv llc motor motors electric
    dynamics mills ministry department party commission street agency union house times journal
    news fed council court association securities capital partners holdings research institute
    airlines airways energy oil gas systems technologies steel foods stores states kingdom city
    county island nations league cup open university college school fund funds trust bureau
    office authority committee board center centre foundation international national airport
    police army navy force government parliament congress senate assembly tv radio press post
    network media company organisation organization society federation club hospital church
    services service exchange insurance financial industries products software wireless brothers
    sachs stanley lynch telegraph guardian herald tribune watch administration reserve brands
    resources pharmaceuticals power u.s. u.n. u.k. e.u. circuit district water telecom
    communications entertainment pictures studios records games poor's
""")
#: one of these alone is no surname
DEMONYMS = _words("""
    american british briton english scottish welsh irish french frenchman german spanish
    spaniard italian dutch dutchman swiss austrian belgian swedish swede norwegian danish dane
    finnish finn polish pole czech hungarian russian ukrainian greek turkish turk israeli
    palestinian iraqi iranian saudi egyptian syrian lebanese jordanian indian pakistani afghan
    chinese japanese korean thai vietnamese indonesian malaysian australian canadian mexican
    brazilian argentine chilean colombian venezuelan cuban african kenyan nigerian zimbabwean
    serb serbian croat croatian bosnian albanian bulgarian romanian portuguese ethiopian
    moroccan jamaican european asian western arab sudanese somali cypriot latvian estonian
    lithuanian slovak slovenian
""")
#: no names, though they stand in capitals at the head of a sentence
COMMON = (
    OPENERS
    | BEFORE_NOUNS
    | PRONOUNS
    | _words("""
    this these those there here i we you my your such both each most more few according asked
    january february march april june july august september october november december mr mrs ms
    no yes not just with
""")
)

# -- speakers without a name ----------------------------------------------------------------

#: `the minister` after `Minister Ana Ruiz` is she
HUMANS = _words("""
    source official diplomat spokesman spokeswoman spokesperson trader analyst economist
    minister president chancellor premier senator governor mayor judge lawyer attorney coach
    captain manager player striker goalkeeper midfielder defender driver winner champion actor
    actress singer director author writer executive chairman strategist dealer broker officer
    commander general witness resident professor doctor researcher scientist man woman lawmaker
    ambassador envoy leader politician prosecutor banker investor spaniard briton swiss american
    australian german frenchman italian russian serb swede argentine head boss member founder
    partner student teacher worker farmer shopkeeper mother father housewife businessman
    businesswoman activist campaigner columnist historian critic owner nurse soldier engineer
    pilot consultant adviser advisor aide negotiator veteran pollster counsel jockey rider
    teammate cyclist promoter producer designer novelist person treasurer prince king queen pope
    democrat republican
""")
#: `the source said` is the source quoted before, never somebody named
ANONYMOUS = _words("source official aide diplomat person executive")
#: things that speak for a group: shown without their article
DOCUMENTS = _words("""
    statement report document memo letter filing release communique communiqué transcript
    indictment complaint lawsuit website site note notice survey study poll e-mail email
""")
