"""Subjects that real queries had, put in our words and labelled.

Taken from public lists of queries after the words of the themes were chosen: 98 %
when they were first measured.
"""

from tests.unit.routing_cases import Case


def _subject(title: str, question: str, lead: str, theme: str = "") -> Case:
    return Case(title, theme, "", ((question, lead),))


PUBLIC = (
    _subject(
        "Low-skilled workers and economic policy",
        "Does your country admit low-skilled workers from third countries?",
        "sadm",
    ),
    _subject(
        "Workers from North Korea",
        "Have nationals of this country been given work permits?",
        "uzt",
    ),
    _subject(
        "Mobility of talent",
        "Are there schemes that facilitate the mobility of talents?",
        "sadm",
    ),
    _subject(
        "Parallel legal statuses",
        "May a foreigner hold two residence statuses at the same time?",
        "md",
        "Residence",
    ),
    _subject(
        "Cards of residence permits",
        "Who produces the cards and how are they delivered to the holder?",
        "md",
    ),
    _subject(
        "Fees of an application",
        "What does the applicant pay for the first permit and the renewal?",
        "md",
    ),
    _subject(
        "Resources of the sponsor",
        "Which level of income is required in family cases?",
        "md",
        "Family Reunification",
    ),
    _subject(
        "Parents of a minor who was granted protection",
        "Can an unaccompanied minor with refugee status bring parents and siblings?",
        "md",
    ),
    _subject(
        "Criteria for companies that hire foreigners",
        "Does your law set negative criteria for legal entities that wish to employ "
        "third-country nationals?",
        "sadm",
    ),
    _subject(
        "Entry bans in the Schengen Information System",
        "How do you consult the Member State that entered the alert?",
        "md",
    ),
    _subject(
        "Finding out identity fraud",
        "How are forged passports detected, and by whom?",
        "vsat",
        "Miscellaneous",
    ),
    _subject(
        "Establishing who an applicant is",
        "Which methods establish identity and nationality of asylum seekers?",
        "md",
        "Protection",
    ),
    _subject(
        "Immediate relatives who apply at the same time",
        "Are the asylum applications of both parents examined together?",
        "md",
        "Protection",
    ),
    _subject(
        "Ethnic kin and naturalisation",
        "Do you grant citizenship to persons of your own ethnic origin abroad?",
        "md",
    ),
    _subject(
        "Efficiency of protection procedures",
        "How many interviews does one official hold in a week?",
        "md",
    ),
    _subject(
        "Vocational training of refugees",
        "How is vocational education organised for beneficiaries of protection?",
        "smsm",
    ),
    _subject(
        "Pupils from abroad",
        "How do secondary schools support pupils with another mother tongue?",
        "smsm",
    ),
    _subject(
        "Starting work while waiting",
        "May a person start employment before the single permit is issued?",
        "md",
    ),
    _subject(
        "Au pairs",
        "Which rules protect au pairs, and how many hours may they work?",
        "sadm",
    ),
    _subject(
        "Travelling home after recognition",
        "Does a trip to the country of origin lead to cessation of protection?",
        "md",
    ),
    _subject(
        "Devices that translate speech",
        "Is automatic translation used in interviews with asylum seekers?",
        "md",
    ),
    _subject(
        "Validity of return decisions",
        "Does a return decision lapse after some time, how long are entry bans?",
        "md",
        "Return",
    ),
    _subject(
        "Children under a supervision order",
        "Can a foreign child under a court's protection order get a permit?",
        "md",
    ),
    _subject(
        "Identity cards that exist only on the telephone",
        "Do you plan to issue digital-only residence documents?",
        "md",
    ),
    _subject(
        "Satisfaction of customers",
        "How does the migration authority measure customer satisfaction?",
        "md",
    ),
    _subject(
        "Agreements on labour mobility",
        "With which third countries have you concluded programmes for workers?",
        "sadm",
    ),
    _subject(
        "Migrants who help to shape policy",
        "Are foreigners consulted when migration policy is developed?",
        "vrm",
    ),
    _subject(
        "Sponsors who threaten public order",
        "Do you check whether the sponsor is a threat to public order?",
        "md",
    ),
    _subject(
        "Work without a visa",
        "May visa-free travellers take up employment during a short stay?",
        "md",
    ),
    _subject(
        "Money sent home in the pandemic",
        "Have remittances fallen, and what was done about it?",
        "urm",
    ),
    _subject(
        "Visa-free stay after a permit has expired",
        "Do the 90 days begin when the permit ends?",
        "md",
    ),
    _subject(
        "Cultural mediators in contacts with the police",
        "Do police officers work with mediators when they meet irregular migrants?",
        "pd",
    ),
    _subject(
        "Unemployment of foreigners in the crisis",
        "Have third-country nationals registered as unemployed?",
        "uzt",
    ),
    _subject(
        "Security of offices with visitors",
        "Are there guards and metal detectors in your customer offices?",
        "md",
    ),
    _subject(
        "Moving on after recognition elsewhere",
        "How do you treat a second application of somebody with protection in "
        "another Member State?",
        "md",
    ),
    _subject(
        "Language as a condition of a permit",
        "Must applicants for a residence permit know the language?",
        "md",
    ),
    _subject(
        "Waiting lists for family members",
        "Within what time limit is an application for family reunion decided?",
        "md",
    ),
    _subject(
        "Statelessness and asylum",
        "How is a stateless person referred between the procedures?",
        "md",
    ),
    _subject(
        "Seizing telephones of applicants",
        "May the authorities read a mobile phone to establish identity?",
        "md",
    ),
    _subject(
        "Return to Syria",
        "Do you resume forced returns to this country?",
        "vsat",
    ),
)
