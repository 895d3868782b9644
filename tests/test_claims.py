"""What a report claims: invented sentences, each for one thing that the reader promises to tell apart."""

from collections.abc import Callable

import pytest

from reportedly import Claim, Reader, Report

Claims = Callable[..., tuple[Claim, ...]]


def one(claims: tuple[Claim, ...], kind: str) -> Claim:
    found = [c for c in claims if c.event.type == kind]
    assert len(found) == 1, [(c.event.type, c.trigger.text) for c in claims]
    return found[0]


def names(parties: tuple[object, ...]) -> list[str]:
    return [p.name for p in parties]  # type: ignore[attr-defined]


class TestWhoSaysSo:
    def test_the_outlets_own_voice_is_a_chain_of_one(self, claims_of: Claims) -> None:
        claim = one(claims_of("Rebels attacked a checkpoint near Gao on Monday."), "ASSAULT")
        assert [a.source.type for a in claim.attribution] == ["outlet"]
        assert claim.attribution[0].source.name == "Test Wire"

    @pytest.mark.parametrize(
        ("text", "mention", "kind"),
        [
            ("A hospital source said gunmen kidnapped a nurse in Tillabéri.", "A hospital source", "medical"),
            ("Gunmen kidnapped a nurse in Tillabéri, two residents told reporters.", "two residents", "local"),
            (
                "According to a police officer in Niamey, gunmen kidnapped a nurse.",
                "a police officer in Niamey",
                "security",
            ),
            (
                "Gunmen kidnapped a nurse in Tillabéri, said an aid worker who asked not to be named.",
                "an aid worker",
                "aid",
            ),
        ],
    )
    def test_an_unnamed_source_is_anonymous_and_typed(
        self, claims_of: Claims, text: str, mention: str, kind: str
    ) -> None:
        source = one(claims_of(text), "ASSAULT").attribution[-1].source
        assert source.mention is not None
        assert (source.mention.text, source.type, source.anonymous, source.name) == (mention, kind, True, None)

    def test_a_body_is_named(self, claims_of: Claims) -> None:
        source = (
            one(claims_of("Human Rights Watch said soldiers burned homes in Bamenda."), "ASSAULT")
            .attribution[-1]
            .source
        )
        assert (source.name, source.type, source.anonymous) == ("Human Rights Watch", "aid", False)

    @pytest.mark.parametrize(
        ("text", "kind", "anonymous"),
        [
            ("Rebels attacked a market in Djibo, a statement from the ministry said.", "official", False),
            ("Soldiers burned a market in Djibo, a statement from the group said.", None, True),
            ("Gunmen attacked a market in Djibo, the morgue of the town said.", None, False),
        ],
    )
    def test_a_paper_is_as_well_known_as_whoever_issued_it(
        self, claims_of: Claims, text: str, kind: str | None, anonymous: bool
    ) -> None:
        source = one(claims_of(text), "ASSAULT").attribution[-1].source
        assert source.anonymous == anonymous
        assert kind in (None, source.type)

    @pytest.mark.parametrize("munition", ["Shells", "Rubber pellets", "Stones"])
    def test_a_munition_is_nobody_who_acts(self, claims_of: Claims, munition: str) -> None:
        claims = claims_of(f"{munition} hit two boys near the bridge in Djibo on Monday.")
        assert [party for claim in claims for party in claim.actors] == []

    def test_a_quoting_agency_stands_between(self, claims_of: Claims) -> None:
        claim = one(claims_of("Xinhua quoted a diplomat as saying that rebels had seized the airport."), "COERCE")
        assert [a.source.type for a in claim.attribution] == ["outlet", "agency", "official"]

    def test_an_agency_told_stands_between(self, claims_of: Claims) -> None:
        claim = one(claims_of("Militants ambushed a convoy near Wajir, a security source told Reuters."), "ASSAULT")
        assert [a.source.name for a in claim.attribution] == ["Test Wire", "Reuters", None]

    def test_he_added_is_the_speaker_before(self, claims_of: Claims) -> None:
        claims = claims_of(
            "A police commander in Bunia said militiamen attacked a church. He added that they had abducted a priest."
        )
        second = claims[-1].attribution[-1].source
        assert second.mention is not None
        assert second.mention.text == "A police commander in Bunia"
        assert second.type == "security"

    def test_points_of_an_agreement_are_told_by_who_told_of_it(self, claims_of: Claims) -> None:
        claims = claims_of(
            "Tribal sources said the two clans had signed an agreement on two points. "
            "The first point provides for the release of ten prisoners. The second states that both clans will withdraw from the wells."
        )
        later = [c for c in claims if c.event.type == "RETREAT"]
        assert later
        assert all(c.status.kind == "planned" for c in later)
        assert {c.attribution[-1].source.mention.text for c in later if c.attribution[-1].source.mention} == {
            "Tribal sources"
        }

    def test_an_accusation_is_both_an_act_and_a_source(self, claims_of: Claims) -> None:
        claims = claims_of("The Azawad Liberation Front accused the army of bombing a market in Ber.")
        accusation, deed = one(claims, "ACCUSE"), one(claims, "ASSAULT")
        assert accusation.attribution[-1].source.type == "outlet"
        assert deed.attribution[-1].source.name == "Azawad Liberation Front"
        assert names(deed.actors) != names(accusation.actors)


class TestHowItIsSaid:
    @pytest.mark.parametrize(
        ("text", "kind", "polarity", "certainty"),
        [
            ("Gunmen attacked the town on Sunday.", "occurred", "+", "stated"),
            ("The army denied that it had attacked the town.", "occurred", "-", "stated"),
            ("Gunmen reportedly attacked the town.", "occurred", "+", "possible"),
            ("Suspected rebels attacked the town.", "occurred", "+", "possible"),
            ("The rebels plan to attack the town.", "planned", "+", "stated"),
            ("Residents said the rebels were likely to attack the town.", "predicted", "+", "likely"),
            ("An analyst said the rebels may attack the town.", "predicted", "+", "possible"),
            ("Diplomats said the rebels would attack the town.", "predicted", "+", "stated"),
            ("The rebels said they would attack the town if the talks failed.", "conditional", "+", "stated"),
        ],
    )
    def test_status(self, claims_of: Claims, text: str, kind: str, polarity: str, certainty: str) -> None:
        status = one(claims_of(text), "ASSAULT").status
        assert (status.kind, status.polarity, status.certainty) == (kind, polarity, certainty)

    def test_what_is_demanded_is_said_by_who_demands_it(self, claims_of: Claims) -> None:
        claims = claims_of("The African Union urged both armies to end the shelling.")
        demand, content = one(claims, "REQUEST"), one(claims, "RETREAT")
        assert demand.attribution[-1].source.type == "outlet"
        assert content.status.kind == "demanded"
        assert content.attribution[-1].source.name == "African Union"

    def test_what_could_not_be_confirmed_is_kept_as_possible(self, claims_of: Claims) -> None:
        claims = claims_of("The ministry could not confirm that rebels had seized the bridge.")
        assert [(c.status.polarity, c.status.certainty) for c in claims] == [("+", "possible")]


class TestWhat:
    @pytest.mark.parametrize(
        ("text", "kind", "mode"),
        [
            ("The army shelled Kutum.", "ASSAULT", "heavy-weapons"),
            ("A roadside bomb killed four soldiers near Baidoa.", "ASSAULT", "explosives"),
            ("Jets carried out an air strike on a depot.", "ASSAULT", "aerial"),
            ("Police used tear gas against protesters in Conakry and arrested 20 of them.", "COERCE", "arrest"),
            ("Militiamen kidnapped three teachers.", "ASSAULT", "abduct"),
            ("The envoy visited Juba.", "CONSULT", "visit"),
            ("The group released six hostages.", "RETREAT", "release"),
            ("The junta imposed a curfew on Mandalay.", "COERCE", "curfew"),
            ("The council sent reinforcements to Ataq.", "MOBILIZE", "troops"),
            ("Iran supplied the militia with rockets.", "AID", None),
            ("Teachers went on strike over unpaid wages.", "PROTEST", "strike"),
        ],
    )
    def test_type_and_mode(self, claims_of: Claims, text: str, kind: str, mode: str | None) -> None:
        assert one(claims_of(text), kind).event.mode == mode

    @pytest.mark.parametrize(
        "text",
        [
            "The district lies on the border and grows coffee.",
            "The group, which controls the capital, was founded in 1994.",
            "The meeting of farmers' cooperatives is an old custom.",
            "Prices rose in the first week of the month.",
            "The spokesman did not answer questions.",
        ],
    )
    def test_background_gives_nothing(self, claims_of: Claims, text: str) -> None:
        assert [c.trigger.text for c in claims_of(text)] == []

    def test_a_headline_that_repeats_the_title_gives_nothing(self, claims_of: Claims) -> None:
        title = "Rebels attack Butembo"
        claims = claims_of(f"{title}\n\nRebels attacked Butembo on Monday.", title=title)
        assert len(claims) == 1
        assert claims[0].sentence.start > len(title)

    def test_the_deed_and_its_toll_are_one_claim(self, claims_of: Claims) -> None:
        claim = one(
            claims_of(
                "Militants shelled the market of Baidoa, killing three traders and wounding at least seven others."
            ),
            "ASSAULT",
        )
        assert claim.toll.killed is not None
        assert claim.toll.injured is not None
        assert (claim.toll.killed.low, claim.toll.killed.high) == (3, 3)
        assert (claim.toll.injured.low, claim.toll.injured.high) == (7, None)


class TestWhoToWhom:
    def test_passives_and_agents(self, claims_of: Claims) -> None:
        claim = one(claims_of("Three farmers were abducted by ADF fighters near Oicha."), "ASSAULT")
        assert names(claim.actors) == ["Allied Democratic Forces"]
        assert claim.actors[0].actor == "adf"
        assert names(claim.recipients) == ["Three farmers"]

    def test_clashes_have_both_sides_as_actors(self, claims_of: Claims) -> None:
        claim = one(claims_of("Clashes broke out between the Arakan Army and ARSA militants in Buthidaung."), "ASSAULT")
        assert names(claim.actors) == ["Arakan Army", "Arakan Rohingya Salvation Army"]
        assert claim.recipients == ()

    def test_control_gives_the_understood_subject(self, claims_of: Claims) -> None:
        claims = claims_of("Al-Shabaab persuaded clan elders to attack the base.")
        assert names(one(claims, "ASSAULT").actors) == ["clan elders"]

    def test_its_fighters_are_the_speakers(self, claims_of: Claims) -> None:
        claim = one(
            claims_of("A spokesman for the Arakan Army said its fighters had captured the town of Kyauktaw."), "COERCE"
        )
        assert names(claim.actors) == ["Arakan Army"]


class TestWhereAndWhen:
    def test_a_place_is_resolved_with_its_country(self, claims_of: Claims) -> None:
        claim = one(claims_of("Gunmen attacked a market in the town of Maiduguri in Nigeria."), "ASSAULT")
        place = claim.places[0]
        assert (place.name, place.country) == ("Maiduguri", "NGA")
        assert place.geonames is not None

    @pytest.mark.parametrize(
        ("words", "start", "end"),
        [
            ("on Monday", "2025-03-03", "2025-03-03"),
            ("yesterday", "2025-03-04", "2025-03-04"),
            ("overnight", "2025-03-04", "2025-03-05"),
            ("last Friday", "2025-02-28", "2025-02-28"),
            ("on 20 February", "2025-02-20", "2025-02-20"),
            ("earlier this week", "2025-03-03", "2025-03-04"),
            ("two days ago", "2025-03-03", "2025-03-03"),
        ],
    )
    def test_past_times(self, claims_of: Claims, words: str, start: str, end: str) -> None:
        time = one(claims_of(f"Gunmen attacked the village {words}."), "ASSAULT").time
        assert time is not None
        assert (time.start, time.end) == (start, end)

    @pytest.mark.parametrize(
        ("words", "start", "end"),
        [
            ("in the coming hours", "2025-03-05", "2025-03-06"),
            ("before the end of the month", "2025-03-05", "2025-03-31"),
            ("next week", "2025-03-10", "2025-03-16"),
            ("on Friday", "2025-03-07", "2025-03-07"),
        ],
    )
    def test_windows_ahead(self, claims_of: Claims, words: str, start: str, end: str) -> None:
        time = one(claims_of(f"An official said the rebels would attack the village {words}."), "ASSAULT").time
        assert time is not None
        assert (time.start, time.end) == (start, end)

    def test_without_a_dateline_a_relative_time_keeps_only_its_words(self, claims_of: Claims) -> None:
        time = one(claims_of("Gunmen attacked the village on Monday.", published=None), "ASSAULT").time
        assert time is not None
        assert time.mention is not None
        assert (time.mention.text, time.start, time.end) == ("on Monday", None, None)


@pytest.mark.parametrize(
    "filed",
    [
        "(Far Wire) - ",
        "YANGON (Far Wire) - ",
        "PORT-AU-PRINCE, Oct 4 (Far Wire) - ",
        "ADEN, Yemen (Far Wire) — ",
        "MAIDUGURI, Nigeria – ",
        "Goma, 5 March 2025 (Far Wire) – ",
    ],
)
def test_where_a_report_was_filed_is_no_part_of_its_first_sentence(filed: str, claims_of: Claims) -> None:
    (claim,) = claims_of(f"{filed}Gunmen killed two judges on Sunday, police said.")
    assert claim.sentence.text.startswith("Gunmen")
    assert [a.name for a in claim.actors] == ["Gunmen"]


def test_what_goes_on_after_an_inserted_speaker_was_said_too_and_of_the_same_doer(claims_of: Claims) -> None:
    told = claims_of("Gunmen killed four traders in Djibo on Monday, a resident said, and burned two shops.")
    burned = next(c for c in told if c.trigger.text == "burned")
    assert [a.name for a in burned.actors] == ["Gunmen"]
    assert {c.attribution[-1].source.type for c in told} == {"local"}


@pytest.mark.parametrize(
    "text",
    [
        "Militiamen looted two clinics in Goma on Monday, a nurse said.",
        "A teacher reported the looting of a warehouse in Goma by soldiers.",
        "Gunmen robbed three traders near Goma on Monday.",
    ],
)
def test_looting_takes_and_does_not_destroy(text: str) -> None:
    """The codebook's COERCE/seize, "goods, cattle, vehicles taken"; it was once taken for wrecking."""
    claims = Reader(name="rules").read(Report(text=text, outlet="Test Wire", published="2025-03-05")).reading.claims
    assert [(c.event.type, c.event.mode) for c in claims] == [("COERCE", "seize")]
