"""The database and the broker that come with the portal, and the parent that keeps every process alive.

`places`      where data, sockets and passwords of this checkout live; deterministic, starts nothing
`account`     the system account that owns the servers' files
`postgres`    the embedded PostgreSQL
`valkey`      the embedded Valkey
`processes`   the commands of web, worker and beat
`supervisor`  start in order, keep alive, stop in order
"""
