--- The most telling sentences of a document, word for word.
--
-- No model: a sentence is worth the words that this document uses more than
-- others do, where it stands, what it shares with the title, the names and
-- numbers in it, whether something is done or announced in it; it loses for
-- leaning on a sentence before it, for asking, for being too short or too long.
-- Then sentences are taken best first, each paying for what it repeats.
--
-- Only paragraphs and list items are read, never headings, captions, bylines or
-- what belongs to the page. The work grows with the number of sentences up to
-- CONSIDERED: of a longer document all of the first HEAD are looked at, and
-- every k-th after them. The same document gives the same sentences every time.
-- @module lesdiplo.summary.ranking
local lexicon = require "lesdiplo.summary.lexicon"
local remove, sort = table.remove, table.sort
local error, format, ipairs, pairs = error, string.format, ipairs, pairs
local log, max, min, sqrt = math.log, math.max, math.min, math.sqrt
local math_type = math.type
_ENV = nil
local M = {}

local CONSIDERED = 20000   -- sentences looked at, at most
local HEAD = 2000          -- of these the first ones, without a gap
local CANDIDATES = 30      -- sentences compared with each other: so many, and
local PER_SENTENCE = 6     -- so many more for each that is wanted
local TERMS = 80           -- words that make up what the document is about
local SAMPLE = 2000000     -- tokens read of other documents, at most ...
local SAMPLE_DOC = 200000  -- ... and of any one of them

-- How much of the score is for what, by the kind of document. News says first
-- what matters; a policy paper lays it down in every section.
local weights = {
  news       = { lead = 0.35, act = 0.10 },
  communique = { lead = 0.20, act = 0.25 },
  policy     = { lead = 0.10, act = 0.30 },
  wiki       = { lead = 0.25, act = 0.15 },
  speech     = { lead = 0.05, act = 0.20 },
  letter     = { lead = 0.10, act = 0.20 },
  other      = { lead = 0.20, act = 0.15 },
}
local first_person = { speech = true, letter = true }   -- where it is at home


-- What the document is about ----------------------------------------------

-- Calls f(sentence, block, number) for the sentences that may be quoted.
local function each_sentence (doc, f)
  local sentences = doc:sentences()
  local n = #sentences
  local step = 1
  if n > CONSIDERED then step = (n - HEAD) // (CONSIDERED - HEAD) + 1 end
  local i, eligible = 1, 0
  while i <= n do
    local sentence = sentences[i]
    local block = sentence.block
    local kind = block and block.kind
    if kind == "paragraph" or kind == "item" then
      eligible = eligible + 1
      f(sentence, block, eligible)
    end
    i = i + (i < HEAD and 1 or step)
  end
end

-- How many documents of a corpus use a term: what is common everywhere says
-- little about one. Make it once and give it to `rank` for each document. Of a
-- large corpus every k-th document is read, about two million tokens in all, of a
-- long document its beginning.
-- @param corpus userdata
-- @return table background
function M.background (corpus)
  local total, count = 0, #corpus
  for i = 1, count do total = total + min(#corpus[i]:tokens(), SAMPLE_DOC) end
  local step = max(1, total // SAMPLE)
  local background, out = { docs = 0, df = {} }, {}
  local df = background.df
  for i = 1, count, step do
    local doc, seen = corpus[i], {}
    local words = lexicon.of(doc.lang)
    background.docs = background.docs + 1
    local read = 0
    -- block by block: what is held at once is a block's
    for _, block in doc:blocks():each() do
      local n = lexicon.read(words, block:tokens(), out)
      for k = 1, n do
        local term = out[k].term
        if term and not seen[term] then
          seen[term], df[term] = true, (df[term] or 0) + 1
        end
      end
      read = read + n
      if read > SAMPLE_DOC then break end
    end
  end
  return background
end

-- The heaviest `TERMS` of the weights; of equal ones the first by name.
local function heaviest (weight_of)
  local weights_only, ties, out, n = {}, {}, {}, 0
  for _, weight in pairs(weight_of) do weights_only[#weights_only + 1] = weight end
  if #weights_only <= TERMS then return weight_of end
  sort(weights_only)
  local least = weights_only[#weights_only - TERMS + 1]
  for term, weight in pairs(weight_of) do
    if weight > least then out[term], n = weight, n + 1
    elseif weight == least then ties[#ties + 1] = term end
  end
  sort(ties)
  for i = 1, TERMS - n do out[ties[i]] = least end
  return out
end

-- How much each term weighs: how often it comes here, and in how few documents
-- elsewhere. Only the heaviest are kept.
local function weigh (tf, background)
  local docs = background and background.docs or 0
  local all = log(1 + docs)
  local out = {}
  for term, n in pairs(tf) do
    local weight = 1 + log(n)
    if docs > 1 then
      weight = weight * log(1 + docs / (background.df[term] or 1)) / all
    elseif n == 1 then
      weight = 0.4
    end
    out[term] = weight
  end
  return heaviest(out)
end

-- The title's terms: from its tokens where it stands in the text.
local function title_terms (doc, words, out)
  local terms, count = {}, 0
  local where = doc:evidence "title"
  if where then
    for i = 1, lexicon.read(words, where:tokens(), out) do
      if out[i].term then terms[out[i].term] = true end
    end
  elseif doc.title then
    terms = lexicon.terms(words, doc.title)
  end
  for _ in pairs(terms) do count = count + 1 end
  return terms, count
end


-- One sentence -----------------------------------------------------------

-- Words a sentence of Han characters would have, roughly.
local function length_of (out) return out.words + out.han / 1.7 end

local function length_factor (n)
  if n < 5 then return 0.3 elseif n < 9 then return 0.5 + (n - 5) * 0.125 end
  if n > 60 then return max(0.4, 60 / n) end
  return 1
end

-- Marks that open and close a quotation: a sentence with one half of it stands
-- in the middle of somebody's speech, who is not named in it.
local function is_torn (text)
  local function count (mark)
    local n, at = 0, text:find(mark, 1, true)
    while at do n, at = n + 1, text:find(mark, at + 1, true) end
    return n
  end
  return count "“" ~= count "”" or count "«" ~= count "»" or count "「" ~= count "」"
      or count '"' % 2 == 1
end

local function ends (text, mark) return text:sub(-#mark) == mark end

-- What the text itself gives away, as factors on the score and reasons.
local function look (text, words, block)
  local bare = text:gsub("[%s\")]+$", "")
  for _, mark in ipairs{ "”", "’", "»", "」", "』" } do
    if ends(bare, mark) then bare = bare:sub(1, -#mark - 1) end
  end
  if ends(bare, "?") or ends(bare, "？") then return 0.4, "asks" end
  if bare:find "[:;]$" or ends(bare, "：") or ends(bare, "；") then
    return 0.5, "goes on in a list"
  end
  local low = lexicon.small(text)
  for phrase in pairs(words.furniture.whole) do
    if low:find(phrase, 1, true) then return 0.1, "of the page" end
  end
  if text:find "^QUESTION:" or text:find "^MODERATOR:" then return 0.3, "asks" end
  if text:find "^%u[%u%s%.%-]+: " then return 0.7, "begins a speaker's turn" end
  if is_torn(text) then return 0.75, "part of a quotation" end
  if text:find "^%l" then return 0.7, "begins in the middle" end
  if block.kind == "item" then return 0.9, "a list item" end
  if not (bare:find "[.!]$" or ends(bare, "。") or ends(bare, "！")
          or ends(bare, "…")) then
    return 0.6, "no full sentence"
  end
  return 1
end

-- Scores what was read into `out`. `why`, if given, gets the reasons.
local function score (state, out, place, starts_block, why)
  local weight, weights_of, title = state.weight, state.terms, state.title
  local sum, in_title, content, names, numbers = 0, 0, 0, 0, 0
  local act, speaker, seen = nil, false, {}
  for i = 1, out.n do
    local d = out[i]
    local term = d.term
    if d.number then numbers = numbers + 1 end
    if d.act and not act then act = d.form end
    speaker = speaker or d.self
    if term then
      content = content + 1
      if not seen[term] then
        seen[term] = true
        sum = sum + (weights_of[term] or 0)
        if title[term] then in_title = in_title + 1 end
        if d.upper and i > 1 then names = names + 1 end
      end
    end
  end
  if content == 0 then return 0 end
  local length = length_of(out)
  local total = 0.18 * sum / sqrt(content + 3)
              + weight.lead / (1 + (place - 1) / 2.5)
              + (starts_block and 0.05 or 0)
              + (state.title_count > 0 and 0.25 * in_title / state.title_count or 0)
              + 0.03 * min(names, 5) + 0.07 * min(numbers, 2)
              + (act and weight.act or 0)
  local lean = lexicon.leaning(state.words, out)
  if lean then total = total * 0.6 end
  if speaker then total = total * (first_person[state.kind] and 0.9 or 0.75) end
  total = total * length_factor(length)
  if why then
    if place <= 3 then
      why[#why + 1] = place == 1 and "stands first" or "stands near the top"
    end
    if in_title > 0 then
      why[#why + 1] = format("%d of %d words of the title", in_title,
                             state.title_count)
    end
    if act then why[#why + 1] = format("act: %s", act) end
    if names > 0 then why[#why + 1] = format("%d names", names) end
    if numbers > 0 then why[#why + 1] = format("%d numbers", numbers) end
    if lean then why[#why + 1] = format("leans: %s", lean) end
  end
  return total
end


-- Choosing ---------------------------------------------------------------

-- What a sentence says, for comparing: its terms that matter, in order.
local function profile (candidate, state, out)
  local terms, order, sum = {}, {}, 0
  for i = 1, out.n do
    local term = out[i].term
    local weight = term and state.terms[term]
    if weight and not terms[term] then
      terms[term], order[#order + 1], sum = weight, term, sum + weight
    end
  end
  candidate.terms, candidate.order, candidate.sum = terms, order, sum
  candidate.alike, candidate.neighbours = 0, 0
end

-- 0 ... 1: how much of what the lighter one says the other says too.
local function likeness (a, b)
  if a.sum == 0 or b.sum == 0 then return 0 end
  if #b.order < #a.order then a, b = b, a end
  local common = 0
  for _, term in ipairs(a.order) do
    if b.terms[term] then common = common + a.terms[term] end
  end
  return common / sqrt(a.sum * b.sum)
end

-- Best first, each paying for what is said already and for standing in the same
-- block as one that was taken.
local function choose (candidates, wanted)
  local chosen = {}
  while #chosen < wanted and #candidates > 0 do
    local best, best_value
    for i, c in ipairs(candidates) do
      local value = c.score * (1 - 0.75 * c.alike) - 0.08 * c.neighbours
      if not best or value > best_value then best, best_value = i, value end
    end
    local taken = candidates[best]
    remove(candidates, best)
    chosen[#chosen + 1] = taken
    for _, c in ipairs(candidates) do
      c.alike = max(c.alike, likeness(c, taken))
      if c.block == taken.block then c.neighbours = c.neighbours + 1 end
    end
  end
  return chosen
end

-- The best sentences by what their words say, as {place, index, score}.
local function preselect (doc, state, out, most)
  local list, last_block, eligible = {}, nil, 0
  each_sentence(doc, function (sentence, block, place)
    lexicon.read(state.words, sentence:tokens(), out)
    local value = score(state, out, place, block.index ~= last_block)
    if value > 0 then
      list[#list + 1] = { place = place, index = sentence.index, score = value,
                          block = block.index, starts = block.index ~= last_block }
    end
    last_block = block.index
    eligible = place
  end)
  sort(list, function (a, b)
    if a.score ~= b.score then return a.score > b.score end
    return a.index < b.index
  end)
  for i = #list, most + 1, -1 do list[i] = nil end
  return list, eligible
end

local function check (options)
  local n = options.sentences or 5
  if math_type(n) ~= "integer" or n < 0 then
    error("summary.rank(doc, options): sentences must be a number, 0 or more", 3)
  end
  return n
end

-- The most telling sentences, best first: an array of tables with `span` (the
-- sentence), `score`, and `reasons`, an array of short texts. With `background`
-- (see there) words count for more the fewer documents use them; without it,
-- the more often they come in this one.
-- @param doc userdata
-- @param options? table sentences (5), background
-- @return table[] sentences
-- @return integer eligible how many there were to choose from
function M.rank (doc, options)
  options = options or {}
  local wanted = check(options)
  local words = lexicon.of(doc.lang)
  local kind = weights[doc.kind] and doc.kind or "other"
  local out, tf = {}, {}
  each_sentence(doc, function (sentence)
    for i = 1, lexicon.read(words, sentence:tokens(), out) do
      local term = out[i].term
      if term then tf[term] = (tf[term] or 0) + 1 end
    end
  end)
  local state = { words = words, kind = kind, weight = weights[kind],
                  terms = weigh(tf, options.background) }
  state.title, state.title_count = title_terms(doc, words, out)
  local candidates, eligible = preselect(doc, state, out, CANDIDATES + PER_SENTENCE * wanted)
  local sentences = doc:sentences()
  for _, c in ipairs(candidates) do
    c.span = sentences[c.index]
    lexicon.read(words, c.span:tokens(), out)
    profile(c, state, out)
    c.reasons = {}
    score(state, out, c.place, c.starts, c.reasons)
    local factor, reason = look(c.span.text, words, c.span.block)
    c.score = c.score * factor
    c.reasons[#c.reasons + 1] = reason
  end
  local chosen = choose(candidates, wanted)
  for i, c in ipairs(chosen) do
    chosen[i] = { span = c.span, score = c.score, reasons = c.reasons }
  end
  return chosen, eligible
end

return M
