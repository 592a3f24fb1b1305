--- What corpus:cql, corpus:near and corpus:kwic call.
-- @module lesdiplo.query.ask
local compile = require "lesdiplo.query.compile"
local pattern = require "lesdiplo.query.pattern"
local rows = require "lesdiplo.query.rows"
local util = require "lesdiplo.util"
local error, format, require, type = error, string.format, require, type
_ENV = nil
local M = {}

-- Words that follow each other, as a pattern.
local function phrase (text)
  local out
  for word in text:gmatch "%S+" do
    local one = pattern.word(word)
    out = out and out * one or one
  end
  if not out then error("there is no word to look for", 0) end
  return out
end

-- What a term stands for: Hits are themselves, a text is words, the rest patterns.
local function hits_of (corpus, term, options)
  if type(term) == "userdata" and type(term.near) == "function" then return term end
  return compile.find(corpus, type(term) == "string" and phrase(term) or pattern.to_pattern(term),
                      options)
end

function M.cql (corpus, text, options, doc)
  return require "lesdiplo.query.written".find(function (p, more)
    return compile.find(corpus, p, more, doc)
  end, text, options)
end

function M.near (corpus, a, b, n, options)
  local within = { within = options and options.within }
  return hits_of(corpus, a, within):near(hits_of(corpus, b, within), n, options)
end

local kwic_options = { "width", "sort", "most" }

function M.kwic (corpus, term, options)
  for _, name in util.sorted(util.keys(options or {})) do
    if not ({ width = true, sort = true, most = true })[name] then
      local near = util.nearest(name, kwic_options)
      error(format("corpus:kwic(term, options): no option '%s'%s", name,
                   near and format("; did you mean '%s'?", near) or ": there are width, sort, most"), 0)
    end
  end
  return rows.kwic(hits_of(corpus, term), options)
end

return M
