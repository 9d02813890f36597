"""The figures in their order, as plain names: what decides what is stale need not load what draws."""

FIGURES = (
    "verdicts_at_a_glance",
    "tables_at_a_glance",
    "deaths_by_type",
    "deaths_2014_by_release",
    "rise_of_2014",
    "civilians_share",
    "six_countries",
    "refugees_since_1951",
    "idps_by_release",
    "origins_of_the_displaced",
    "syria_displaced",
    "syria_dead_by_source",
    "syria_around_february_2012",
    "third_parties",
    "earlier_violence_and_recurrence",
    "figures_by_vintage",
    "then_and_now",
    "audit_by_vintage",
    "specification_curve",
)
