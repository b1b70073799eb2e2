"""The door for machines: the same domain functions and the same sentences as the pages, in JSON.

`authentication`  whose bearer token this is
`doors`           lists, records and acts: what an address declares, checked for every call
`filters`         the words a list may be narrowed by
`paging`          pages by cursor, fetched by their ids
`fields`          how values are written, and how records are named in what comes in
`parsers`         JSON that can be kept
`repeats`         one act however often a call is sent
`problems`        every refusal as problem details (RFC 9457)
`throttles`       how many calls a minute one token may make
`schema`          the description of all this, OpenAPI
"""
