"""Realistic queries, labelled by hand with the body that should lead each question.

The wording is ours. These were looked at while the words of the themes were chosen;
`routing_cases_held_out.py` was written at the same time and not looked at.

The lead is a partner of the network: illegal employment is for the Labour Inspectorate,
which is outside, so that its ministry leads.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A query as it arrives; each question with the body that should lead."""

    title: str
    theme: str
    background: str
    questions: tuple[tuple[str, str], ...]


CASES = (
    Case(
        "Transfers under the Dublin III Regulation to a Member State with deficiencies",
        "Protection",
        "Several courts have suspended transfers. The requesting Ministry would like "
        "to learn how others proceed.",
        (
            ("Do you currently transfer applicants to this Member State?", "md"),
            ("Do you ask for individual guarantees before the transfer?", "md"),
            ("Which authority carries out the escort of the person?", "vsat"),
        ),
    ),
    Case(
        "Voluntary departure and the effect of an appeal",
        "Return",
        "Following a judgment on the suspensory effect of appeals, the Immigration "
        "Office reviews the information given with a negative decision.",
        (
            ("Is a return decision issued together with the negative decision?", "md"),
            (
                "For how long may departure be voluntary, can it be extended?",
                "md",
            ),
            ("How do you enforce the removal of those who do not leave?", "vsat"),
            ("Do you impose an entry ban if the person does not comply?", "md"),
        ),
    ),
    Case(
        "Accommodating families with children in detention facilities",
        "Irregular Migration",
        "",
        (
            ("Can families with minors be detained pending removal?", "vsat"),
            ("What is the maximum length of their detention?", "vsat"),
            (
                "Which alternatives to detention do you use (reporting, deposit)?",
                "vsat",
            ),
        ),
    ),
    Case(
        "Short-stay visas for accompanied tourist groups",
        "Border",
        "Consulates reported a rise in refusals.",
        (
            ("Which documents must a travel agency produce?", "urm"),
            ("Do your consular posts interview the applicants?", "urm"),
            ("How many such visas were refused in 2018 and 2019?", "urm"),
        ),
    ),
    Case(
        "Absences and the status of long-term resident",
        "Residence",
        "Directive 2003/109/EC sets a period of five years.",
        (
            ("Which absences interrupt the period of legal residence?", "md"),
            ("When is the status withdrawn?", "md"),
            ("If yes to question 2, please describe the practice.", "md"),
        ),
    ),
    Case(
        "Seasonal workers in agriculture",
        "Miscellaneous",
        "Farmers ask for a simpler way to employ people from outside the Union.",
        (
            ("Is a labour market test required before a permit is given?", "uzt"),
            ("Which sectors are on your list of seasonal work?", "sadm"),
            ("Who checks the housing and the wages that the employer offers?", "sadm"),
        ),
    ),
    Case(
        "Third-country graduates looking for a job",
        "Residence",
        "Directive (EU) 2016/801 lets them stay for nine months.",
        (
            (
                "May graduates stay after their studies, and on what document?",
                "md",
            ),
            (
                "How do your universities support foreign students in their studies?",
                "smsm",
            ),
            ("Is there a fee difference between EU and other students?", "smsm"),
        ),
    ),
    Case(
        "Language courses for adult newcomers",
        "Integration",
        "The ministry prepares a reform of the integration contract.",
        (
            ("Are language courses compulsory for newcomers?", "sadm"),
            ("Who finances them, and how many hours are offered?", "sadm"),
            ("What does the civic orientation course contain?", "sadm"),
        ),
    ),
    Case(
        "Guardianship of unaccompanied children",
        "Protection",
        "",
        (
            (
                "How quickly is a guardian appointed for an unaccompanied minor?",
                "vvtaic",
            ),
            ("Where are these children accommodated?", "pia"),
            ("How is their age assessed in case of doubt?", "md"),
            ("What happens when they turn 18?", "pia"),
        ),
    ),
    Case(
        "Identifying victims of trafficking in human beings",
        "Irregular Migration",
        "The national rapporteur prepares a new strategy.",
        (
            ("Which bodies may identify a victim formally?", "vrm"),
            ("How many suspected traffickers were prosecuted?", "pd"),
            ("Which shelters and assistance do victims receive?", "sadm"),
        ),
    ),
    Case(
        "Procedures to determine statelessness",
        "Protection",
        "",
        (
            ("Is there a dedicated procedure to determine statelessness?", "md"),
            ("Can children born stateless on the territory acquire nationality?", "md"),
        ),
    ),
    Case(
        "Counting emigrants",
        "Miscellaneous",
        "The statistical office reviews its methods.",
        (
            (
                "Which sources of data do you use to estimate emigration?",
                "vda",
            ),
            ("Are the numbers revised after a census?", "vda"),
        ),
    ),
    Case(
        "Medical care for applicants for international protection",
        "Protection",
        "",
        (
            ("Which health services are free of charge?", "sam"),
            ("Is there a medical screening on arrival?", "sam"),
            ("Are vaccinations offered in the centres?", "sam"),
        ),
    ),
    Case(
        "Persons displaced from Ukraine: documents and rights",
        "Protection",
        "Council Implementing Decision (EU) 2022/382 applies.",
        (
            ("Which document proves temporary protection?", "md"),
            ("May beneficiaries work without a permit?", "md"),
            ("Which housing support do displaced persons receive?", "sadm"),
            ("What is planned for the time when the status ends?", "md"),
        ),
    ),
    Case(
        "Preparing for the Entry/Exit System",
        "Border",
        "",
        (
            (
                "How will kiosks be used at your external border crossing points?",
                "vsat",
            ),
            ("How many additional officers will be needed?", "vsat"),
            ("How are overstayers found in the system handled?", "vsat"),
        ),
    ),
    Case(
        "Smugglers advertising on messaging services",
        "Irregular Migration",
        "",
        (
            (
                "Do you monitor social media to detect migrant smuggling?",
                "vsat",
            ),
            (
                "Which unit investigates the facilitation of unauthorised entry?",
                "vsat",
            ),
        ),
    ),
    Case(
        "Holders of expired national passports who cannot renew them",
        "Miscellaneous",
        "Embassies of one country do not issue new passports.",
        (
            ("Do you accept an expired passport when a permit is prolonged?", "md"),
            ("Do you issue a travel document for aliens instead?", "md"),
        ),
    ),
    Case(
        "Fighting discrimination of migrants by officials",
        "Miscellaneous",
        "",
        (
            (
                "Which independent body monitors the fundamental rights of migrants?",
                "hrmi",
            ),
            ("Is there a complaints mechanism for ill-treatment?", "hrmi"),
        ),
    ),
    Case(
        "Reorganisation of migration authorities",
        "Miscellaneous",
        "",
        (
            ("Is a reform of your migration policy planned?", "vrm"),
            ("Which ministry is responsible for the strategy on migration?", "vrm"),
        ),
    ),
    Case(
        "Access of asylum seekers to the labour market",
        "Protection",
        "",
        (
            ("After how many months may an asylum seeker work?", "md"),
            ("Is a work permit or a labour market test needed?", "uzt"),
        ),
    ),
    Case(
        "Rules of conduct in accommodation centres",
        "Protection",
        "",
        (
            ("Are residents of reception centres given house rules?", "pia"),
            ("Can material reception conditions be reduced as a sanction?", "pia"),
            ("How do you deal with violent residents?", "pia"),
        ),
    ),
)
