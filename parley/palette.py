"""The colours of every chart and page: one place, a light and a dark value each.

Charts are drawn in the light values. The page's style sheet then turns each of them into its dark twin, so that one
drawing serves both. A colour that is not in `COLOURS` stays as it is in the dark. Every colour but rule, soft and
silence has at least 4.5:1 against the paper of its scheme: it may carry text, and paper-coloured text may stand on it.
"""

COLOURS = {
    # name: (light, dark)
    "ink": ("#1f2328", "#e6e8eb"),
    "muted": ("#5b6470", "#a3abb6"),
    "rule": ("#d8dce2", "#343a42"),
    "paper": ("#ffffff", "#14171b"),
    "silence": ("#c9ced6", "#444b55"),
    "soft": ("#eef1f4", "#1f242a"),
    "link": ("#0b5cad", "#7db8f7"),
    # The parties, in the order of the dossier's actors. They differ in lightness too, for eyes that see few hues.
    "party-1": ("#5f2d8c", "#b594e6"),
    "party-2": ("#c25200", "#ff9d57"),
    "party-3": ("#007f89", "#2ec4c9"),
    "party-4": ("#a3195f", "#f77fb3"),
    "party-5": ("#7a7100", "#d9d24a"),
    "party-6": ("#1f5fae", "#5fa3f0"),
    "party-7": ("#5e3a1c", "#b98a63"),
    "party-8": ("#46505f", "#dfe5ee"),
    # What a party does about an issue: blue where it gives, yellow to red where it asks or rejects.
    "accepts": ("#0b3f70", "#9bcdf7"),
    "offers": ("#2b76b3", "#4a97d4"),
    "expects": ("#6b7380", "#b3bac4"),
    "requires": ("#926c0a", "#e3c25c"),
    "demands": ("#a03f08", "#f0924a"),
    "refuses": ("#7a1236", "#ee6a8c"),
    "asserts": ("#47525f", "#8b97a6"),
    "characterises": ("#80649c", "#c4a9e0"),
}

LIGHT = {name: light for name, (light, _) in COLOURS.items()}
INK, MUTED, RULE, PAPER, SILENCE, SOFT, LINK = (
    LIGHT[name] for name in ("ink", "muted", "rule", "paper", "silence", "soft", "link")
)
PARTIES = tuple(light for name, light in LIGHT.items() if name.startswith("party-"))
STANCES = {
    name: LIGHT[name]
    for name in ("accepts", "offers", "expects", "requires", "demands", "refuses", "asserts", "characterises")
}
