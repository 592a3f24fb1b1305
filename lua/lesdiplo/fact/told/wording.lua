--- The words around something, and how two wordings differ.
--
-- A wording is an array of tokens {text, fold, space}: as written, as compared (no case,
-- no accents, one script of Chinese; of Han text a character), and whether white space
-- stands before. It is never longer than 2 * REACH tokens and what it stands around, so
-- that comparing two is bounded, whatever the sentence.
-- @module lesdiplo.fact.told.wording
local concat, floor = table.concat, math.floor
local find, ipairs, max, min = string.find, ipairs, math.max, math.min
local pairs = pairs
_ENV = nil
local M = {}

local REACH = 60      -- tokens on either side, at most
local SHOWN = 6       -- of a run of words that both have, so many beside a change

-- Marks that end a clause: what stands beyond them is something else. Quotation marks
-- and hyphens are none: "the 'one-China' principle" is one wording.
local ends = {}
for mark in ([[, ; : . ! ? ( ) [ ] – — … ， ； ： 。 ！ ？ 、 （ ） ．]]):gmatch "%S+" do
  ends[mark] = true
end

-- Reading ----------------------------------------

-- The first and last token, by their numbers in the document, of what stands around
-- tokens a to b: the clause, or as much of the sentence as may be.
local function reach (tokens, a, b, sentence, is_clause)
  local first, last = a, b
  local least, most = sentence.first, sentence.last
  while first > 1 and a - first < REACH do
    local token = tokens[first - 1]
    if token.first < least or is_clause and ends[token.text] then break end
    first = first - 1
  end
  while last < #tokens and last - b < REACH do
    local token = tokens[last + 1]
    if token.last > most or is_clause and ends[token.text] then break end
    last = last + 1
  end
  return first, last
end

--- The wording around a span, and where it stands.
---@param span Span
---@param around? string "clause", the default, or "sentence"
---@return table wording, with from and to: which of its tokens are the span's own
---@return integer first of the wording, in the document's text
---@return integer last
function M.around (span, around)
  local own, tokens = span:tokens(), span.doc:tokens()
  local a, b = own[1].index, own[#own].index
  local first, last = reach(tokens, a, b, span.sentence or span, around ~= "sentence")
  local out, before = { from = a - first + 1, to = b - first + 1 }, nil
  for i = first, last do
    local token = tokens[i]
    out[#out + 1] = { text = token.text, fold = token.folded,
                      space = before ~= nil and token.first > before + 1 }
    before = token.last
  end
  return out, tokens[first].first, tokens[last].last
end

--- What two wordings have to share to be the same: a text.
---@param wording table
---@return string
function M.key (wording)
  local out = {}
  for i, token in ipairs(wording) do out[i] = token.fold end
  return concat(out, "\1")
end

-- How often a wording has each word; kept with it.
local function bag (wording)
  if not wording.bag then
    wording.bag = {}
    for _, token in ipairs(wording) do
      wording.bag[token.fold] = (wording.bag[token.fold] or 0) + 1
    end
  end
  return wording.bag
end

--- The share of words that two wordings have in common, in whatever order: no diff can
-- find more.
---@param a table wording
---@param b table wording
---@return number
function M.common (a, b)
  local x, y, both = bag(a), bag(b), 0
  for word, n in pairs(x) do both = both + min(n, y[word] or 0) end
  return #a + #b == 0 and 1.0 or 2.0 * both / (#a + #b)
end

-- Comparing ----------------------------------------

-- The longest common subsequence of a[a1..a2] and b[b1..b2], from the back: row i has
-- the lengths for what begins with token i of a.
local function lengths (a, a1, a2, b, b1, b2)
  local rows, below = {}, {}
  for j = b1, b2 + 1 do below[j] = 0 end
  rows[a2 + 1] = below
  for i = a2, a1, -1 do
    local row, fold = { [b2 + 1] = 0 }, a[i].fold
    for j = b2, b1, -1 do
      if fold == b[j].fold then row[j] = below[j + 1] + 1
      else row[j] = max(below[j], row[j + 1])
      end
    end
    rows[i], below = row, row
  end
  return rows
end

-- Adds a token to the last piece, or begins one.
local function put (out, op, token)
  local piece = out[#out]
  if not piece or piece.op ~= op then
    piece = { op = op }
    out[#out + 1] = piece
  end
  piece[#piece + 1] = token
end

-- Adds the pieces for a[a1..a2] against b[b1..b2]: what both begin and end with is not
-- looked at twice.
local function align (out, a, a1, a2, b, b1, b2)
  while a1 <= a2 and b1 <= b2 and a[a1].fold == b[b1].fold do
    put(out, "=", b[b1])
    a1, b1 = a1 + 1, b1 + 1
  end
  local tail = 0
  while a2 - tail >= a1 and b2 - tail >= b1 and a[a2 - tail].fold == b[b2 - tail].fold do
    tail = tail + 1
  end
  a2, b2 = a2 - tail, b2 - tail
  local rows = lengths(a, a1, a2, b, b1, b2)
  local i, j = a1, b1
  while i <= a2 or j <= b2 do
    if i <= a2 and j <= b2 and a[i].fold == b[j].fold then
      put(out, "=", b[j])
      i, j = i + 1, j + 1
    elseif i <= a2 and (j > b2 or rows[i + 1][j] >= rows[i][j + 1]) then
      put(out, "-", a[i])
      i = i + 1
    else
      put(out, "+", b[j])
      j = j + 1
    end
  end
  for k = b2 + 1, b2 + tail do put(out, "=", b[k]) end
end

--- What makes wording b of wording a: pieces, each an array of tokens with op "=", "-"
-- (of a only) or "+" (of b only). What stands before the spans, the spans and what
-- stands behind them are compared by themselves, so that they stay beside each other.
---@param a table wording
---@param b table wording
---@return table[] pieces
---@return number likeness 1 where nothing is different, 0 where everything is
function M.diff (a, b)
  local out, both = {}, 0
  align(out, a, 1, (a.from or #a + 1) - 1, b, 1, (b.from or #b + 1) - 1)
  if a.from and b.from then
    align(out, a, a.from, a.to, b, b.from, b.to)
    align(out, a, a.to + 1, #a, b, b.to + 1, #b)
  end
  for _, piece in ipairs(out) do
    if piece.op == "=" then both = both + #piece end
  end
  local all = #a + #b
  return out, all == 0 and 1.0 or floor(200.0 * both / all + 0.5) / 100
end

-- Showing ----------------------------------------

-- Tokens from..to of a piece as text.
local function text_of (piece, from, to)
  local out = {}
  for i = from, to do
    if piece[i].space and i > from then out[#out + 1] = " " end
    out[#out + 1] = piece[i].text
  end
  return concat(out)
end

-- Words that both have, without those far from a change.
local function shortened (piece, is_first, is_last)
  local n = #piece
  local head, tail = is_first and 0 or min(n, SHOWN), is_last and 0 or min(n, SHOWN)
  if head + tail >= n then return text_of(piece, 1, n) end
  return (head > 0 and text_of(piece, 1, head) .. " " or "") .. "…"
         .. (tail > 0 and " " .. text_of(piece, n - tail + 1, n) or "")
end

--- A diff in one line, as wdiff writes it: [-gone-] {+new+}, and a few words around.
---@param pieces table[] of diff
---@return string
function M.shown (pieces)
  local out = {}
  for i, piece in ipairs(pieces) do
    local before = pieces[i - 1]
    local apart = before and before.op ~= "=" and piece.op ~= "="      -- gone, and new
    if before and (piece[1].space or apart and not find(piece[1].text, "[\x80-\xFF]")) then
      out[#out + 1] = " "
    end
    if piece.op == "=" then out[#out + 1] = shortened(piece, i == 1, i == #pieces)
    elseif piece.op == "-" then out[#out + 1] = "[-" .. text_of(piece, 1, #piece) .. "-]"
    else out[#out + 1] = "{+" .. text_of(piece, 1, #piece) .. "+}"
    end
  end
  return concat(out)
end

return M
