-- row 10: dofile and loadfile
-- ends: 1
-- says: 'dofile' is not there
assert(not pcall(function () return loadfile end))
dofile "/etc/passwd"
