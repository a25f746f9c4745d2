"""The register of outreach settings: specialist nurseries that become outreach."""

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, key, month, text, whole
from highneeds.registers.mechanism.ladder import ladder
from highneeds.registers.mechanism.measure import pct, share
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.rules import must, query

_SETTING = dict(setting="s1", title="Elm Nursery", moves="2025-09", state="planned")

outreach_settings = Register(
    name="outreach_settings",
    title="Outreach settings",
    unit="one setting",
    source="Early years service",
    key="setting",
    named_by="title",
    help="Which nurseries move to outreach when, and how many settings and children they reach.",
    systems="E10",
    kept_by="condition_owner",
    used="Each term",
    columns=(
        key("setting"),
        text("title*+"),
        text("district", codes_from="districts"),
        month("moves*"),
        day("moved_on"),
        text("term"),
        whole("capacity_children"),
        whole("children"),
        whole("settings_reached"),
        whole("settings_in_area"),
        whole("visits"),
        code("state*", "planned|moved|paused"),
    ),
    ladder=ladder("planned < moved(moved_on)", side="paused"),
    clocks=(clock("moves", "moves", stops="moved_on"),),
    rules=(
        must(
            "01",
            "More settings are reached than are in the area",
            lambda r: r["settings_reached"] > r["settings_in_area"],
            _SETTING | dict(settings_reached="41", settings_in_area="40"),
            holds_for=dict(settings_reached="40"),
            given="settings_reached settings_in_area",
            fix="Count each setting once.",
        ),
        query(
            "02",
            "It moved and made no visits in the term",
            lambda r: r["state"] == "moved" and r["term"] and not r["visits"],
            _SETTING | dict(state="moved", term="2025-26 autumn"),
            fix="Give the visits of the term.",
        ),
        query(
            "03",
            "There are more children than it can serve",
            lambda r: r["children"] > r["capacity_children"],
            _SETTING | dict(children="31", capacity_children="30"),
            holds_for=dict(children="30"),
            given="children capacity_children",
            fix="Check both numbers.",
        ),
    ),
    measures=(
        pct("moved_pct", "settings that moved", "as_at; district", lambda r, at: at.reached(r, "moved")),
        share(
            "coverage_pct",
            "settings reached of those in the area",
            "as_at; district",
            lambda r, at: r["settings_reached"],
            lambda r, at: r["settings_in_area"],
            needs="settings_reached settings_in_area",
            aside=True,
        ),
        share(
            "use_pct",
            "children of capacity",
            "as_at; district",
            lambda r, at: r["children"],
            lambda r, at: r["capacity_children"],
            needs="children capacity_children",
            aside=True,
        ),
    ),
    headline="{moved_pct} of the settings have moved to outreach; {coverage_pct} of settings are reached.",
    feeds=(Feed("assurance", "condition 2", "evidence"),),
    example=(
        dict(
            setting="elm",
            title="Elm Nursery",
            district="North",
            moves="2025-04",
            moved_on="2025-04-01",
            term="2025 summer",
            capacity_children="30",
            children="24",
            settings_reached="18",
            settings_in_area="40",
            visits="52",
            state="moved",
            source="worked example",
        ),
        dict(
            setting="oak",
            title="Oak Nursery",
            district="South",
            moves="2025-09",
            state="planned",
            source="worked example",
        ),
    ),
    expects="""
        moved_pct | | | 2025-04-02 | 50.0
        coverage_pct | | | 2025-04-02 | 45.0
        use_pct | | | 2025-04-02 | 80.0
    """,
)
