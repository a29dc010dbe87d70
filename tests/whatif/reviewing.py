"""The page that lists every expectation of the cases from history, whether it holds, and why not where it does not.

`python -m tests.whatif.reviewing` writes it anew.
"""

from collections import Counter

from tests.whatif.casework import ROOT, cases, expectations
from tests.whatif.in_sample import of_later, of_the_case, variants

PAGE = ROOT / "docs" / "reviews" / "whatif-history.md"
OPENING = """\
# What if, held against history

What `synodos whatif` says of {cases} changes that partners of real missions brought about, or might have, each from
the plan as it was known on its day. What is a fact follows from that plan and has to hold; what is a judgement is a
planner's opinion of the day, and is held to loosely: a place among the first few, a chance below some share. The same
weights and defaults serve every case, and none was changed for a case. A test holds every line of this page against the
answers; it fails as well when something begins to hold that is listed here as not holding.

Of {facts} facts {facts_hold} hold, of {judgements} judgements {judgements_hold}.

Nothing of what came later may show: no statement of a later day is used, and leaving all of them out changes no answer.
Some statements of early days are told by sources that were published later; each of these says so in its note. Values
that stand in for what nobody states, such as the time that a development takes, have sources of any year; where these
are later than the day of a case, the answer says so and does not tell them.

## Hindsight in the default values

Some default values rest on the very cases that they are held against here. What holds by them is in-sample, and shows
less than what holds without them. Others rest on sources later than the day. Each case names both. How likely a
commitment is kept is judgement, but what became of the commitments of all these portfolios was known when it was made.

Where the delay of a replacement, the time of a further copy or the cost of a missed launch period rests on the case
(ExoMars and Gateway), each expectation that asks for options or dates was asked again with values that know nothing of
it: for the replacement 6 to 18 months, as for a memorandum of understanding (IG-16-020, with judgement); for the copy,
of which no second case was found, half of the value and half as much again; for the missed period that of Mars Science
Laboratory alone. Of {asked} such expectations {turned} come out otherwise by one of these, and say so.
"""
ENDING = """\

## How the expectations were put

They were written down before the answers were seen, most of them with the cases. After a first look some were put in
other words: where the first wording asked another part of the answer than the one that tells it (the seats to Gateway,
the crew seats of 2005), where it meant an outage of unknown length and said a delay (Hubble in 1986), or where it said
"proven" and meant "ready" (crew ships in 2010 and 2011). Two figures that sources give were added to the portfolios
after a first look, because without them what they decide could not be told: the price of an Ariane 5 launch, which
decides whether ESA could pay for one in 2011, and what NASA reckoned its own part of Webb to cost.

A review found lines whose check asked less than the line said: that nobody can do something, where only what is proven
was looked for; early 2012, where all of 2012 would do; a launch that is bought, where one that is developed would do;
American export law, where any export would do; at once, where any time would do; the best, where the third would do.
Now each check asks what its line says, or the line says what is asked. Those that do not hold for it are listed so.

After the same review three rules were changed for every portfolio alike: the next smaller amount of a commitment is
no longer taken for spent, what others pay counts as cost, and what is retired is no source of further copies. With
that two lines began to hold (ESA can pay for an Ariane 5; nobody takes crews over before American ships fly), and one
ceased to (a Russian launch of 2016 is second).

## What was not asked

Some expectations that were written down with the cases ask what no part of the program answers:

- how the price of a seat moves from contract to contract (the station in 2011), and what a protest of a partner would
  do to the will of the one that leaves (Cassini in 1994);
- what it costs to store finished parts (Hubble in 1986, Kibo from 2003);
- whether Congress amends a law, or the President certifies that a condition is met (the station in 2005): a norm that
  enters or leaves force can be supposed, but nothing says how likely it is.
"""


def page():
    """The whole page."""
    every = expectations()
    count = Counter(one.kind for one in every)
    hold = Counter(one.kind for one in every if not one.fails)
    asked = [one for one in every if one.rests_on_defaults and variants(one.case)]
    opening = OPENING.format(
        asked=len(asked),
        turned=sum(bool(one.in_sample) for one in asked),
        cases=len(cases()),
        facts=count["fact"],
        facts_hold=hold["fact"],
        judgements=count["judgement"],
        judgements_hold=hold["judgement"],
    )
    return opening + "".join(map(_case, cases())) + ENDING


def _case(case):
    """One case with its expectations."""
    steps = "; ".join(map(_step, case.change)) or "nothing changes"
    rows = "".join(f"| {one.says} | {one.kind} | {_result(one)} | {one.source} |\n" for one in case.expectations)
    return (
        f"\n## {case.case}\n\nPortfolio `{case.portfolio}` as known on {case.known_on}. Change: {steps}.\n"
        f"What happened: {case.what_happened.strip()}\n"
        f"Default values on the very case: {_names(of_the_case(case))}; on later sources: {_names(of_later(case))}.\n\n"
        f"| expectation | kind | | source |\n|---|---|---|---|\n{rows}"
    )


def _result(one):
    """Whether an expectation holds, why not where it does not, and whether it holds by data of the case alone."""
    result = f"does not hold: {one.fails}" if one.fails else "holds"
    return f"{result}, in-sample only: {one.in_sample}" if one.in_sample else result


def _names(values):
    """Names of values in a row."""
    return ", ".join(values) or "none"


def _step(step):
    """One step of a change in a line."""
    rest = {key: value for key, value in step.items() if key != "does"}
    return f"{step['does']} " + ", ".join(f"{key} {_value(value)}" for key, value in rest.items())


def _value(value):
    """A value of a step in a word or a few."""
    if isinstance(value, list):
        return " and ".join(f"`{one}`" for one in value)
    if isinstance(value, dict):
        return " ".join(f"{key} {one}" for key, one in value.items() if key not in ("shape", "of")) + " days"
    return f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
