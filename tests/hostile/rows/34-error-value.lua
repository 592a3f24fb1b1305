-- row 34: a message of a megabyte of escapes
-- ends: 1
-- says: \x1b[31m
-- brief
error(("\27[31m"):rep(200000), 0)
