"""The arithmetic of the event log, without Django: a Merkle tree, signed texts, and proofs one can keep.

`merkle`   hashes, roots, inclusion and consistency as in RFC 6962
`notes`    signed notes and the checkpoints of a log (C2SP signed-note, tlog-checkpoint)
`proofs`   one entry's proof in one text file (C2SP tlog-proof)
"""
