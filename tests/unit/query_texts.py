"""Queries in the forms of three eras; the wording is ours, persons are patterns."""

DISCLAIMER = (
    "The following responses have been provided primarily for the purpose of "
    "information exchange among EMN NCPs in the framework of the EMN. Note, however, "
    "that the information provided does not necessarily represent the official policy "
    "of an EMN NCPs' Member State."
)

WORD = f"""Ad-Hoc Query on work permits for berry pickers

Requested by FI EMN NCP on 3rd March 2011
Reply requested by 1st April 2011
Compilation produced on 27th May 2011

Responses from Austria, Belgium, Estonia, the Netherlands
plus Croatia, Norway (7 in Total)

Disclaimer: {DISCLAIMER}

1. Background Information

The Finnish Immigration Service is preparing new guidelines on seasonal work.
Before they are issued, information on practices elsewhere is needed.

2. Questions

1. Does your Member State require a permit for pickers of wild berries?
2. If yes:
   a. which authority issues it?
   b. what is the fee?
3. If no to Q1, how is the stay regulated?

We would very much appreciate your responses by 1st April 2011.

3. Responses

Country\tWider Dissemination?\tResponse
Austria\tYes\t1. Yes. 2. The labour office.
Belgium\tNo\tThis EMN NCP has provided a response to the requesting EMN NCP.
Estonia\t\t1. No.
"""

IES = (
    "1 EMN Ad-Hoc Query on AHQ on stays of lorry drivers Requested by Firstname "
    "SURNAME on 5th September 2018 Visas Responses from Austria, Greece, Italy, United "
    f"Kingdom, Norway (5 in total) Disclaimer: {DISCLAIMER} 1\n\n"
    "2 Background information: Drivers of lorries often stay longer than ninety days. "
    "The Latvian State Border Guard would like to know how others count the days, and "
    "kindly asks for replies by 28 September at the latest. Questions How do you "
    "count the days of stay? If yes to Q1, which stamp is used? Please include a "
    "picture (e.g. a scan). Have you concluded bilateral agreements? "
    "Responses Country Austria Wider "
    "Dissemination Yes Response By stamps. Greece No This EMN NCP has provided one."
)

SUMMARY = """Ad Hoc Query on e-gates at land borders

This ad hoc query examines the use of e-gates.

Background:

The Ministry of the Interior of Finland is reviewing border checks. In this context, \
Finland is seeking experiences from other Member States.

Respondents:

17 EMN Member and Observer Countries (including BE) provided a public answer.

Findings:

A preliminary analysis shows little. Do all of them use e-gates?
"""

LETTER = """From: EMN NCP <ncp@example.org>
Sent: Monday, March 6, 2017 10:12 AM
To: EMN NCPs
Subject: FW: EMN Ad-Hoc Query on digital nomads - deadline 24 March 2017

Dear colleagues,

Please find below an ad-hoc query launched by the EE EMN NCP on behalf of the Ministry \
of the Interior. We would be grateful to receive your replies by Friday 24 March 2017.

1. Do you have a residence permit for digital nomads?
2. What income is required?

Kind regards,
EE EMN NCP
"""

LIST = """Ad-hoc queries
AHQ on school meals
2020-06-04
AHQ on seasonal workers - update
2020-05-26
AHQ on visa-free access
2020-05-13
AHQ on cultural mediators
2020-05-10
"""


def ies(
    title: str = "EMN Ad-Hoc Query on sport",
    requester: str = "EE EMN NCP",
    launched: str = "on 3rd April 2017",
    theme: str = "Integration",
    background: str = "Estonia is asking.",
    questions: str = "Questions 1. Is there sport?",
) -> str:
    """A query of 2016 to 2019 as one flow of words, with some parts of its own."""
    return (
        f"{title} Requested by {requester} {launched} {theme} "
        f"Disclaimer: {DISCLAIMER} Background information: {background} {questions}"
    )
