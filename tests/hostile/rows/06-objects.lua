-- row 6: what is behind our objects
-- ends: 0
-- prints: held
local doc = corpus[1]
local spans = doc:tokens()
local hits = corpus:find(require "lesdiplo.query".word "the")
for _, object in ipairs{corpus, doc, spans, spans[1], doc.meta, hits, doc:layer "country"} do
  assert(getmetatable(object) == false, tostring(object))
  for _, name in ipairs{"__gc", "__close", "__index", "__metatable", "__name"} do
    local ok, value = pcall(function () return object[name] end)
    assert(not ok or value == nil, name)
  end
  assert(not pcall(setmetatable, object, {}))
end
print "held"
