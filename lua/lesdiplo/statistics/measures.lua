--- Measures of association, keyness and dispersion.
--
-- Those of two things that come together take four counts: both, how often
-- together; first and second, how often each; all, how much there is. By chance it
-- would be first * second / all together.
-- @module lesdiplo.statistics.measures
local _, native = ...
local count = native.statistics
local abs, sqrt = math.abs, math.sqrt
local ipairs, select = ipairs, select
_ENV = nil
local M = {}

--- Dunning's log-likelihood ratio, G2 = 2 * sum of o * ln(o / e) over all four cells
-- (Computational Linguistics 19, 1993). Negative where they come together less
-- often than by chance. Above 3.84 it is p < 0.05, above 10.83 p < 0.001.
--     > string.format("%.4f", measures.log_likelihood(10, 20, 30, 100))
--     4.4734
---@param both number
---@param first number
---@param second number
---@param all number
---@return number
function M.log_likelihood (both, first, second, all)
  return (count.association(both, first, second, all))
end

--- Pointwise mutual information, log2(o / e) (Church and Hanks 1990).
--     > string.format("%.4f", measures.mutual_information(10, 20, 30, 100))
--     0.7370
---@param both number
---@param first number
---@param second number
---@param all number
---@return number
function M.mutual_information (both, first, second, all)
  return (select(2, count.association(both, first, second, all)))
end

--- The t-score, (o - e) / sqrt(o) (Church and others 1991).
--     > string.format("%.4f", measures.t_score(10, 20, 30, 100))
--     1.2649
---@param both number
---@param first number
---@param second number
---@param all number
---@return number
function M.t_score (both, first, second, all)
  return (select(3, count.association(both, first, second, all)))
end

--- Rychly's logDice, 14 + log2(2 * o / (first + second)) (RASLAN 2008): at most 14,
-- whatever the size of the corpus.
--     > string.format("%.4f", measures.log_dice(10, 20, 30))
--     12.6781
---@param both number
---@param first number
---@param second number
---@return number
function M.log_dice (both, first, second) return count.dice(both, first, second) end

--- Hardie's log ratio (2014): log2 of the relative frequency here by the one there,
-- a count of 0 being taken for half. 1 is twice as often, 2 four times.
--     > string.format("%.4f", measures.log_ratio(20, 1000, 5, 1000))
--     2.0000
---@param here number count
---@param words number of which it is one
---@param there number
---@param others number
---@return number
function M.log_ratio (here, words, there, others)
  return (select(4, count.association(here, words, here + there, words + others)))
end

--- %DIFF of Gabrielatos and Marchi (2012): by how much, in hundredths, the relative
-- frequency here is above the one there; infinite where there is nothing there.
--     > string.format("%.1f", measures.difference(20, 1000, 5, 1000))
--     300.0
---@param here number
---@param words number
---@param there number
---@param others number
---@return number
function M.difference (here, words, there, others)
  return (select(5, count.association(here, words, here + there, words + others)))
end

-- The sum of an array.
local function sum (all)
  local total = 0
  for _, x in ipairs(all) do total = total + x end
  return total
end

--- Juilland's D (1970) over parts: 1 - V / sqrt(n - 1), V being the coefficient of
-- variation of the relative frequencies in n parts, so that parts need not be of one
-- size. 1 where all have as much, 0 where one has it all; nil for less than two parts.
--     > string.format("%.4f", measures.juilland({ 2, 1, 0 }, { 10, 10, 10 }))
--     0.4226
---@param counts number[] by part
---@param sizes number[] words by part; none is 0
---@return number?
function M.juilland (counts, sizes)
  local n = #counts
  if n < 2 or sum(counts) == 0 then return nil end
  local mean, squares = 0, 0
  for i = 1, n do mean = mean + counts[i] / sizes[i] / n end
  for i = 1, n do squares = squares + (counts[i] / sizes[i] - mean)^2 end
  return 1 - sqrt(squares / n) / mean / sqrt(n - 1)
end

--- Gries' deviation of proportions, DP (International Journal of Corpus Linguistics
-- 13, 2008): half the sum of how far each part's share of the counts is from its
-- share of the words. 0: as evenly as can be; near 1: all in one small part.
--     > string.format("%.4f", measures.deviation({ 2, 1, 0 }, { 10, 10, 10 }))
--     0.3333
---@param counts number[]
---@param sizes number[]
---@return number?
function M.deviation (counts, sizes)
  local all, words, total = sum(counts), sum(sizes), 0
  if all == 0 then return nil end
  for i = 1, #counts do total = total + abs(counts[i] / all - sizes[i] / words) end
  return total / 2
end

return M
