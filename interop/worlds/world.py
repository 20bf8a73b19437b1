"""One random world: few records that meet in few questions."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from reference import edtf

from .folder import CODING, Draft
from .shared import ROLES, STATUSES
from .times import plain_day, random_date, some_days
from .values import Stock, quote_of, random_value, some_numbers

_RELATIONS: Final = ["was_quoted_from", "was_derived_from", "was_revision_of", "had_primary_source"]
_BASES: Final = ["stated", "stated", "text_overlap", "judged"]
_STATES: Final = ["invited", "accepted", "declined", "expected", "attended", "absent"]
_PERIODS: Final = [None] * 6 + ["P1D", "P1M", "P6M", "P1Y", "P1Y"]
_SILENT: Final = ["editorial", "unattributed", "ambiguous"]

Parts = dict[str, Any]


def _is_after(one: str, other: str) -> bool:
    """Tell whether a date certainly lies after another."""
    earliest, latest = edtf.bounds(one)[0], edtf.bounds(other)[1]
    return earliest is not None and latest is not None and earliest > latest


class World:
    """Records under construction; everything is drawn from one stream of random numbers."""

    def __init__(self, rng: Random, number: int, draft: Draft, shared: list[Parts]) -> None:
        self._rng = rng
        self._prefix = f"w{number}"
        self._draft = draft
        self._measures = [each for each in shared if "withdrawn" not in each]
        self._own: list[Parts] = []
        self.sources: list[str] = []
        self.seen: list[str] = []
        self.actors: list[str] = []
        self.places: list[str] = []
        self.events: list[str] = []
        self.claims: list[str] = []
        self._published: dict[str, str] = {}
        self._stock = Stock(some_numbers(rng), some_days(rng), self.places)
        # In some worlds almost nothing has a date, so that questions stay undated.
        self._dates_given = 1.0 if rng.random() < 0.8 else 0.1
        self._roles = rng.sample(ROLES, 3)
        self._said: list[tuple[Parts, Parts]] = []

    def fill(self) -> None:
        """Draw all records."""
        self._make_places()
        self._make_actors()
        self._make_sources()
        self._make_measures()
        for index in range(self._rng.choice([0, 1, 1, 2])):
            self._make_event(index)
        self._make_questions()
        for index in range(self._rng.randint(6, 18)):
            self._make_claim(index)

    def _chance(self, share: float) -> bool:
        return self._rng.random() < share

    def _maybe(self, share: float, choices: list[Any]) -> Any:
        return self._rng.choice(choices) if choices and self._chance(share) else None

    def _id(self, prefix: str, index: int) -> str:
        return f"{prefix}-{self._prefix}-{index}"

    def _add(self, kind: str, record: Parts) -> str:
        """Keep a record without its nulls; absent and null mean the same."""
        if not self._chance(0.05):
            record = {name: part for name, part in record.items() if part is not None}
        self._draft[kind].append({**record, "coding": CODING})
        return record["id"]

    def _make_places(self) -> None:
        for index in range(self._rng.randint(2, 4)):
            within = self._maybe(0.7, self.places)
            record = {"id": self._id("plc", index), "name": f"{self._prefix} place {index}"}
            merged = self._maybe(0.1, self.places)
            record |= {"within": within, "merged_into": merged}
            self.places.append(self._add("place", record))

    def _make_actors(self) -> None:
        rng = self._rng
        for index in range(rng.randint(3, 6)):
            acts_for = [
                self._service()
                for _ in range(rng.choice([0, 0, 1, 1, 2]))
                if self.actors
            ]
            record = {
                "id": self._id("act", index),
                "name": f"{self._prefix} actor {index}",
                "type": "office",
                "acts_for": acts_for or None,
                "merged_into": self._maybe(0.08, self.actors),
                "withdrawn": "A mistake." if self._chance(0.03) else None,
            }
            self.actors.append(self._add("actor", record))

    def _service(self) -> Parts:
        """Return for whom an actor acts, and since when until when: not the other way round."""
        start, end = self._date(0.4), self._date(0.4)
        if start and end and _is_after(start["edtf"], end["edtf"]):
            start, end = end, start
        return {"actor": self._rng.choice(self.actors), "from": start, "to": end}

    def _date(self, share: float) -> Parts | None:
        given = self._chance(share * self._dates_given)
        return random_date(self._rng, self._stock.days) if given else None

    def _make_sources(self) -> None:
        rng = self._rng
        for index in range(rng.randint(2, 7)):
            name = self._id("src", index)
            lineage = [
                {
                    "source": rng.choice(self.sources),
                    "relation": rng.choice(_RELATIONS),
                    "basis": rng.choice(_BASES),
                }
                for _ in range(rng.choice([0, 0, 1, 1, 2]))
                if self.sources
            ]
            published = self._date(0.75)
            access = "seen" if index == 0 else rng.choice(["seen"] * 4 + ["cited_not_seen"])
            record = {
                "id": name,
                "type": "article",
                "access": access,
                "publisher": self._maybe(0.6, self.actors),
                "published": published,
                "lineage": lineage or None,
                "merged_into": self._maybe(0.07, self.sources),
                "withdrawn": "A mistake." if self._chance(0.03) else None,
            }
            self.sources.append(self._add("source", record))
            if published:
                self._published[name] = published["edtf"]
            if access == "seen":
                self.seen.append(name)

    def _make_measures(self) -> None:
        rng = self._rng
        booleans = [self._measure(index, "boolean") for index in range(rng.choice([1, 1, 2]))]
        targets = [*booleans, "msr-event-attended", "msr-has-commented"]
        targets = [
            name
            for name in targets
            if (name, "boolean") in {(each["id"], each["value_type"]) for each in self._known()}
        ]
        for index in range(2, 2 + rng.choice([1, 2, 2])):
            names = dict.fromkeys(rng.choice(targets) for _ in range(rng.choice([0, 1, 1, 2])))
            extra = {
                "unit": rng.choice([None, "person", "person", "dozen", "metre"]),
                "nonnegative": rng.choice([None, None, True, False]),
                "rounding": rng.choice([None, "exact", "rounded", "rounded"]),
                "entails": [{"measure": each, "condition": "positive"} for each in names] or None,
            }
            if self._chance(0.3):
                extra["populations"] = [{"code": each, "name": each} for each in ("all", "some")]
            self._measure(index, "quantity", **extra)
        for index, kind in enumerate(rng.sample(["category", "date", "place", "text"], 2), 4):
            self._measure(index, kind)
        if self._chance(0.15):
            target = rng.choice(self._own)
            kind = target["value_type"] if self._chance(0.7) else "boolean"
            self._measure(9, kind, merged_into=target["id"])

    def _known(self) -> list[Parts]:
        return self._measures + self._own

    def _measure(self, index: int, kind: str, **extra: Any) -> str:
        record = {
            "id": self._id("msr", index),
            "name": f"{self._prefix} measure {index}",
            "description": "Random.",
            "value_type": kind,
            "period": self._rng.choice(_PERIODS if self._dates_given == 1.0 else ["P1D", "P1Y"]),
            "withdrawn": "A mistake." if self._chance(0.03) else None,
            **extra,
        }
        if kind == "category":
            record["categories"] = [{"code": each, "name": each} for each in ("red", "green")]
        record = {name: part for name, part in record.items() if part is not None}
        self._own.append(record)
        return self._add("measure", record)

    def _report(self, source: str) -> Parts:
        """Return the parts that a claim and an account have in common."""
        rng = self._rng
        attribution = rng.choice(["direct", "indirect"] * 2 + ["anonymous", *_SILENT])
        named = attribution in ("direct", "indirect")
        report: Parts = {
            "source": source,
            "attribution": attribution,
            "claimant": rng.choice(self.actors) if named else self._maybe(0.1, self.actors),
            "claimant_label": self._maybe(0.1, ["one", "two"]),
            "as_of": self._date(0.5),
            "said_on": self._said_on(source),
            "based_on": self._evidence(source),
        }
        if attribution == "anonymous":
            report["claimant_label"] = rng.choice(["officials", "diplomats", "a+b / c"])
        # A claim comes only through documents before the one that carries it.
        earlier = self.sources[: self.sources.index(source)]
        if earlier and self._chance(0.2):
            report["via"] = [
                {
                    "source": rng.choice(earlier),
                    "relation": rng.choice(_RELATIONS),
                    "basis": rng.choice(_BASES),
                }
                for _ in range(rng.choice([1, 1, 2]))
            ]
        return report

    def _said_on(self, source: str) -> Parts | None:
        said = self._date(0.3)
        published = self._published.get(source)
        if said is None or published is None:
            return said
        return None if _is_after(said["edtf"], published) else said

    def _evidence(self, source: str) -> list[Parts] | None:
        rng, found = self._rng, []
        for _ in range(rng.choice([0] * 6 + [1, 1, 2])):
            basis = rng.choice(_BASES)
            others = [name for name in self.sources if name != source]
            if self.claims and self._chance(0.5):
                found.append({"claim": rng.choice(self.claims), "basis": basis})
            elif others:
                found.append({"source": rng.choice(others), "basis": basis})
        return found or None

    def _make_event(self, index: int) -> None:
        rng, name = self._rng, self._id("evt", index)
        accounts = [self._account() for _ in range(rng.choice([1, 2, 2, 3]))]
        if self._chance(0.35):
            accounts += self._moved()
        record = {
            "id": name,
            "type": "meeting",
            "label": f"{self._prefix} event {index}",
            "accounts": accounts,
            "merged_into": self._maybe(0.06, self.events),
            "withdrawn": "A mistake." if self._chance(0.03) else None,
        }
        self.events.append(self._add("event", record))

    def _account(self) -> Parts:
        rng = self._rng
        account = self._report(rng.choice(self.seen))
        account |= {
            "status": self._maybe(0.7, list(STATUSES)),
            "when": self._date(0.6),
            "place": self._maybe(0.5, self.places),
        }
        participants = [self._participant() for _ in range(rng.choice([0, 1, 1, 2, 3]))]
        account["participants"] = participants or None
        return {part: value for part, value in account.items() if value is not None}

    def _participant(self) -> Parts:
        rng = self._rng
        found: Parts = {"role": rng.choice(self._roles)}
        if self._chance(0.1):
            found["group_label"] = "some people"
        else:
            found["actor"] = rng.choice(self.actors[:2])
        if self._chance(0.7):
            found["state"] = rng.choice(_STATES)
        if self._chance(0.3):
            found["stance"] = rng.choice(["assert", "deny", "deny"])
        return found

    def _moved(self) -> list[Parts]:
        """Return two accounts of an event that was planned, and later moved."""
        first, second = self._account(), self._account()
        first |= {"status": "planned", "when": random_date(self._rng, self._stock.days)}
        first["as_of"] = plain_day(self._rng, 0, 40)
        second |= {"status": "rescheduled", "when": random_date(self._rng, self._stock.days)}
        second["as_of"] = plain_day(self._rng, 30, 80)
        return [first, second]

    def _make_questions(self) -> None:
        """Draw the few questions that most claims are about."""
        rng = self._rng
        self._questions = []
        for measure in self._asked_measures():
            of_event = measure["id"].startswith(("msr-event", "msr-has"))
            if of_event and not self.events:
                continue
            question = {
                "measure": measure["id"],
                "subject": self._maybe(0.6, self.actors),
                "object": self._maybe(0.1, self.actors),
                "place": self._maybe(0.4, self.places),
                "event": self._maybe(1.0 if of_event else 0.2, self.events),
            }
            if of_event:
                question |= {"object": None, "place": None}
            modality = self._maybe(0.2, ["planned", "planned", "evaluative"])
            self._questions.append((measure, question, modality))
            self._questions += self._entailed_questions(measure, question, modality)

    def _asked_measures(self) -> list[Parts]:
        rng, known = self._rng, self._known()
        quantities = [each for each in self._own if each["value_type"] == "quantity"]
        others = [each for each in self._own if each["value_type"] not in ("quantity", "boolean")]
        asked = [*rng.choices(quantities, k=2), rng.choice(others)]
        asked += rng.choices(known, k=rng.choice([0, 1, 2]))
        return rng.sample(asked, len(asked))

    def _entailed_questions(self, measure: Parts, question: Parts, modality: str | None) -> list:
        """Return questions that a denial or a positive number may reach from this one."""
        found = []
        for entry in measure.get("entails") or ():
            target = next((each for each in self._known() if each["id"] == entry["measure"]), None)
            if target is None or not self._chance(0.6):
                continue
            place = question["place"] if self._chance(0.7) else self._maybe(0.5, self.places)
            found.append((target, {**question, "measure": target["id"], "place": place}, modality))
        return found

    def _make_claim(self, index: int) -> None:
        rng = self._rng
        # Most claims are about few of the questions, so that they meet.
        measure, question, modality = rng.choice(self._questions[:1] * 2 + self._questions)
        stance = rng.choice([None] * 9 + ["assert"] + ["deny"] * 3 + ["retract", "no_comment"])
        if stance == "no_comment" and self.events and self._chance(0.7):
            question = {**question, "event": rng.choice(self.events)}
        question = {part: name for part, name in question.items() if name is not None}
        if measure.get("populations"):
            question["population"] = rng.choice(["all", "all", "some"])
        record = {
            "id": self._id("clm", index),
            **self._report(rng.choice(self.seen)),
            "stance": stance,
            "modality": modality or self._maybe(0.3, ["actual"] * 9 + ["normative"]),
            "question": question,
            "utterance": self._maybe(0.25, [f"{self._prefix}-one", f"{self._prefix}-two"]),
            "revises": self._maybe(0.12, self.claims),
            "merged_into": self._maybe(0.03, self.claims),
            "withdrawn": "A mistake." if self._chance(0.03) else None,
        }
        if self._said and self._chance(0.3):
            measure = self._again(record)
        value = random_value(rng, measure, self._stock)
        stance = record["stance"]
        if stance == "no_comment" or (stance == "retract" and self._chance(0.5)):
            value = None
        self._said.append((measure, record))
        self.claims.append(self._add("claim", {**record, "value": value, "quote": quote_of(value)}))

    def _again(self, record: Parts) -> Parts:
        """Let an earlier claim's speaker speak again: in the same speech, or to take it back."""
        measure, earlier = self._rng.choice(self._said)
        for part in ("claimant", "claimant_label", "attribution", "question", "modality"):
            record[part] = earlier[part]
        if self._chance(0.5):
            earlier_speech = earlier["utterance"] or f"{self._prefix}-one"
            record |= {"utterance": earlier_speech, "stance": None, "based_on": earlier["based_on"]}
            sources = {each.get("source") for each in earlier["based_on"] or ()}
            if record["source"] in sources:
                record["based_on"] = None
        elif self._chance(0.4):
            record |= {"stance": "retract", "as_of": plain_day(self._rng, 100, 500)}
        else:
            record["revises"] = earlier["id"]
        return measure
