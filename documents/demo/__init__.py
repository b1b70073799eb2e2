"""The sample shop of `make demo`: people, papers and lots at five stages, made by the same verbs as real work.

`people`   who is there and how they sign in
`papers`   drawing, NC programs, certificates and result files, all made here
`plan`     part, characteristics, route, approvals, stock
`story`    how one lot walks from material issue to dispatch, stage by stage
`shop`     the whole sample shop, built once
"""
