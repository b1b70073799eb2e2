"""The sample shop of `make demo`: people, papers and a lot at every stage, made by the same verbs as real work.

`people`   who is there and how they sign in
`papers`   drawing, NC programs, certificates and result files, all made here
`parts`    the six parts as plain data
`plan`     planning one of them: drawing, characteristics, route, approvals
`story`    how one lot walks from material issue to dispatch, stage by stage
`past`     a clock that stands in the past
`last_month` a month of one plating shop before today, and its frozen scorecard
`scenes`   the stages lots are brought to
`brought_in` a lot begun on paper, with its old papers
`let_pass` the waivers among them
`assembled` an assembly built from pins and bushings, packed as its order demands
`changes`  what was agreed and changed on the way: redline, lock policy, setup, deputy, delegation
`shop`     the whole sample shop, built once
"""
