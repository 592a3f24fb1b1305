--- The spans of layers as records: what the verb annotate prints of a document.
-- @module lesdiplo.report.annotate
local json = require "lesdiplo.report.json"
local _, native = ...
local concat, ipairs = table.concat, ipairs
local type, userdata_text = type, tostring
_ENV = nil
local M = {}

-- A value as it is printed: a span is its text.
local function plain (value)
  return type(value) == "userdata" and userdata_text(value) or value
end

--- Tells each span of some layers of a document: where it begins and ends in the
-- text (bytes, from 0, half open), its layer, and its fields as they stand in an
-- object of JSON, in the order in which the layer has them.
---@param doc Doc
---@param names string[] layers
---@param tell function (first, last, layer, fields)
function M.spans (doc, names, tell)
  for _, name in ipairs(names) do
    local fields = native.layer(name).fields or {}
    for _, span in doc:layer(name):each() do
      local out = {}
      for _, field in ipairs(fields) do
        local value = span[field]
        if value ~= nil then
          out[#out + 1] = "," .. json.encode(field) .. ":" .. json.encode(plain(value))
        end
      end
      tell(span.first - 1, span.last, name, concat(out))
    end
  end
end

return M
