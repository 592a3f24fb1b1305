-- row 29: where things lie in memory
-- ends: 1
-- twice
print({}, print, coroutine.create(print), lpeg.P(1), ("%p"):format({}), corpus, corpus[1], corpus[1].meta)
print(pcall(error, {}), pcall(function () return {} < {} end), pcall(function () return {} .. "" end))
print(select(2, pcall(string.rep)), debug.traceback(), math.random(1 << 40))
print(#tostring(table) < 12, next({ [print] = 1 }))
error(setmetatable({}, { __name = "Thing" }))
