--- Summaries made of nothing but sentences of the documents, with citations.
--
--     local summary = require "lesdiplo".summary
--     for doc in corpus:docs() do print(summary.brief(doc)) end
--
-- Deterministic, without a model: the same documents give the same bytes.
-- @module lesdiplo.summary
local require = require
_ENV = nil
local M = {}

--- The most telling sentences of a document, best first: tables with `span`,
-- `score` and `reasons`.
---@param doc userdata
---@param options? table sentences (5), background
---@return table[]
function M.rank (doc, options)
  return (require "lesdiplo.summary.ranking".rank(doc, options))
end

--- How common each word is over a corpus; make it once, for rank and brief.
---@param corpus userdata
---@return table background
function M.background (corpus)
  return require "lesdiplo.summary.ranking".background(corpus)
end

--- A brief of a document: what it is, its outline, its most telling sentences
-- (at most half of what it has), its length. `print` shows it, brief:text(width)
-- does so for another width, brief:rows() makes rows of it.
--
-- It is a table: `id`; `facts`, each with name (title date source byline dateline
-- language kind), value ("unknown" if the document does not say) and either cite
-- or how; `outline`: level, text, cite; `opening`, the first sentence of a
-- document without headings, unless it is among the telling ones: text, cite;
-- `telling`, in the document's order: text, cite, span, score, reasons; `length`:
-- sentences, words, characters (of Han), bytes, cite.
---@param doc userdata
---@param options? table sentences (5), background
---@return table brief
function M.brief (doc, options)
  return require "lesdiplo.summary.brief".brief(doc, options)
end

return M
