"""How vendors did in a month: facts read in bulk, figures reckoned purely, a month frozen once.

`facts`    plain facts of any number of vendors as they were known at a moment, one statement a noun
`figures`  the figures, the score and the grade of one vendor and month: a pure function of facts and terms
`bounds`   the upper bound of a share of which few were counted
`terms`    window, least numbers, weights and grades, as data in force from a month on
`delays`   the record that a delay was not the vendor's
`freezing` the month as it stood, kept; and what the same facts say today
"""
