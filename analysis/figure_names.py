"""The figures in their order, as plain names: what decides what is stale need not load what draws."""

FIGURES = (
    "verdicts_at_a_glance",
    "tables_at_a_glance",
    "deaths_by_type",
    "deaths_2014_by_release",
    "rise_of_2014",
    "refugees_since_1951",
    "idps_by_release",
    "syria_displaced",
    "syria_dead_by_source",
)
