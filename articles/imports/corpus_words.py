"""Words of the synthetic archive. All of it is invented; no actor here exists."""

# ruff: noqa: SIM905 - a line of words is read and edited more easily than a list of quotes
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A section with its sub-sections, and who does what in it: 12 actors, 16 objects."""

    name: str
    parts: tuple[str, str, str, str]
    actors: tuple[str, ...]
    objects: tuple[str, ...]


def _subject(name: str, parts: str, actors: str, objects: str) -> Subject:
    one, two, three, four = parts.split("|")
    return Subject(
        name, (one, two, three, four), tuple(actors.split("|")), tuple(objects.split("|"))
    )


SUBJECTS = (
    _subject(
        "Politics",
        "Elections|Parliament|Local government|Diplomacy",
        "Election board|Opposition bloc|Governing alliance|City council|Foreign office|Upper house|"
        "Reform caucus|Regional assembly|Audit court|Border commission|Youth wing|Mayors’ league",
        "voting rules|a coalition pact|the housing bill|a border accord|campaign spending limits|"
        "the water treaty|a cabinet reshuffle|postal ballots|the transparency act|district maps|"
        "a visa waiver|the budget vote|an ethics inquiry|language rights|the trade mission|"
        "emergency powers",
    ),
    _subject(
        "Technology",
        "Artificial intelligence|Telecoms|Startups|Security & privacy",
        "Chip maker Orvane|Network operator Telmar|Research lab Kestrel|Cloud firm Nubelo|"
        "Robotics group Handwerk|Standards body|Satellite venture Skylark|Data watchdog|"
        "Software union|Battery start-up Voltane|Search firm Lumio|Open-source foundation",
        "6G trials|a language model|an “AI+” industry plan|undersea cables|chip packaging|"
        "open radio networks|a data centre|quantum links|the app store code|smart meters|"
        "face recognition rules|a payment wallet|satellite phones|delivery robots|code audits|"
        "spectrum auctions",
    ),
    _subject(
        "Business",
        "Markets|Energy|Labour|Transport",
        "Central bank|Grid operator Norvolt|Freight line Castor|Steel group Hamrun|Port authority|"
        "Retail chain Maraval|Farm cooperative|Dock workers’ union|Pension fund|Airline Altair|"
        "Rail company Zephyr|Textile council",
        "interest rates|a wind farm|the wage deal|grain exports|a rail merger|fuel prices|"
        "the savings scheme|a green bond|night trains|port fees|the shipping route|job guarantees|"
        "a solar tariff|steel quotas|factory hours|the bankruptcy plan",
    ),
    _subject(
        "World",
        "Asia|Africa|Europe|Americas",
        "Peace envoys|Relief agency Haven|Regional union|Islands|Coast guard|River commission|"
        "Trade bloc|Refugee council|Election observers|Mountain republics|Health ministers|"
        "Border towns",
        "a ceasefire line|flood relief|the grain corridor|fishing zones|a customs union|"
        "rebuilding funds|the debt plan|a railway link|drought aid|prisoner exchanges|"
        "harvest forecasts|a shared currency|the dam project|school reopening|mine clearance|"
        "an air bridge",
    ),
    _subject(
        "Science",
        "Space|Climate|Health|Archaeology",
        "Polar station|Space agency|Vaccine team|Ocean survey|Seed bank|Physics institute|"
        "Glacier watch|Hospital network|Telescope consortium|Weather service|Museum diggers|"
        "Genome centre",
        "a moon orbiter|ice-core records|a malaria vaccine|deep-sea vents|ancient harbours|"
        "storm models|gene therapy|a solar telescope|reef nurseries|soil carbon|a bronze hoard|"
        "sleep studies|meteor samples|drought-proof wheat|air-quality maps|a blood test",
    ),
    _subject(
        "Culture",
        "Books|Film|Music|Heritage",
        "National theatre|Film festival|Publishers’ guild|Opera house|City museum|Dance company|"
        "Poetry archive|Record label Tonal|Library network|Puppet troupe|Gallery district|"
        "Radio orchestra",
        "a lost manuscript|the summer season|street murals|a debut novel|folk recordings|"
        "a restored cinema|the translation prize|ticket prices|a touring opera|silent films|"
        "village festivals|museum returns|a poetry tour|stage lighting|the reading week|"
        "vinyl pressings",
    ),
    _subject(
        "Sport",
        "Football|Cricket|Athletics|Motorsport",
        "Harbour United|Northern Rovers|National squad|Cycling federation|Relay team|Cricket board|"
        "Chess league|Rowing club|Marathon organisers|Racing team Corsa|Hockey union|Swim academy",
        "the cup final|a transfer ban|the youth league|a stadium|doping tests|the relay record|"
        "a coach’s contract|the test series|winter training|prizes|a tour|the title race|"
        "video reviews|the league table|a night race|women’s fixtures",
    ),
    _subject(
        "Opinion",
        "Columns|Editorials|Letters|Debate",
        "Our columnists|Former ministers|Young economists|Town planners|Village teachers|"
        "Public doctors|Rail passengers|Night nurses|First-time voters|Retired judges|"
        "Small farmers|Local historians",
        "slower cities|the four-day week|school meals|public benches|quiet carriages|honest maps|"
        "paper ballots|the right to repair|street trees|longer museum hours|fair rents|"
        "plain language|village buses|open archives|cheap clinics|shared gardens",
    ),
)

VERBS = (
    "backs",
    "delays",
    "defends",
    "explains",
    "opens talks on",
    "presents",
    "questions",
    "reconsiders",
    "rejects",
    "renews",
    "reviews",
    "sets terms for",
    "signs off on",
    "speeds up",
    "suspends",
    "takes over",
    "tests",
    "unveils",
    "warns about",
    "widens",
)
# Whole headlines: actor, verb, object, place. Each shape differs from the others for
# every choice of words, which the uniqueness of headlines rests on.
HEADLINES = (
    "{a} {v} {o} in {p}",
    "{p}: {a} {v} {o}",
    "{a} {v} {o}, {p} waits",
    "What it means when {a} {v} {o} in {p}",
)
PLACES = tuple(
    "Accra|Algiers|Amman|Ankara|Antwerp|Baku|Bangkok|Beijing|Bergen|Bogotá|Bristol|Cairo|Colombo|"
    "Córdoba|Cork|Dakar|Delhi|Dhaka|Dublin|Durban|Geneva|Genoa|Ghent|Graz|Hanoi|Harare|Helsinki|"
    "Islamabad|Izmir|Jakarta|Karachi|Kathmandu|Kyoto|Lagos|Lahore|Leeds|Lima|Lisbon|Ljubljana|"
    "Luanda|Malmö|Manila|Montevideo|Muscat|Nairobi|Osaka|Oslo|Peshawar|Porto|Quetta|Quito|Riga|"
    "Rosario|São Paulo|Seoul|Tallinn|Tunis|Valparaíso|Vilnius|Zürich".split("|")
)
FIRST_NAMES = tuple(
    "Aisha|Amir|Ana|Bilal|Carmen|Chen|Daniel|Elif|Farah|Grace|Hana|Ivan|Jonas|Kamal|Leila|Marta|"
    "Nadia|Omar|Priya|Rosa|Samir|Tariq|Uzma|Viktor|Zoë".split("|")
)
LAST_NAMES = tuple(
    "Abbasi|Adeyemi|Almeida|Andersson|Bauer|Bukhari|Castro|Chaudhry|Costa|Demir|Dubois|Eriksen|"
    "Farooq|Fischer|Gomes|Haddad|Hansen|Hussain|Ito|Janssen|Kamara|Khalid|Kim|Kowalski|Lindqvist|"
    "Malik|Mbeki|Moreau|Nakamura|Novak|Okafor|Pereira|Qureshi|Rahman|Rossi|Siddiqui|Tanaka|Usman|"
    "Weber|Zafar".split("|")
)
TAG_TOPICS = tuple(
    "air|aid|bank|border|bus|chip|city|coal|coast|court|crop|data|debt|energy|farm|film|flood|"
    "forest|fuel|health|heat|home|ice|job|land|law|media|music|ocean|port|power|rail|river|road|"
    "school|ship|space|tax|trade|water".split("|")
)
TAG_ANGLES = tuple(
    "access|audit|boom|budget|code|crisis|deal|design|future|gap|history|index|jobs|map|market|"
    "plan|policy|prices|reform|rights|rules|safety|strike|study|summit".split("|")
)
WEEKDAYS = tuple("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday".split("|"))
MONTHS = tuple(
    "January|February|March|April|May|June|July|August|September|October|November|December".split(
        "|"
    )
)

# Sentences of the bodies. {a} actor, {o} object, {p} {q} places, {n} person, {m} month,
# {k} number, {d} description, {s} who speaks.
SENTENCES = (
    "{n}, who follows {o} for a research group in {p}, said the figures had been {d} since {m}.",
    "The {d} proposal would cost about {k} million over five years, according to {s} in {p}.",
    "{S} in {p} said that work on {o} could begin before the end of {m}.",
    "Nobody in {p} had expected {o} to return to the agenda so soon after {m}.",
    "A draft seen by this newspaper names {k} places, among them {p} and {q}, and calls it {d}.",
    "“We have waited {k} months for this, and we can wait a little longer,” {n} said in {p}.",
    "In {p}, where {o} became a matter of public debate last {m}, opinions remain {d} and divided.",
    "The numbers are {d}: of {k} offices asked, fewer than half had heard of {o} before {m}.",
    "Talks between {p} and {q} broke off in {m} and were taken up again {k} days later.",
    "{S} declined to say how {o} would be paid for, but called earlier estimates {d} and outdated.",
    "By {m} the waiting list had grown to {k} names, most of them from {p} and nearby towns.",
    "Supporters point to {q}, where a {d} version of the same idea has worked since {m}.",
    "Critics such as {n} hold that {o} would do little for people outside {p} and {q}.",
    "It is the {d} attempt in {k} years to settle the question of {o} for good.",
    "Under the terms published in {m}, {p} keeps its own rules until {k} conditions have been met.",
    "{n} travelled from {p} to {q} to see how neighbours deal with {o} in practice.",
    "The report, {k} pages long and {d} in tone, was handed to {s} on Tuesday morning.",
    "For {n}, a teacher from {p}, the matter is simple: {o} should have been settled by {m}.",
    "Before {m}, {s} had promised a {d} answer within {k} weeks; none has been given so far.",
    "Two earlier studies from {p} came to a {d} result, although they covered only {k} households.",
    "What happens next depends on {s}, who meet in {q} in {m} to discuss {o} again.",
    "Shops along the main road in {p} closed early, and some {k} people gathered at the station.",
    "The {d} mood did not last: within {k} hours, {s} in {q} had changed their minds.",
    "{S} put the number of those affected by {o} at {k} in {p} and its suburbs.",
)
DESCRIPTIONS = tuple(
    "cautious|careful|clear|costly|detailed|difficult|early|firm|fragile|hopeful|incomplete|"
    "independent|late|limited|mixed|modest|narrow|old|patient|quiet|rare|rough|serious|simple|slow|"
    "sober|steady|surprising|tentative|unusual".split("|")
)
SPEAKERS = tuple(
    "officials|engineers|two ministers|local teachers|several experts|a spokeswoman|union leaders|"
    "city planners|the organisers|senior staff|people close to the talks|the auditors|"
    "neighbours|members of the committee".split("|")
)
SUBHEADINGS = tuple(
    "What is known so far|How it began|A question of money|The view from outside|What critics say|"
    "What comes next|Numbers behind the news|Voices from the street|A longer history|"
    "Why it matters now|Who decides|The next twelve months".split("|")
)
